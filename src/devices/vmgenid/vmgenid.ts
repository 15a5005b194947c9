/**
 * VM generation ID: 16 bytes that are others each time a VM is copied or goes back to an earlier state, so that a guest
 * makes its chance anew. Source: Microsoft, "Virtual Machine Generation ID"; Linux …/rng/microsoft,vmgenid.yaml.
 */
import type { InterruptLine, MmioDevice } from '../bus.ts';
import { expectVersion, type Lifecycle } from '../lifecycle.ts';
import { registers } from '../registers.ts';

const ID_BYTES = 16;
const WORDS = ID_BYTES / 4;

export interface VmGenerationHost {
  /** Up from a change until the guest has read the last word. */
  readonly line: InterruptLine;
  /** Fills the bytes with chance. */
  fill(bytes: Uint8Array): void;
}

export interface VmGenerationStateV1 {
  readonly version: 1;
  readonly id: readonly number[];
  readonly isNews: boolean;
}

export class VmGeneration implements MmioDevice, Lifecycle<VmGenerationStateV1> {
  // biome-ignore format: a table reads in columns
  static readonly registers = registers<VmGeneration>(0x1000, {
    id: { at: 0, width: 4, count: WORDS, read: (device, index) => device.#read(index) },
  });

  readonly #host: VmGenerationHost;
  readonly #window = VmGeneration.registers.window(this);
  #id = new Uint32Array(WORDS);
  #isNews = false;
  #paused = false;

  constructor(host: VmGenerationHost) {
    this.#host = host;
    this.#id = this.#newId();
  }

  /** The machine is another one from now on: a copy, or back at an earlier state. */
  change(): void {
    this.#id = this.#newId();
    this.#isNews = true;
    this.#update();
  }

  /** 32 hexadecimal digits. */
  get id(): string {
    return [...this.#id].map((word) => word.toString(16).padStart(8, '0')).join('');
  }

  read(offset: number, width: 1 | 2 | 4): number {
    return this.#window.read(offset, width);
  }

  write(offset: number, width: 1 | 2 | 4, value: number): void {
    this.#window.write(offset, width, value);
  }

  reset(): void {
    this.#id = this.#newId();
    this.#isNews = false;
    this.#update();
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#update();
  }

  save(): VmGenerationStateV1 {
    return { version: 1, id: [...this.#id], isNews: this.#isNews };
  }

  restore(state: VmGenerationStateV1): void {
    expectVersion('vmgenid', state, 1);
    this.#id = Uint32Array.from(state.id);
    this.#isNews = state.isNews;
    this.#update();
  }

  /** The guest reads all of it in order: behind the last word it knows. */
  #read(index: number): number {
    if (index === WORDS - 1) {
      this.#isNews = false;
      this.#update();
    }
    return this.#id[index] ?? 0;
  }

  #newId(): Uint32Array<ArrayBuffer> {
    const bytes = new Uint8Array(ID_BYTES);
    this.#host.fill(bytes);
    return new Uint32Array(bytes.buffer);
  }

  #update(): void {
    if (!this.#paused) this.#host.line.set(this.#isNews);
  }
}
