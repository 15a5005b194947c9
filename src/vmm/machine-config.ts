/** What a machine is made from, what the host's edge gives it, and what reaches it from outside. */
import type { BlockBackend, NetworkBackend, ScsiSlot, SerialPortHost } from '#devices';
import type { GuestMapHost } from '#kernel';
import { formatSize, HostError, type Random, usageError } from '#lib';
import { PAGE_BYTES } from '#riscv';
import type { ConsoleKind } from './assemble.ts';
import type { BootFile } from './boot/loadable.ts';
import type { PayloadKind } from './boot/payload.ts';
import type { SymbolLookup } from './fault.ts';
import type { TickClock } from './hart.ts';
import type { ScsiHost } from './vmx/scsi-hosts.ts';

export interface MachineConfig {
  /** As it is named in messages. */
  readonly name: string;
  /** A multiple of 4096. */
  readonly ramBytes: number;
  readonly harts: number;
  /** Time from steps, and nothing that differs from run to run. */
  readonly deterministic: boolean;
  /** What the RTC of a deterministic machine shows at guest time 0: seconds since 1970 (2000-01-01). */
  readonly epochSeconds?: number | undefined;
  /** Deterministic, and idle time passes by input alone, not by itself and at once: so much as passes elsewhere. */
  readonly isPaced?: boolean;
  /** What chance is made of in deterministic runs (1). */
  readonly seed?: number;
  readonly console: ConsoleKind;
  /** The kernel's command line. */
  readonly append: string;
  readonly payload: { readonly kind: PayloadKind; readonly file: BootFile };
  readonly initrds: readonly BootFile[];
  readonly disks: readonly BlockBackend[];
  /** Which of them are units of SCSI controllers; the others are devices of their own. */
  readonly scsi?: readonly (ScsiSlot | undefined)[] | undefined;
  /** SCSI controllers that are there also without a unit. */
  readonly scsiHosts?: readonly ScsiHost[] | undefined;
  /** What is behind its network cards. In deterministic runs frames come as input, and there is always room for what is sent. */
  readonly nics?: readonly NetworkBackend[];
  /** They have one pair of queues each, however many harts there are. */
  readonly hasOnePair?: boolean | undefined;
  /** There is a port for a program in the guest that the host talks to. */
  readonly agent?: boolean;
  /** There are a power button and a reset button, which the host can press. */
  readonly buttons?: boolean | undefined;
  /** Names for addresses of the payload. */
  readonly symbols?: SymbolLookup;
}

/** What the host's edge gives a VM. */
export interface MachineHost {
  readonly clock: TickClock;
  readonly random: Pick<Random, 'fill'>;
  wallNanoseconds(): bigint;
  /** Console output; the bytes are the callee's to keep. */
  output(bytes: Uint8Array): void;
  /** Something worth a line in a log: a device that its driver misuses. */
  report(line: string): void;
  /** What comes from the agent's port. */
  readonly agent?: SerialPortHost;
  /** How its map gets pages when there are none, and where those are that were taken from it. */
  readonly memory?: Pick<GuestMapHost, 'stores' | 'reclaim'>;
  /** A hart may have something to do now; needed where harts run by themselves. */
  wake?(hart: number): void;
  /** Whether the VM shall not run now. */
  isHeld?(): boolean;
}

/** What reaches a VM from outside: all of it enters by `Machine.input`, the one place where it could be logged. */
export type InputEvent =
  | { readonly kind: 'console'; readonly bytes: Uint8Array }
  /** For the program that has the agent's port open. */
  | { readonly kind: 'agent'; readonly bytes: Uint8Array }
  /** A button is pressed; see button-event.ts. */
  | { readonly kind: 'button'; readonly bytes: Uint8Array }
  /** For network cards; see frames-event.ts. */
  | { readonly kind: 'frames'; readonly bytes: Uint8Array }
  /** Time that has passed for a machine that idles, where somebody else says how much: ticks, 64 bits, little-endian. */
  | { readonly kind: 'time'; readonly bytes: Uint8Array };

/** More would need more work of the guest's scheduler than a host of few pCPUs can do. */
export const MAX_HARTS = 32;

/** @throws HostError `unsupported`, `usage` */
export function checkConfig({ ramBytes, harts }: Pick<MachineConfig, 'ramBytes' | 'harts'>): void {
  if (harts < 1 || harts > MAX_HARTS)
    throw new HostError('unsupported', { what: `${harts} CPUs`, reason: `a VM has at most ${MAX_HARTS}` });
  if (ramBytes <= 0 || ramBytes % PAGE_BYTES !== 0) {
    throw usageError(`${formatSize(ramBytes)} of memory is not a multiple of 4 KiB`);
  }
}
