/**
 * The hash of a machine's state, cheap enough to be taken every million instructions: registers and devices anew,
 * memory as a sum over its pages, of which only those are looked at again that were written since.
 *
 * Two machines in the same state have the same hash, whichever way they came there.
 */
import type { DirtyPages, GuestMap } from '#kernel';
import type { Machine } from '../machine.ts';
import { Hash } from '../state-hash.ts';

export class StateDigest {
  readonly #machine: Machine;
  readonly #log: DirtyPages;
  #memory: MemorySum;

  constructor(machine: Machine) {
    this.#machine = machine;
    this.#log = machine.dirtyLog.open();
    this.#memory = new MemorySum(machine.map);
  }

  /** 16 hexadecimal digits. */
  take(): string {
    for (const index of this.#log.take()) this.#memory.update(index);
    return this.#machine.stateHashOver(this.#memory.words);
  }

  /** The same value, with all of memory looked at again: it would differ had a write not been noticed. */
  takeFull(): string {
    this.#log.take();
    const memory = new MemorySum(this.#machine.map);
    const { ramPages } = this.#machine.map.layout;
    for (let index = 0; index < ramPages; index++) memory.update(index);
    this.#memory = memory;
    return this.#machine.stateHashOver(memory.words);
  }
}

/** A sum over hashes of pages, each with its number in it; pages of zeros count nothing. */
class MemorySum {
  readonly #map: GuestMap;
  /** Both lanes of each page's hash. */
  readonly #low: Int32Array;
  readonly #high: Int32Array;
  #sumLow = 0;
  #sumHigh = 0;

  constructor(map: GuestMap) {
    this.#map = map;
    this.#low = new Int32Array(map.layout.ramPages);
    this.#high = new Int32Array(map.layout.ramPages);
  }

  get words(): readonly number[] {
    return [this.#sumLow, this.#sumHigh];
  }

  update(index: number): void {
    const [low, high] = this.#hash(index);
    this.#sumLow = (this.#sumLow - (this.#low[index] ?? 0) + low) | 0;
    this.#sumHigh = (this.#sumHigh - (this.#high[index] ?? 0) + high) | 0;
    this.#low[index] = low;
    this.#high[index] = high;
  }

  #hash(index: number): readonly [low: number, high: number] {
    const bytes = this.#map.pageBytes(this.#map.layout.ramFirstPage + index);
    if (bytes === undefined) return [0, 0];
    const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
    let any = 0;
    const hash = new Hash();
    hash.word(index);
    for (let i = 0; i < words.length; i++) {
      const word = words[i] as number;
      any |= word;
      hash.word(word);
    }
    return any === 0 ? [0, 0] : hash.lanes;
  }
}
