/** What main thread and pCPUs tell one another. */
import type { Button, ScsiSlot } from '#devices';
import type { SchedulerSettings } from '#kernel';
import type { ErrorCode } from '#lib';
import type { DiskConfig, RunConfig, RunResult, VmTrouble } from '#management';
import type { EngineProfile } from '#riscv';
import type { DiskAction } from '#storage';
import type { KeptDevices, MachinePlace, ScsiHost } from '#vmm';
import type { NicConfig } from './home-nics.ts';
import type { MemorySeat } from './memory-seat.ts';
import type { CompilerSeat } from './region-compiler.ts';
import type { Sampled } from './sampler.ts';

/** A VM to be run: plain data. */
export type VmConfig = Omit<RunConfig, 'engine' | 'stats' | 'profile' | 'checkCode' | 'keepsNoCode'> & {
  readonly name: string;
  /** There is a port for the guest's agent. */
  readonly agent?: boolean;
  /** There are a power button and a reset button. */
  readonly buttons?: boolean;
  /** Somebody is there to be asked when a disk of its own has no space; else the guest is told that it failed. */
  readonly asks?: boolean;
  readonly nics?: readonly NicConfig[];
  /** How much later it is for its clock than for the machine's. */
  readonly clockOffsetMs?: number;
  /** SCSI controllers that are there also without a disk. */
  readonly scsiHosts?: readonly ScsiHost[] | undefined;
};

/** The first message to a pCPU's worker: what it is part of. */
export interface PcpuStart {
  readonly index: number;
  readonly memory: WebAssembly.Memory;
  /** Buffers of the WorldTable and of the Bells. */
  readonly worlds: SharedArrayBuffer;
  readonly bells: SharedArrayBuffer;
  /** Buffer of the MemoryBell; absent when nobody manages memory. */
  readonly memoryBell: SharedArrayBuffer | undefined;
  /** Buffer of the SchedulerState, and its settings. */
  readonly scheduler: SharedArrayBuffer;
  readonly settings: SchedulerSettings;
  readonly pcpus: number;
  readonly engine: RunConfig['engine'];
  /** Absent for engines that translate nothing. */
  readonly compiler?: CompilerSeat | undefined;
  /** Other threads may write guest memory: other pCPUs, or who moves pages of many VMs. */
  readonly isShared: boolean;
  /** Where its engine keeps decoded code. */
  readonly area: { readonly base: number; readonly bytes: number };
  /** Buffer of the Arena of switch ports; absent: no VM of this host has a network card. */
  readonly network?: SharedArrayBuffer;
  /** See hostClock. */
  readonly origin: bigint;
  /** Number of this engine, never used before on this memory; from 1. */
  readonly generation: number;
  /** The area may hold what a former engine left. */
  readonly isReplacement: boolean;
}

/** A VM as threads other than its home need it. */
export interface VmSeat {
  readonly vm: number;
  readonly place: MachinePlace;
  /** Its worlds, by hart. */
  readonly rows: readonly number[];
  readonly home: number;
  /** Where its pages are that have no machine page; absent when nobody takes any. */
  readonly memory?: MemorySeat | undefined;
}

/** What a VM begins as when it is not switched on: a copy of another one at its home, or what was saved. */
export type VmOrigin =
  | { readonly kind: 'fork'; readonly parent: number }
  /** A snapshot and those that it builds on, the newest first. */
  | { readonly kind: 'snapshot'; readonly files: readonly string[] }
  /** What it was on a pCPU that has died: all else of it is in machine memory, and goes on meanwhile. */
  | ({ readonly kind: 'kept'; readonly seat: VmSeat } & Pick<KeptState, 'devices'>);

/** Devices of a VM that were not used for a while, as they are. */
export interface KeptState {
  /** See ControlBlock.kept. */
  readonly number: number;
  /** See Seat.deviceUses: as long as it is that, nothing has changed. */
  readonly uses: number;
  readonly devices: KeptDevices;
}

/** Requests to a pCPU; each is answered by `done` or `failed` with its `id`. */
export type PcpuRequest =
  /** To its home: opens everything and switches the VM on. Answered with the VmSeat. */
  | {
      readonly kind: 'start';
      readonly vm: number;
      readonly config: VmConfig;
      /** What its worlds are scheduled as part of. */
      readonly group: number;
      /** Of the arena, for its network cards in their order. */
      readonly ports?: readonly number[];
      readonly control: SharedArrayBuffer;
      readonly memory?: MemorySeat | undefined;
      readonly origin?: VmOrigin;
    }
  /** To the others: run it too; do not any more. */
  | { readonly kind: 'attach'; readonly seat: VmSeat }
  | { readonly kind: 'detach'; readonly vm: number }
  /** To its home: ends it this way. The end itself comes as `ended`. */
  | { readonly kind: 'end'; readonly vm: number; readonly result: RunResult }
  | { readonly kind: 'pause' | 'resume' | 'reset'; readonly vm: number }
  /** Answered with a MachineStateV1. Preconditions: paused. */
  | { readonly kind: 'save'; readonly vm: number }
  /**
   * Answered with what a snapshot is beside the pages: ToSave. Nobody shares or swaps those before the asker has called their
   * map's `goOn`. Preconditions: paused.
   */
  | {
      readonly kind: 'snapshot';
      readonly vm: number;
      readonly path: string;
      readonly base: string | undefined;
    }
  /** Plugs the cable of a network card in or out. */
  | { readonly kind: 'nic-link'; readonly vm: number; readonly nic: number; readonly isUp: boolean }
  /** For the guest's agent; answered with the number of bytes that found room. */
  | { readonly kind: 'agent'; readonly vm: number; readonly bytes: Uint8Array }
  /** Presses a button; answered with whether the guest has a driver that takes it. */
  | { readonly kind: 'press'; readonly vm: number; readonly button: Button }
  /** Does something to the disk of that number; the answer is that of `actOnDisk`. */
  | { readonly kind: 'disk'; readonly vm: number; readonly index: number; readonly action: DiskAction }
  /** Puts a disk into a SCSI controller; answered with its number. */
  | { readonly kind: 'plug'; readonly vm: number; readonly disk: DiskConfig & { readonly scsi: ScsiSlot } }
  /** Takes the disk of that number out of its place. */
  | { readonly kind: 'unplug'; readonly vm: number; readonly index: number; readonly slot: ScsiSlot }
  /** Begins to sample its thread; or ends it, answered with a PcpuProfile. */
  | { readonly kind: 'profile'; readonly isOn: boolean }
  /** Answered with the VM's RunStats. */
  | { readonly kind: 'stats'; readonly vm: number }
  | { readonly kind: 'guest-memory'; readonly vm: number; readonly isAsked: boolean }
  /** To its home, after `ended`, when no other pCPU knows the VM any more: gives its memory back. */
  | { readonly kind: 'release'; readonly vm: number };

export type PcpuMail = PcpuRequest & { readonly id: number };

/** What was seen of a pCPU, for `--profile`. */
export interface PcpuProfile {
  readonly samples: readonly Sampled[];
  /** Absent where the engine counts nothing. */
  readonly engine: EngineProfile | undefined;
  readonly compiledMs: number;
  readonly modules: number;
}

/** What a run took, for `--stats`. */
export interface RunStats {
  readonly engine: string;
  /** From the host's beginning to the first instruction. */
  readonly startMs: number;
  readonly runMs: number;
  /** Time in which all harts waited. */
  readonly idleMs: number;
  readonly steps: bigint;
  /** By exit reason. */
  readonly exits: readonly number[];
  /** Regions that its engine has had translated, that earlier runs had kept, and that came from other pCPUs; absent where nothing is. */
  readonly code: { readonly translated: number; readonly kept: number; readonly others: number } | undefined;
  /** Only of deterministic runs. */
  readonly stateHash: string | undefined;
}

/** An error as it crosses threads; `code` is there when it is a HostError. */
export interface SentError {
  readonly code?: ErrorCode;
  readonly details?: Readonly<Record<string, string | number>>;
  readonly message: string;
}

/** What a pCPU says of a VM. */
export type VmMessage =
  /** Console output. */
  | { readonly kind: 'output'; readonly bytes: Uint8Array }
  /** Lines for the person: traces, reports. Each ends with a newline. */
  | { readonly kind: 'lines'; readonly text: string }
  /** From the guest's agent. */
  | { readonly kind: 'agent'; readonly bytes: Uint8Array }
  | { readonly kind: 'agent-open'; readonly isOpen: boolean }
  | { readonly kind: 'agent-room' }
  /** The input ring has room again. */
  | { readonly kind: 'input-room' }
  /** The VM is no more, its disks are flushed and closed. */
  | { readonly kind: 'ended'; readonly result: RunResult; readonly stats: RunStats }
  | { readonly kind: 'kept'; readonly state: KeptState }
  /** It stands still until somebody says what to do. */
  | { readonly kind: 'trouble'; readonly trouble: VmTrouble }
  /** Another pCPU than its home has seen that it cannot go on. */
  | { readonly kind: 'fault'; readonly reason: string };

export type PcpuMessage =
  | { readonly kind: 'vm'; readonly vm: number; readonly message: VmMessage }
  | { readonly kind: 'done'; readonly id: number; readonly value?: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly error: SentError };
