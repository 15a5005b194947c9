/** What a VM needs of the host to run; `host` provides it. */

import type { Button } from '#devices';
import type { DiskAction } from '#storage';
import type { VmDisk, VmSettings } from '#vmm';
import type { AgentPort } from './agent/guest-agent.ts';
import type { VmTrouble } from './troubles.ts';

/** A VM to be run. */
export interface VmToRun {
  readonly id: number;
  readonly name: string;
  readonly settings: VmSettings;
  /** The VM's folder: relative names in the settings are in it. */
  readonly folder: string;
  /** The folder whose entries are the datastores. */
  readonly datastores: string;
}

/** How a machine ended. */
export type VmEnd =
  | { readonly kind: 'powered-off'; readonly status: number }
  /** It was stopped from outside. */
  | { readonly kind: 'stopped' }
  /** It cannot go on: the guest's fault or the host's. */
  | { readonly kind: 'fault'; readonly reason: string };

/** A machine that runs. */
export interface RunningVm {
  /** Resolves when it is gone and its disks are closed; never rejects. */
  readonly ended: Promise<VmEnd>;
  input(bytes: Uint8Array): void;
  /** The way to the guest's agent. */
  readonly agent?: AgentPort;
  /** Presses a button of the machine; whether its guest has a driver that takes it. Absent: it has no buttons. */
  press?(button: Button): Promise<boolean>;
  /** Resolves when no vCPU runs any more. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  reset(): Promise<void>;
  /** What the guest says of its memory; undefined: nothing. Absent: it cannot be asked. */
  guestMemory?(): Promise<GuestMemory | undefined>;
  /** What its settings say it is owed counts from now on. @throws HostError `cpu-admission`, `memory-admission` */
  allocate(settings: VmSettings): void;
  /** What it was in trouble for may be right again. */
  retry(): void;
  /** Ends it without asking the guest; `ended` resolves then. */
  stop(): Promise<void>;
  /** Writes its state to a file, or what of it was written since the last time. Preconditions: paused. @throws HostError */
  snapshot(path: string, base: string | undefined): Promise<SavedState>;
  /** Does something to the disk of that place. @throws HostError */
  disk(unit: number, action: DiskAction): Promise<unknown>;
  /** Puts one in at its place on a SCSI controller; its settings are those that a machine is started with. @throws HostError */
  plug?(disk: VmDisk): Promise<void>;
  /** Takes the disk of that place out, flushed. @throws HostError */
  unplug?(unit: number): Promise<void>;
}

/** What a guest says of its memory: bytes, and counts since it booted; what it does not tell is absent. Source: VIRTIO 1.3 §5.5.6.4. */
export interface GuestMemory {
  readonly totalBytes?: number;
  readonly freeBytes?: number;
  readonly availableBytes?: number;
  readonly diskCacheBytes?: number;
  readonly swapInBytes?: number;
  readonly swapOutBytes?: number;
  readonly majorFaults?: number;
  readonly minorFaults?: number;
  readonly oomKills?: number;
}

/** What a save came to. */
export interface SavedState {
  readonly pages: number;
  readonly bytes: number;
  readonly ms: number;
}

/** What a machine begins as when it is not switched on. */
export type VmOrigin =
  /** A copy of a paused machine. */
  | { readonly kind: 'fork'; readonly parent: RunningVm }
  | { readonly kind: 'snapshot'; readonly path: string };

/** Where gdb may connect; port 0: any that is free. */
export interface GdbPlace {
  readonly host: string;
  readonly port: number;
}

/** A machine in gdb's hands, or on its way between two stops. */
export interface DebuggedVm extends RunningVm {
  /** Where gdb connects. */
  readonly address: string;
}

/** A recorded run that is gone through again. */
export interface ReplayedRun {
  /** Where gdb connects, when it may. */
  readonly address: string | undefined;
  /** @throws HostError `replay-differs`, and what else ends it */
  readonly ended: Promise<ReplayResult>;
  stop(): void;
}

export interface ReplayResult {
  /** The last step, and the one that the recording began with: 0 when the VM was switched on for it. */
  readonly steps: string;
  readonly firstStep: string;
  /** Hashes that were compared and equal, and how many there are. */
  readonly compared: number;
  readonly hashes: number;
  /** Of the machine at the end. */
  readonly state: string;
  /** How it ended: `powered-off`, `left`, `fault`. */
  readonly how: string;
  readonly ms: number;
}

/** What a recording is made of beside the VM's settings. */
export interface RecordWish {
  readonly path: string;
  /** Files with what the disks hold now, which never change; in the order of the settings. */
  readonly disks: readonly string[];
  /** A snapshot that it goes on from, which stays as it is; absent: it is switched on. */
  readonly origin?: string | undefined;
}

export interface ReplayOptions {
  readonly until?: bigint;
  readonly gdb?: GdbPlace;
  /** Where its disks are now; absent: where they were. */
  readonly disks?: readonly string[];
}

/** Runs machines in exact steps, each on a thread of its own: to be recorded, replayed, debugged. */
export interface VmLabs {
  /** Switches a VM on, or goes on from a snapshot, and records its run. @throws HostError for what cannot be recorded */
  record(vm: VmToRun, output: (bytes: Uint8Array) => void, wish: RecordWish): Promise<RunningVm>;
  /** Runs a VM for gdb, from a snapshot or from power-on; it does not move before gdb has come. @throws HostError */
  debug(
    vm: VmToRun,
    output: (bytes: Uint8Array) => void,
    origin: string | undefined,
    gdb: GdbPlace,
  ): Promise<DebuggedVm>;
  /** @throws HostError `recording-unusable` */
  replay(path: string, options: ReplayOptions): Promise<ReplayedRun>;
}

/** Starts machines. */
export interface VmRunner {
  /** Absent where nothing runs in exact steps. */
  readonly labs?: VmLabs;
  /** Another host that has the VM's folder, for a person. Absent where there are no other hosts. */
  holder?(folder: string): string | undefined;
  /** Reads a file that a machine is to begin as; resolves when all of it is as it was written. @throws HostError */
  check(path: string): Promise<void>;
  /**
   * @param trouble - hears what it cannot go on for; once, until `retry`
   * @throws HostError for what cannot be started
   */
  start(
    vm: VmToRun,
    output: (bytes: Uint8Array) => void,
    origin?: VmOrigin,
    trouble?: (trouble: VmTrouble) => void,
  ): Promise<RunningVm>;
}
