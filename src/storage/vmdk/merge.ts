/** Merges a disk of a chain into its parent, step by step, while the disks above it are in use. */
import { rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { HostError } from '#lib';
import { syncFolder } from '../replace-file.ts';
import { Chain } from './chain.ts';
import { CHANGES_ENTRY, inheritTracking } from './change-tracking.ts';
import { hintOf } from './delta.ts';
import { zeroBuffers } from './extent.ts';
import { growDisk } from './grow.ts';
import type { Link } from './link.ts';

const CHUNK_BYTES = 2 ** 20;

/**
 * What is copied is hidden by the disk that it comes from until the end, so that a crash at any moment leaves the chain as
 * it was. Who merges the disk that is written itself must see to it that nothing is written meanwhile.
 *
 * Preconditions: no other disk is built on the parent.
 */
export class Merge {
  readonly #chain: Chain;
  readonly #level: number;
  #at = 0;

  /** @throws HostError `disk-refused` when it has no parent, `file-busy` when another uses that */
  constructor(chain: Chain, level: number) {
    this.#chain = chain;
    this.#level = level;
    const link = chain.links[level];
    if (link === undefined || level + 1 >= chain.links.length) {
      const path = link?.path ?? chain.top.path;
      throw new HostError('disk-refused', { action: 'merge', path, reason: 'it has no parent' });
    }
    chain.reopen(level + 1, 'write');
    const parent = chain.links[level + 1] as Link;
    if (link.sizeBytes > parent.sizeBytes) growDisk(new Chain([parent]), link.sizeBytes);
  }

  /** Bytes of the disk that have been gone through. */
  get doneBytes(): number {
    return this.#at;
  }

  /** Copies at most about `maxBytes`; true when all is copied. @throws the system's error */
  step(maxBytes: number): boolean {
    const chain = this.#chain;
    const size = (chain.links[this.#level] as Link).sizeBytes;
    for (let left = maxBytes; this.#at < size && left > 0; ) {
      const { kind, length } = chain.ownSpan(this.#level, this.#at, size - this.#at);
      const bytes = kind === 'absent' ? length : Math.min(length, CHUNK_BYTES);
      if (kind !== 'absent') {
        this.#copy(kind, this.#at, bytes);
        left -= bytes;
      }
      this.#at += bytes;
    }
    return this.#at >= size;
  }

  /** The merged disk leaves the chain, and its files are removed. @throws HostError */
  finish(): void {
    const chain = this.#chain;
    while (!this.step(Number.POSITIVE_INFINITY));
    const [link, parent] = [chain.links[this.#level] as Link, chain.links[this.#level + 1] as Link];
    parent.flush();
    inheritTracking(parent, link);
    const child = this.#level === 0 ? undefined : chain.links[this.#level - 1];
    child?.describe({ parent: hintOf(child.path, parent.path), parentCid: parent.descriptor.cid });
    chain.links.splice(this.#level, 1);
    link.close();
    if (child !== undefined) chain.reopen(this.#level, 'read');
    removeFiles(link);
  }

  #copy(kind: 'data' | 'zero', at: number, length: number): void {
    const chain = this.#chain;
    const buffers = kind === 'zero' ? zeroBuffers(length) : [new Uint8Array(length)];
    if (kind === 'data') chain.readOwn(this.#level, buffers, at);
    chain.writeTo(this.#level + 1, buffers, at);
  }
}

/** Removes a disk's descriptor first: without it nobody takes the rest for a disk. */
export function removeFiles(link: Pick<Link, 'path' | 'descriptor'>): void {
  const folder = dirname(link.path);
  const changes = link.descriptor.entries.get(CHANGES_ENTRY);
  const names = link.descriptor.extents.map(({ fileName }) => fileName);
  // Whoever wrote the descriptor has no business elsewhere.
  if (changes !== undefined) names.push(basename(changes));
  rmSync(link.path, { force: true });
  for (const name of names) if (name !== '') rmSync(join(folder, name), { force: true });
  syncFolder(folder);
}
