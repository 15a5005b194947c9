/** A VMDK as the disk of a VM: its chain behind the interface that devices ask of disks. */
import type { BlockRequest } from '#devices';
import { HostError } from '#lib';
import { byteLength, type DiskStore, FileDisk, type FileDiskOptions } from '../file-disk.ts';
import { Chain, type ParentRule } from './chain.ts';
import { ChangeTracking } from './change-tracking.ts';
import { newCid } from './create.ts';
import { makeDelta } from './delta.ts';
import { growDisk } from './grow.ts';
import { Link } from './link.ts';
import { Merge } from './merge.ts';

export interface VmdkDiskOptions extends FileDiskOptions, ParentRule {
  readonly path: string;
  readonly readOnly: boolean;
}

/** Serial numbers have 20 characters. Source: VIRTIO 1.3 §5.2.6. */
const MAX_ID_BYTES = 20;

export class VmdkDisk extends FileDisk {
  readonly #store: VmdkStore;
  #merge: Merge | undefined;

  /** @throws HostError `file-…`, `disk-bad`, `disk-refused` */
  constructor({ path, readOnly, within, ...options }: VmdkDiskOptions) {
    const use = readOnly ? 'read' : 'write';
    const { calls } = options;
    const chain = Chain.open(path, { use, calls, within });
    try {
      const store = new VmdkStore(chain, readOnly);
      super({ path, readOnly, id: serialOf(chain.top), ...options }, store);
      this.#store = store;
    } catch (error) {
      chain.close();
      throw error;
    }
  }

  /** The file that is written now. */
  get topPath(): string {
    return this.#store.chain.top.path;
  }

  /** Files of the disk and of its parents, the newest first. */
  get paths(): readonly string[] {
    return this.#store.chain.links.map(({ path }) => path);
  }

  /**
   * From now on writes go to a new delta disk; what was the disk until now does not change any more, and others may build
   * on it. Safe when it returns. @throws HostError
   */
  pushDelta(path: string): void {
    this.#store.pushDelta(path);
  }

  /**
   * Goes on with merging the link of that number into its parent, and begins it when none is under way; 0 is the disk that
   * is written. True when all is copied. @throws HostError
   */
  mergeStep(level: number, maxBytes: number): boolean {
    this.#merge ??= new Merge(this.#store.chain, level);
    return this.#merge.step(maxBytes);
  }

  /** The merged link leaves the chain. @throws HostError */
  endMerge(): void {
    const merge = this.#merge;
    this.#merge = undefined;
    if (merge !== undefined) this.#store.whileUntracked(() => merge.finish());
  }

  /** Change tracking, when it is on. */
  get changes(): ChangeTracking | undefined {
    return this.#store.changes;
  }

  /** @throws HostError */
  setChangeTracking(isOn: boolean): void {
    this.#store.setChangeTracking(isOn);
  }
}

class VmdkStore implements DiskStore {
  readonly chain: Chain;
  readonly #readOnly: boolean;
  /** The content ID is another one as soon as something was written. */
  #hasNewCid = false;
  #changes: ChangeTracking | undefined;

  constructor(chain: Chain, readOnly: boolean) {
    this.chain = chain;
    this.#readOnly = readOnly;
    if (!readOnly) this.#changes = ChangeTracking.openOf(chain.top);
  }

  get sizeBytes(): number {
    return this.chain.sizeBytes;
  }

  get changes(): ChangeTracking | undefined {
    return this.#changes;
  }

  /** What is tracked is in memory for most of the time. */
  get isDirty(): boolean {
    return (
      this.#changes !== undefined || this.chain.top.extents.some(({ extent }) => extent.isDirty === true)
    );
  }

  apply(request: BlockRequest): void {
    const { chain } = this;
    switch (request.kind) {
      case 'read':
        return chain.read(request.buffers, request.offset);
      case 'write':
        this.#beforeChange(request.offset, byteLength(request.buffers));
        return chain.write(request.buffers, request.offset);
      case 'flush':
        if (this.#readOnly) return;
        this.#changes?.flush();
        return chain.flush();
      case 'discard':
      case 'write-zeroes':
        this.#beforeChange(request.offset, request.length);
        return chain.zero(
          request.offset,
          request.length,
          request.kind === 'discard' || request.unmap === true,
        );
    }
  }

  resize(bytes: number): void {
    growDisk(this.chain, bytes);
    this.#changes?.resize(bytes);
  }

  pushDelta(path: string): void {
    const { chain } = this;
    chain.flush();
    makeDelta(chain.top, path);
    const child = Link.open(path, 'write');
    for (const { extent } of chain.top.extents) extent.share();
    chain.links.unshift(child);
    this.#hasNewCid = false;
    this.#changes = this.#changes?.moveTo(child);
  }

  setChangeTracking(isOn: boolean): void {
    if (this.#readOnly)
      throw new HostError('disk-refused', {
        action: 'track changes of',
        path: this.chain.top.path,
        reason: 'it is read-only',
      });
    if (!isOn) {
      this.#changes?.remove();
      this.#changes = undefined;
    } else this.#changes ??= ChangeTracking.createOf(this.chain.top);
  }

  /** Does something after which the disk that is written may be another one. */
  whileUntracked(action: () => void): void {
    this.#changes?.close();
    this.#changes = undefined;
    try {
      action();
    } finally {
      this.#changes = ChangeTracking.openOf(this.chain.top);
    }
  }

  close(): void {
    try {
      this.#changes?.close();
    } finally {
      this.chain.close();
    }
  }

  #beforeChange(offset: number, length: number): void {
    if (!this.#hasNewCid) {
      this.chain.top.describe({ cid: newCid() });
      this.#hasNewCid = true;
    }
    this.#changes?.mark(offset, length);
  }
}

/** The disk's UUID without its dashes and blanks: its end, for its beginning is the same everywhere. */
function serialOf({ descriptor }: Link): string {
  const uuid = descriptor.entries.get('ddb.uuid') ?? '';
  return uuid
    .replace(/[^0-9a-fA-F]/g, '')
    .toLowerCase()
    .slice(-MAX_ID_BYTES);
}
