/** The records of a recording: what each kind holds, one row a kind, and their bytes. */
import type { ScsiSlot } from '#devices';
import { bytesToHex, concatBytes, hexToBytes, readU8, readU64, writeU64 } from '#lib';
import { readButton } from '../button-event.ts';
import { readFrames } from '../frames-event.ts';
import type { InputEvent } from '../machine-config.ts';
import type { ScsiHost } from '../vmx/scsi-hosts.ts';
import type { Frame } from './log-frames.ts';

/** A file that the machine was made of. */
export interface RecordedFile {
  /** `state`: what the machine was when the recording began; without one it was switched on. */
  readonly role: 'kernel' | 'firmware' | 'initrd' | 'disk' | 'state';
  readonly path: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
  /** Its content is in the recording, in a record of its own. */
  readonly isEmbedded: boolean;
  /** Of disks. */
  readonly readOnly: boolean;
  /** The serial of a disk that the guest reads, where its file does not give it. */
  readonly id?: string;
}

/** A network card of the machine. */
export interface RecordedNic {
  readonly mac: number;
  readonly mtuBytes: number;
  /** Whether its cable is plugged in. */
  readonly isUp: boolean;
}

/** What a run is a function of, beside its inputs. */
export interface RecordingHeader {
  readonly version: 1;
  /** The program that recorded, for messages. */
  readonly program: string;
  readonly machine: {
    readonly ramBytes: number;
    readonly harts: number;
    readonly console: 'serial' | 'virtio' | 'none';
    readonly append: string;
    readonly seed: number;
    /** See MachineConfig. */
    readonly isPaced?: boolean;
    /** Absent: none. */
    readonly nics?: readonly RecordedNic[];
    /** They have a pair of queues for each hart, as cards have; absent: one, as they had in recordings of old. */
    readonly hasPairs?: boolean;
    /** There is a port for the guest's agent, and nobody at its other end. */
    readonly agent?: boolean;
    /** There are buttons; absent: none, as in recordings of old. */
    readonly buttons?: boolean;
    /** Where on SCSI buses its disks are, in their order; null: a device of its own, as all are when it is absent. */
    readonly scsi?: readonly (ScsiSlot | null)[];
    /** See MachineConfig. */
    readonly scsiHosts?: readonly ScsiHost[];
    /** See MachineConfig. */
    readonly epochSeconds?: number;
  };
  /** Steps of a turn: at its end devices are polled, at its beginning input is given. */
  readonly turnSteps: number;
  /** Steps between hashes, and between those that look at all of memory again. */
  readonly hashSteps: number;
  readonly fullSteps: number;
  readonly files: readonly RecordedFile[];
}

/** When something happened: before turn `turn` (0 is the first), which began at `step`. */
export interface Moment {
  readonly turn: bigint;
  readonly step: bigint;
}

export type LogRecord =
  | { readonly kind: 'header'; readonly header: RecordingHeader }
  /** Content of the header's file `index`. */
  | { readonly kind: 'file'; readonly index: number; readonly bytes: Uint8Array }
  | { readonly kind: 'input'; readonly at: Moment; readonly event: InputEvent }
  /** 16 hexadecimal digits; `full` looked at all of memory. */
  | { readonly kind: 'hash'; readonly step: bigint; readonly hash: string }
  | { readonly kind: 'full'; readonly step: bigint; readonly hash: string }
  /** The last record. */
  | { readonly kind: 'end'; readonly at: Moment; readonly hash: string; readonly how: string };

type Of<K extends LogRecord['kind']> = Extract<LogRecord, { readonly kind: K }>;

interface Row<K extends LogRecord['kind']> {
  readonly code: number;
  encode(record: Of<K>): Uint8Array;
  /** Throws RangeError or SyntaxError when the payload is none. */
  decode(payload: Uint8Array): Of<K>;
}

/** Numbers of events in the file. */
const EVENTS: Readonly<Record<InputEvent['kind'], number>> = {
  ...{ console: 1, agent: 2, frames: 3, time: 4, button: 5 },
};
const EVENT_KINDS = Object.keys(EVENTS) as InputEvent['kind'][];

const ROWS: { readonly [K in LogRecord['kind']]: Row<K> } = {
  header: {
    code: 1,
    encode: ({ header }) => text(JSON.stringify(header)),
    decode: (payload) => ({ kind: 'header', header: checkedHeader(JSON.parse(fromText(payload))) }),
  },
  file: {
    code: 2,
    encode: ({ index, bytes }) => concatBytes([Uint8Array.of(index), bytes]),
    decode: (payload) => ({ kind: 'file', index: readU8(payload, 0), bytes: payload.slice(1) }),
  },
  input: {
    code: 3,
    encode: ({ at, event }) => concatBytes([moment(at), Uint8Array.of(EVENTS[event.kind]), event.bytes]),
    decode(payload) {
      const code = readU8(payload, MOMENT_BYTES);
      const kind = EVENT_KINDS.find((known) => EVENTS[known] === code);
      if (kind === undefined) throw new RangeError(`there is no input of kind ${code}`);
      const bytes = payload.slice(MOMENT_BYTES + 1);
      // Damaged ones are refused here, before a machine runs.
      if (kind === 'frames') readFrames(bytes);
      if (kind === 'button') readButton(bytes);
      if (kind === 'time' && bytes.length !== 8) throw new RangeError('a time has 8 bytes');
      return { kind: 'input', at: toMoment(payload), event: { kind, bytes } };
    },
  },
  hash: {
    code: 4,
    encode: stepAndHash,
    decode: (payload) => ({ kind: 'hash', ...toStepAndHash(payload) }),
  },
  full: {
    code: 5,
    encode: stepAndHash,
    decode: (payload) => ({ kind: 'full', ...toStepAndHash(payload) }),
  },
  end: {
    code: 6,
    encode: ({ at, hash, how }) => concatBytes([moment(at), hexToBytes(hash), text(how)]),
    decode: (payload) => ({
      kind: 'end',
      at: toMoment(payload),
      hash: toHash(payload, MOMENT_BYTES),
      how: fromText(payload.subarray(MOMENT_BYTES + HASH_BYTES)),
    }),
  },
};

const MOMENT_BYTES = 16;
const HASH_BYTES = 8;
const KINDS = new Map(Object.entries(ROWS).map(([kind, { code }]) => [code, kind as LogRecord['kind']]));

export function toFrame(record: LogRecord): Frame {
  const row = ROWS[record.kind] as Row<LogRecord['kind']>;
  return { kind: row.code, payload: row.encode(record) };
}

/** Throws RangeError or SyntaxError saying what is wrong. */
export function fromFrame({ kind, payload }: Frame): LogRecord {
  const name = KINDS.get(kind);
  if (name === undefined) throw new RangeError(`there is no record of kind ${kind}`);
  return ROWS[name].decode(payload);
}

function stepAndHash({ step, hash }: { readonly step: bigint; readonly hash: string }): Uint8Array {
  return concatBytes([u64(step), hexToBytes(hash)]);
}

function toStepAndHash(payload: Uint8Array): { step: bigint; hash: string } {
  return { step: readU64(payload, 0), hash: toHash(payload, 8) };
}

function toHash(payload: Uint8Array, at: number): string {
  if (payload.length < at + HASH_BYTES) throw new RangeError('a hash is cut off');
  return bytesToHex(payload.subarray(at, at + HASH_BYTES));
}

function moment({ turn, step }: Moment): Uint8Array {
  return concatBytes([u64(turn), u64(step)]);
}

function toMoment(payload: Uint8Array): Moment {
  return { turn: readU64(payload, 0), step: readU64(payload, 8) };
}

function u64(value: bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  writeU64(bytes, 0, value);
  return bytes;
}

const text = (words: string): Uint8Array => new TextEncoder().encode(words);
const fromText = (bytes: Uint8Array): string => new TextDecoder('utf-8', { fatal: true }).decode(bytes);

/** Looks at what a machine is made from; what else is wrong shows when it is made. */
function checkedHeader(value: unknown): RecordingHeader {
  const header = value as Partial<RecordingHeader> | null;
  if (header?.version !== 1) throw new RangeError(`its version is ${header?.version}, not 1`);
  const { machine, turnSteps = 0, hashSteps = 0, fullSteps = 0, files } = header;
  const numbers = [machine?.ramBytes, machine?.harts, machine?.seed, turnSteps, hashSteps, fullSteps];
  if (!numbers.every((number) => Number.isInteger(number)) || typeof machine?.append !== 'string') {
    throw new RangeError('its header does not describe a machine');
  }
  if (turnSteps < 1 || hashSteps < 1 || fullSteps < 1 || !Array.isArray(files)) {
    throw new RangeError('its header does not describe a run');
  }
  if (!(machine.nics ?? []).every(isNic)) throw new RangeError('its header does not describe network cards');
  if (
    !(machine.scsi ?? []).every((slot) => slot === null || isSlot(slot)) ||
    !(machine.scsiHosts ?? []).every(isHost)
  )
    throw new RangeError('its header does not describe SCSI buses');
  if (!Number.isSafeInteger(machine.epochSeconds ?? 0)) throw new RangeError('its clock begins at no second');
  return header as RecordingHeader;
}

function isSlot(slot: Partial<ScsiSlot>): boolean {
  return (
    [slot.controller, slot.target].every(Number.isSafeInteger) && /^(?:disk|cdrom)$/.test(slot.kind ?? '')
  );
}

function isHost(host: Partial<ScsiHost> | null): boolean {
  return Number.isSafeInteger(host?.number) && typeof host?.isSpare === 'boolean';
}

function isNic(nic: Partial<RecordedNic> | null): boolean {
  return [nic?.mac, nic?.mtuBytes].every(Number.isSafeInteger) && typeof nic?.isUp === 'boolean';
}
