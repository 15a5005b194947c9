/** All SBI extensions there are, and the call itself: a7 the extension, a6 the function, a0 … a5 arguments. */
import type { Hart } from '../hart.ts';
import { baseExtension } from './base.ts';
import { type SbiAnswer, SbiError, type SbiExtension, type SbiFunction, type SbiMachine } from './call.ts';
import { DBCN } from './dbcn.ts';
import { HSM } from './hsm.ts';
import { IPI } from './ipi.ts';
import { PMU } from './pmu.ts';
import { RFENCE } from './rfence.ts';
import { SRST } from './srst.ts';
import { SUSP } from './susp.ts';
import { TIME } from './time.ts';

const OTHERS: readonly SbiExtension[] = [TIME, IPI, RFENCE, HSM, SRST, DBCN, SUSP, PMU];

export const SBI_EXTENSIONS: readonly SbiExtension[] = [baseExtension(hasExtension), ...OTHERS];

const EXTENSIONS = new Map(SBI_EXTENSIONS.map((extension) => [BigInt(extension.eid), extension]));

/** Registers of the calling convention. Source: SBI 2.0 §3. */
const A0 = 10;
const A1 = 11;
const A6 = 16;
const A7 = 17;

function hasExtension(eid: bigint): boolean {
  return EXTENSIONS.has(eid);
}

/** Does the call that `hart` has made, and writes the answer to its a0 and a1. */
export function callSbi(machine: SbiMachine, hart: Hart): void {
  const answer = dispatch(machine, hart);
  if (answer === undefined) return;
  hart.context.setX(A0, BigInt(answer.error));
  hart.context.setX(A1, answer.value);
}

/** Whether the call that `hart` has made must be done where the VM's devices are. */
export function usesDevices(hart: Hart): boolean {
  return EXTENSIONS.get(hart.context.x(A7))?.usesDevices ?? false;
}

/** The function a hart is about to call, as `DBCN.console_write`; for traces. */
export function sbiCallName(hart: Hart): string {
  const eid = hart.context.x(A7);
  const fid = hart.context.x(A6);
  const name = EXTENSIONS.get(eid)?.name ?? `0x${eid.toString(16)}`;
  return `${name}.${find(eid, fid)?.name ?? fid}`;
}

function dispatch(machine: SbiMachine, hart: Hart): SbiAnswer | undefined {
  const { context } = hart;
  const found = find(context.x(A7), context.x(A6));
  if (found === undefined) return { error: SbiError.NotSupported, value: 0n };
  const arg = (index: number): bigint => context.x(A0 + index);
  return found.handler({ machine, hart, args: [arg(0), arg(1), arg(2), arg(3), arg(4), arg(5)] });
}

function find(eid: bigint, fid: bigint): SbiFunction | undefined {
  return EXTENSIONS.get(eid)?.functions.find((row) => BigInt(row.fid) === fid);
}
