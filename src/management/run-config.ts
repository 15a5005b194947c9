/** What a run of one machine is asked for, what it needs of the person's terminal, and how it may end. */
import type { ScsiSlot } from '#devices';
import type { ClockMemory, DiskAllocation } from '#storage';

/** Where the guest's console is: the ns16550a UART, a virtio console, or nowhere. */
export const CONSOLES = ['serial', 'virtio', 'none'] as const;
export const ENGINES = ['reference', 'interpreter', 'jit'] as const;
export const TRACES = ['insn', 'trap', 'sbi', 'mmio', 'irq'] as const;

/** A machine to run, as plain data: paths are not opened yet. Either `kernel` or `firmware` is there. */
export interface RunConfig {
  /** A Linux Image or an ELF kernel, booted directly. */
  readonly kernel?: string;
  /** An S-mode payload such as U-Boot; a raw one is loaded 2 MiB into RAM, where U-Boot is linked. */
  readonly firmware?: string;
  /** Initial RAM disks, joined in this order. */
  readonly initrd: readonly string[];
  /** The kernel's command line. */
  readonly append: string;
  /** A multiple of 4096. */
  readonly memoryBytes: number;
  readonly disks: readonly DiskConfig[];
  readonly console: (typeof CONSOLES)[number];
  /** Guest time from retired instructions; nothing differs from run to run. */
  readonly deterministic: boolean;
  readonly engine: (typeof ENGINES)[number];
  /** What to tell on standard error while it runs. */
  readonly trace: readonly (typeof TRACES)[number][];
  /** Whether to sum up time, steps and exits on standard error at the end. */
  readonly stats: boolean;
  /** How to show where time went, on standard error at the end; absent: nobody looks. */
  readonly profile?: ProfileConfig;
  /** Translated code is proved to be safe before it runs. */
  readonly checkCode?: boolean;
  /** Translated code is neither taken from earlier runs nor kept for later ones. */
  readonly keepsNoCode?: boolean;
  /** At least 1. */
  readonly cpus: number;
  /** Present: it has a network card behind a NAT, and ports of the host that lead to it. */
  readonly net?: { readonly forwards: readonly RunForward[] };
  /** Present: the machine runs alone on a thread in exact steps, to be recorded, replayed or debugged. */
  readonly lab?: LabConfig;
}

export interface ProfileConfig {
  /** One line of JSON in place of tables. */
  readonly json: boolean;
  /** A System.map of the kernel; absent: the one beside it. */
  readonly systemMap?: string;
}

/** A port of the host that leads to the guest. */
export interface RunForward {
  readonly protocol: 'tcp' | 'udp';
  readonly address: string;
  /** 0: any. */
  readonly port: number;
  readonly guestPort: number;
}

/** What is done with a machine in exact steps. */
export interface LabConfig {
  /** Where its run is recorded. */
  readonly record?: string;
  /** A recorded run takes the place of the configuration: its machine, files and inputs. */
  readonly replay?: {
    readonly path: string;
    readonly until: bigint | undefined;
    /** Where its disks are now, in their order; absent: where they were. What they hold is looked at. */
    readonly disks?: readonly string[];
  };
  /** Where a gdb may connect; port 0: any. `wait`: nothing runs before one has. */
  readonly gdb?: { readonly host: string; readonly port: number; readonly wait: boolean };
}

/** An image file as a disk: raw or VMDK. */
export interface DiskConfig {
  readonly path: string;
  readonly readOnly: boolean;
  /** A folder that the parents of a VMDK must be in; absent: they may be anywhere. */
  readonly within?: string;
  /** What it is owed of its datastore, in requests a second; absent: as others. */
  readonly allocation?: DiskAllocation;
  /** Where the disks of its datastore are scheduled; absent: only against those of its own machine. */
  readonly schedule?: ClockMemory;
  /** Which blocks are changed is kept beside a VMDK, or not any more; absent: as it was. */
  readonly trackChanges?: boolean;
  /** Where it is plugged in, such as `scsi0:0`, and what it does, for who looks at a host. */
  readonly slot?: string | undefined;
  readonly counters?: SharedArrayBuffer;
  /** Its place on a SCSI bus; absent: it is a device of its own. */
  readonly scsi?: ScsiSlot | undefined;
}

/** The person's side of the console, as the machine's host sees it. */
export interface Terminal {
  /** Shows guest output. False: wait for `drained` before more. */
  write(bytes: Uint8Array): boolean;
  /** Resolves when output may go on. */
  drained(): Promise<void>;
  /** Input comes to the listener from now on. There is one listener. */
  onInput(listener: (bytes: Uint8Array) => void): void;
  /** Holds input up, or lets it go on: the guest takes it slower than it may come. */
  pauseInput(paused: boolean): void;
  /** Aborted when the machine shall be stopped: the person leaves, or a signal came. Flush and close, then `left`. */
  readonly stop: AbortSignal;
}

/** How a run ended. */
export type RunResult =
  /** The guest switched itself off; `status` is what it told the power-off device, 0 when all is well. */
  | { readonly kind: 'powered-off'; readonly status: number }
  /** `terminal.stop` was aborted. */
  | { readonly kind: 'left' }
  /** The guest cannot go on; `message` is one line: VM, hart, pc, cause. */
  | { readonly kind: 'fault'; readonly message: string };

/** Runs a machine to its end. Throws HostError for what cannot be started, such as a kernel that is none. */
export type RunMachine = (config: RunConfig, terminal: Terminal) => Promise<RunResult>;
