/** Debug console. Source: RISC-V SBI 2.0 §12. */
import type { GuestMemory } from '#devices';
import { failure, row, SbiError, type SbiExtension, type SbiHandler, success } from './call.ts';

/** One call moves at most this much; a caller that wants more calls again, as the specification foresees. */
const MAX_BYTES = 65_536;

/** The guest's buffer: size in a0, address in a1 (low) and a2 (high); `undefined` when it is not all RAM. */
function buffer(memory: GuestMemory, args: readonly bigint[], forWrite: boolean): Uint8Array[] | undefined {
  const [bytes = 0n, low = 0n, high = 0n] = args;
  if (high !== 0n || low > Number.MAX_SAFE_INTEGER) return undefined;
  const length = bytes < MAX_BYTES ? Number(bytes) : MAX_BYTES;
  return memory.views(Number(low), length, forWrite);
}

const write: SbiHandler = ({ machine, args }) => {
  const views = buffer(machine.memory, args, false);
  if (views === undefined) return failure(SbiError.InvalidParam);
  let written = 0;
  for (const view of views) {
    machine.writeConsole(view.slice());
    written += view.length;
  }
  return success(BigInt(written));
};

const read: SbiHandler = ({ machine, args }) => {
  const views = buffer(machine.memory, args, true);
  if (views === undefined) return failure(SbiError.InvalidParam);
  let done = 0;
  for (const view of views) {
    const bytes = machine.readConsole(view.length);
    view.set(bytes);
    done += bytes.length;
    if (bytes.length < view.length) break;
  }
  return success(BigInt(done));
};

const writeByte: SbiHandler = ({ machine, args }) => {
  machine.writeConsole(Uint8Array.of(Number(args[0] & 0xffn)));
  return success();
};

export const DBCN: SbiExtension = {
  eid: 0x4442434e,
  name: 'DBCN',
  usesDevices: true,
  // biome-ignore format: a table reads in columns
  functions: [
    row(0, 'console_write',      write),
    row(1, 'console_read',       read),
    row(2, 'console_write_byte', writeByte),
  ],
};
