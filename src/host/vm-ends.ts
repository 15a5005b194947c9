/** What a VM's run begins with, and how it ends. */
import type { GuestMap } from '#kernel';
import { usageError } from '#lib';
import type { RunResult } from '#management';
import type { MachinePlace, MachineStateV1, TurnEnd } from '#vmm';
import { late } from './late-rooms.ts';
import type { VmConfig, VmOrigin } from './messages.ts';

/** What a machine begins as, when it is not switched on. */
export interface MachineOrigin {
  /** Where its memory is already; undefined: nowhere yet. */
  readonly place?: MachinePlace;
  readonly state: MachineStateV1;
  /** The machine whose state this is goes on. */
  readonly isCopy?: boolean;
  fill(map: GuestMap): void;
}

/** What a VM begins as whose pCPU has died. */
export type KeptOrigin = Extract<VmOrigin, { kind: 'kept' }>;

/** What was saved in a file, and in those that it builds on. @throws HostError */
export function snapshotOrigin([path]: readonly string[]): MachineOrigin {
  return late.snapshotFile.readSnapshot(path as string);
}

/** What is booted. @throws HostError `usage` when that is nothing */
export function payload({ firmware, kernel }: VmConfig): { kind: 'firmware' | 'kernel'; path: string } {
  if (firmware !== undefined) return { kind: 'firmware', path: firmware };
  if (kernel !== undefined) return { kind: 'kernel', path: kernel };
  throw usageError('there is nothing to boot: give --kernel or --firmware');
}

/** Ends of a turn that are the end of the run. */
export type FinalEnd = Exclude<TurnEnd, { kind: 'ran' | 'idle' | 'reset' | 'starved' }>;

/** How an end is told. */
export function resultOf(name: string, end: FinalEnd): RunResult {
  return end.kind === 'powered-off' ? end : { kind: 'fault', message: `${name}: ${end.reason}` };
}
