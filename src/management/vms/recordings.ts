/** The recordings of a VM: files in its folder, each with a snapshot of what its disks held when it began. */
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { HostError, reasonOf } from '#lib';
import { readRecording } from '#vmm';
import type { VmFolder } from './vm-folder.ts';

const SUFFIX = '.vmrec';
/** Behind the name of a recording that begins with a machine that was on: what it was then. */
const STATE_SUFFIX = '.vmsn';

/** A recording in a list. */
export interface RecordingRow {
  /** Its file in the VM's folder. */
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  /** Steps that can be gone through again; a text, for there may be more than a number holds. */
  readonly steps: string;
  readonly inputs: number;
  readonly hashes: number;
  /** How its run ended; why it cannot be used; that it still goes on. */
  readonly about: string;
}

export class Recordings {
  readonly #folder: VmFolder;

  constructor(folder: VmFolder) {
    this.#folder = folder;
  }

  /** By number, the oldest first. @param current - the one that is being made */
  list(current: string | undefined): RecordingRow[] {
    return this.#names().map((name) => this.#row(name, name === current));
  }

  /** A name that is free: NAME-1.vmrec and so on. */
  next(): string {
    const last = Math.max(0, ...this.#names().map((name) => this.#number(name)));
    return `${this.#folder.name}-${last + 1}${SUFFIX}`;
  }

  pathOf(name: string): string {
    return join(this.#folder.path, name);
  }

  /** By its name, its number, or the last one. @throws HostError `vm-refused` */
  find(name: string | undefined): string {
    const names = this.#names();
    const found =
      name === undefined
        ? names.at(-1)
        : names.find(
            (one) => one === name || one === `${name}${SUFFIX}` || String(this.#number(one)) === name,
          );
    if (found !== undefined) return found;
    const reason =
      names.length === 0
        ? 'it has none: "vmk vm record" makes one'
        : `there is none called "${name}", only ${names.join(', ')}`;
    throw new HostError('vm-refused', { action: 'find a recording of', vm: this.#folder.name, reason });
  }

  /** Where the state is that it begins with, if it does. */
  statePathOf(name: string): string {
    return `${this.pathOf(name)}${STATE_SUFFIX}`;
  }

  remove(name: string): void {
    rmSync(this.pathOf(name), { force: true });
    rmSync(this.statePathOf(name), { force: true });
  }

  #names(): string[] {
    return readdirSync(this.#folder.path)
      .filter((name) => name.endsWith(SUFFIX))
      .sort((a, b) => this.#number(a) - this.#number(b));
  }

  #number(name: string): number {
    return Number(/-(\d+)\.vmrec$/.exec(name)?.[1] ?? 0);
  }

  #row(name: string, isCurrent: boolean): RecordingRow {
    const path = this.pathOf(name);
    const { size: bytes } = statSync(path);
    const none = { steps: '0', inputs: 0, hashes: 0 };
    try {
      const { lastStep, inputs, hashes, end, cut } = readRecording(path, readFileSync(path));
      const about = isCurrent ? 'goes on' : (end?.how ?? `cut off: ${cut}`);
      return {
        name,
        path,
        bytes,
        steps: String(lastStep),
        inputs: inputs.length,
        hashes: hashes.length,
        about,
      };
    } catch (error) {
      return { name, path, bytes, ...none, about: isCurrent ? 'goes on' : reasonOf(error) };
    }
  }
}
