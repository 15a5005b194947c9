/** Which blocks of a disk were changed since when: a file beside the disk, `NAME-ctk.vmdk`. */
import { randomBytes } from 'node:crypto';
import { copyFileSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { HostError, readU32, readU64, writeU32, writeU64 } from '#lib';
import { ImageFile } from '../image-file.ts';
import { Chain, type ParentRule } from './chain.ts';
import { besideName } from './create.ts';
import { MAX_DISK_BYTES } from './descriptor.ts';
import type { Link } from './link.ts';

/** Entry of a descriptor that names the file, as ESXi has it. */
export const CHANGES_ENTRY = 'changeTrackPath';
const HEADER_BYTES = 512;
const MAGIC = 'VMKCTK01';
const AT = { uuid: 8, epoch: 24, blockShift: 28, sizeBytes: 32, isOpen: 40, boot: 48 } as const;
const BOOT_BYTES = 36;
const MIN_BLOCK_SHIFT = 16;
/** Blocks of one file: its table of 4 MiB is in memory. */
const MAX_BLOCKS = 2 ** 20;
const CHANGE_ID = /^((?:[0-9a-f]{2}[ -]){15}[0-9a-f]{2})\/(\d{1,9})$/;

/** A span of a disk that was changed. */
export interface ChangedArea {
  readonly start: number;
  readonly length: number;
}

/**
 * Each block has the number of the epoch in which it was changed last; an epoch ends when the disk is frozen under a
 * delta. A block is marked before it is written, so that a killed host leaves no change without a mark; after a crash of
 * the whole machine marks may be missing, and everything counts as changed.
 */
export class ChangeTracking {
  readonly #file: ImageFile;
  readonly #link: Link;
  readonly #uuid: Uint8Array;
  readonly epoch: number;
  readonly #blockShift: number;
  #marks: Uint32Array<ArrayBuffer>;
  #isDirty = false;

  private constructor(link: Link, file: ImageFile, state: State) {
    this.#link = link;
    this.#file = file;
    this.#uuid = state.uuid;
    this.epoch = state.epoch;
    this.#blockShift = state.blockShift;
    this.#marks = state.marks;
    this.#writeHeader(true);
  }

  /** That of a disk which has it; undefined: it is off. A damaged one begins anew. @throws HostError */
  static openOf(link: Link): ChangeTracking | undefined {
    const name = link.descriptor.entries.get(CHANGES_ENTRY);
    if (name === undefined) return undefined;
    const path = join(dirname(link.path), basename(name));
    const state = readState(path);
    if (state === undefined || state.wasLost || state.sizeBytes !== link.sizeBytes) {
      rmSync(path, { force: true });
      return ChangeTracking.createOf(link);
    }
    return new ChangeTracking(link, ImageFile.open(path, { use: 'write', what: 'change tracking' }), state);
  }

  /** Begins it: nothing is known of what was before. @throws HostError */
  static createOf(link: Link): ChangeTracking {
    const blockShift = shiftFor(link.sizeBytes);
    const marks = new Uint32Array(blocks(link.sizeBytes, blockShift));
    return ChangeTracking.#make(link, { uuid: randomBytes(16), epoch: 1, blockShift, marks });
  }

  static #make(link: Link, state: State): ChangeTracking {
    const name = besideName(link.path, 'ctk');
    const path = join(dirname(link.path), name);
    rmSync(path, { force: true });
    const tracking = new ChangeTracking(link, ImageFile.create(path, 'change tracking'), state);
    tracking.#file.write([new Uint8Array(state.marks.buffer)], HEADER_BYTES);
    tracking.#file.flush();
    link.describe({ entries: new Map([...link.descriptor.entries, [CHANGES_ENTRY, name]]) });
    return tracking;
  }

  /** A span is about to be changed. */
  mark(offset: number, length: number): void {
    if (length === 0) return;
    const shift = 2 ** this.#blockShift;
    const last = Math.floor((offset + length - 1) / shift);
    let [low, high] = [-1, -1];
    for (let block = Math.floor(offset / shift); block <= last; block++) {
      if (this.#marks[block] === this.epoch) continue;
      this.#marks[block] = this.epoch;
      if (low < 0) low = block;
      high = block;
    }
    if (low < 0) return;
    this.#isDirty = true;
    this.#file.write(
      [new Uint8Array(this.#marks.buffer, low * 4, (high - low + 1) * 4)],
      HEADER_BYTES + low * 4,
    );
  }

  flush(): void {
    if (!this.#isDirty) return;
    this.#isDirty = false;
    this.#file.flush();
  }

  /** The disk is frozen: what is changed from now on is marked for the child. @throws HostError */
  moveTo(child: Link): ChangeTracking {
    const next = ChangeTracking.#make(child, {
      uuid: this.#uuid,
      epoch: this.epoch + 1,
      blockShift: this.#blockShift,
      marks: this.#marks.slice(),
    });
    this.close();
    return next;
  }

  /** The disk has grown; what is new was never changed. */
  resize(sizeBytes: number): void {
    const marks = new Uint32Array(blocks(sizeBytes, this.#blockShift));
    marks.set(this.#marks);
    this.#marks = marks;
    this.#file.write([new Uint8Array(marks.buffer)], HEADER_BYTES);
    this.#writeHeader(true);
  }

  /** Ends it, and removes its file. @throws HostError */
  remove(): void {
    const entries = new Map(this.#link.descriptor.entries);
    entries.delete(CHANGES_ENTRY);
    this.#link.describe({ entries });
    this.#file.close();
    rmSync(this.#file.path, { force: true });
  }

  close(): void {
    this.#file.flush();
    this.#writeHeader(false);
    this.#file.close();
  }

  #writeHeader(isOpen: boolean): void {
    const bytes = new Uint8Array(HEADER_BYTES);
    bytes.set(new TextEncoder().encode(MAGIC));
    bytes.set(this.#uuid, AT.uuid);
    writeU32(bytes, AT.epoch, this.epoch);
    writeU32(bytes, AT.blockShift, this.#blockShift);
    writeU64(bytes, AT.sizeBytes, BigInt(this.#link.sizeBytes));
    writeU32(bytes, AT.isOpen, isOpen ? 1 : 0);
    bytes.set(new TextEncoder().encode(bootId()).subarray(0, BOOT_BYTES), AT.boot);
    this.#file.write([bytes], 0);
  }
}

/** A disk is merged into its parent, whose marks are the disk's from then on; without the disk's they mean nothing. */
export function inheritTracking(parent: Link, child: Link): void {
  const entries = new Map(parent.descriptor.entries);
  const former = entries.get(CHANGES_ENTRY);
  const [at, name] = [dirname(parent.path), child.descriptor.entries.get(CHANGES_ENTRY)];
  if (name === undefined) entries.delete(CHANGES_ENTRY);
  else {
    const own = besideName(parent.path, 'ctk');
    copyFileSync(join(dirname(child.path), basename(name)), join(at, own));
    entries.set(CHANGES_ENTRY, own);
  }
  if (former !== undefined || name !== undefined) parent.describe({ entries });
  if (former !== undefined && name === undefined) rmSync(join(at, basename(former)), { force: true });
}

/**
 * What names a state of a disk: changes after it can be asked for. That of a frozen disk is the state in which it was
 * frozen; that of one in use counts from when the disk below was frozen. Undefined: it is not tracked.
 */
export function changeIdOf(
  link: Pick<Link, 'path' | 'descriptor'>,
  { isFrozen } = { isFrozen: true },
): string | undefined {
  const path = fileOf(link);
  const header = path === undefined ? undefined : readHeader(path);
  return header && `${uuidText(header.uuid)}/${header.epoch + (isFrozen ? 1 : 0)}`;
}

/** What is not zeroes, or may not be, at or behind `start`; what a first copy needs. @throws HostError */
export function usedAreas(path: string, start = 0, { within }: ParentRule = {}): ChangedArea[] {
  const chain = Chain.open(path, { use: 'look', within });
  const areas: { start: number; length: number }[] = [];
  try {
    for (let at = start; at < chain.sizeBytes; ) {
      const { kind, length } = chain.contentSpan(at, chain.sizeBytes - at);
      const before = areas.at(-1);
      if (kind === 'data' && before !== undefined && before.start + before.length === at)
        before.length += length;
      else if (kind === 'data') areas.push({ start: at, length });
      at += length;
    }
    return areas;
  } finally {
    chain.close();
  }
}

/**
 * What was changed since `changeId` in a disk, at or behind `start`; undefined when that cannot be said, for the change ID
 * is of another time. @throws HostError `disk-refused` when changes are not tracked
 */
export function changedAreas(
  link: Pick<Link, 'path' | 'descriptor' | 'sizeBytes'>,
  changeId: string,
  start = 0,
): ChangedArea[] | undefined {
  const state = stateOf(link);
  if (state === undefined) {
    const reason = 'its changes are not tracked';
    throw new HostError('disk-refused', { action: 'tell changes of', path: link.path, reason });
  }
  const [, uuid, epochText] = CHANGE_ID.exec(changeId) ?? [];
  const epoch = Number(epochText);
  if (uuid !== uuidText(state.uuid) || epoch > state.epoch + 1) return undefined;
  const block = 2 ** state.blockShift;
  const areas: { start: number; length: number }[] = [];
  for (let index = Math.floor(start / block); index < state.marks.length; index++) {
    const mark = state.marks[index] as number;
    if (mark < epoch || mark === 0) continue;
    const from = Math.max(start, index * block);
    const length = Math.min((index + 1) * block, link.sizeBytes) - from;
    const before = areas.at(-1);
    if (before !== undefined && before.start + before.length === from) before.length += length;
    else areas.push({ start: from, length });
  }
  return areas;
}

interface State {
  readonly uuid: Uint8Array;
  readonly epoch: number;
  readonly blockShift: number;
  readonly marks: Uint32Array<ArrayBuffer>;
}

interface ReadState extends State {
  readonly sizeBytes: number;
  /** It was open when the machine went down. */
  readonly wasLost: boolean;
}

function stateOf(link: Pick<Link, 'path' | 'descriptor'>): ReadState | undefined {
  const path = fileOf(link);
  return path === undefined ? undefined : readState(path);
}

/** Where the marks of a disk are; undefined: it is not tracked. */
function fileOf({ path, descriptor }: Pick<Link, 'path' | 'descriptor'>): string | undefined {
  const name = descriptor.entries.get(CHANGES_ENTRY);
  return name === undefined ? undefined : join(dirname(path), basename(name));
}

/** Undefined for what is not there or not whole. */
function readState(path: string): ReadState | undefined {
  return looked(path, (file) => parseState(file.bytes(0, file.sizeBytes)));
}

/** What a state is called, without its marks; undefined for what is not there or not whole. */
function readHeader(path: string): Header | undefined {
  return looked(path, (file) => {
    if (file.sizeBytes < HEADER_BYTES) return undefined;
    const header = parseHeader(file.bytes(0, HEADER_BYTES));
    return header && file.sizeBytes >= HEADER_BYTES + 4 * header.count ? header : undefined;
  });
}

function looked<T>(path: string, look: (file: ImageFile) => T | undefined): T | undefined {
  try {
    const file = ImageFile.open(path, { use: 'look', what: 'change tracking', followLinks: false });
    try {
      return file.sizeBytes > HEADER_BYTES + 4 * MAX_BLOCKS ? undefined : look(file);
    } finally {
      file.close();
    }
  } catch (error) {
    if (error instanceof HostError) return undefined;
    throw error;
  }
}

interface Header extends Pick<State, 'uuid' | 'epoch' | 'blockShift'> {
  readonly sizeBytes: number;
  /** Of blocks. */
  readonly count: number;
}

function parseHeader(bytes: Uint8Array): Header | undefined {
  if (bytes.length < HEADER_BYTES || new TextDecoder('latin1').decode(bytes.subarray(0, 8)) !== MAGIC)
    return undefined;
  const [epoch, blockShift] = [readU32(bytes, AT.epoch), readU32(bytes, AT.blockShift)];
  const sizeBytes = Number(readU64(bytes, AT.sizeBytes));
  if (epoch < 1 || blockShift < MIN_BLOCK_SHIFT || blockShift > 40 || sizeBytes > MAX_DISK_BYTES)
    return undefined;
  const count = blocks(sizeBytes, blockShift);
  if (count > MAX_BLOCKS) return undefined;
  return { uuid: bytes.slice(AT.uuid, AT.uuid + 16), epoch, blockShift, sizeBytes, count };
}

/** The state in a file's bytes; undefined for what is not whole. */
export function parseState(bytes: Uint8Array): ReadState | undefined {
  const header = parseHeader(bytes);
  if (header === undefined || bytes.length < HEADER_BYTES + 4 * header.count) return undefined;
  const { count, ...named } = header;
  const boot = new TextDecoder('latin1').decode(bytes.subarray(AT.boot, AT.boot + BOOT_BYTES));
  return {
    ...named,
    marks: new Uint32Array(bytes.slice(HEADER_BYTES, HEADER_BYTES + 4 * count).buffer),
    wasLost:
      readU32(bytes, AT.isOpen) !== 0 && boot !== bootId().padEnd(BOOT_BYTES, '\0').slice(0, BOOT_BYTES),
  };
}

function blocks(sizeBytes: number, blockShift: number): number {
  return Math.ceil(sizeBytes / 2 ** blockShift);
}

function shiftFor(sizeBytes: number): number {
  let shift = MIN_BLOCK_SHIFT;
  while (blocks(sizeBytes, shift) > MAX_BLOCKS / 2) shift++;
  return shift;
}

function uuidText(uuid: Uint8Array): string {
  const pairs = [...uuid].map((byte) => byte.toString(16).padStart(2, '0'));
  return `${pairs.slice(0, 8).join(' ')}-${pairs.slice(8).join(' ')}`;
}

/** Another one after each boot of the machine. Where the system has none, the time that it came up would not be safe: none. */
function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return `unknown ${process.pid}`;
  }
}
