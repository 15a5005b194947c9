/** How much machine memory one VM and its engine take. */

import { MAX_MACHINE_BYTES, mapTableBytes, poolPages } from '#kernel/machine';
import { alignUp, formatSize, HostError } from '#lib';
import { engineAreaBytes, PAGE_BYTES } from '#riscv/size';
import { HART_BYTES } from './hart-words.ts';

const MIB = 2 ** 20;
/** The pages that are never used, and room to round up. */
const SPARE_BYTES = MIB;
/** What the engine's own area is sized for, when it is not known yet: its share is below this. */
const ENGINE_GUESS_BYTES = 128 * MIB;

export interface MachineSize {
  readonly machineBytes: number;
  /** The part that each engine keeps decoded code in. */
  readonly engineBytes: number;
}

/**
 * @param ramBytes - the guest's RAM, a multiple of 4096.
 * @param engines - one a pCPU.
 * @throws HostError `memory-too-large` when 4 GiB of machine memory do not hold it.
 */
export function machineSize(ramBytes: number, harts: number, engines = 1): MachineSize {
  const map = alignUp(mapTableBytes(ramBytes / PAGE_BYTES), PAGE_BYTES);
  const contexts = harts * alignUp(HART_BYTES, PAGE_BYTES);
  const guessBytes = engines * ENGINE_GUESS_BYTES;
  const others = map + contexts + SPARE_BYTES + guessBytes;
  const pool = poolPages((ramBytes + others) / PAGE_BYTES) * PAGE_BYTES;
  const guest = ramBytes + map + contexts + pool + SPARE_BYTES;
  const engineBytes = alignUp(engineAreaBytes(Math.min(guest + guessBytes, MAX_MACHINE_BYTES)), PAGE_BYTES);
  const all = engines * engineBytes;
  if (guest + all > MAX_MACHINE_BYTES) {
    const most = MAX_MACHINE_BYTES - (guest - ramBytes) - all;
    const reason = `a VM has at most ${formatSize(Math.floor(most / MIB) * MIB)}`;
    throw new HostError('memory-too-large', { memory: formatSize(ramBytes), reason });
  }
  return { machineBytes: guest + all, engineBytes };
}
