/** Platform-level interrupt controller with one S-mode context per hart. Source: RISC-V PLIC Specification 1.0.0. */
import { copyOf } from '#lib';
import { BOARD } from '../board.ts';
import type { InterruptLine, MmioDevice } from '../bus.ts';
import { expectVersion, type Lifecycle } from '../lifecycle.ts';
import { registers, type UnknownAccess } from '../registers.ts';

export interface PlicHost {
  /** Drives the S-mode external interrupt of a hart. */
  setExternal(hart: number, level: boolean): void;
  unknownAccess?(access: UnknownAccess): void;
}

export interface PlicStateV1 {
  readonly version: 1;
  /** Per source; 0 never interrupts. */
  priority: number[];
  /** Sources as bits of 32-bit words, here and in `claimed`, `level` and each row of `enable`. */
  pending: number[];
  /** Taken by a hart and not completed: the gateway lets no further request through. */
  claimed: number[];
  /** What the wires say now. */
  level: number[];
  /** Per context. */
  enable: number[][];
  threshold: number[];
}

/** Sources are 1 … SOURCES; number 0 means none. */
const SOURCES = BOARD.plic.sources;
const WORDS = Math.ceil((SOURCES + 1) / 32);
const MAX_PRIORITY = 7;
const CONTEXT_BYTES = 0x1000;
const CONTEXTS_AT = 0x20_0000;
/** Contexts that fit in the window. */
const MAX_CONTEXTS = (BOARD.plic.size - CONTEXTS_AT) / CONTEXT_BYTES;
const ENABLE_WORDS = 32;

export class Plic implements MmioDevice, Lifecycle<PlicStateV1> {
  static readonly registers = registers<Plic>(BOARD.plic.size, {
    priority: {
      at: 0,
      width: 4,
      count: SOURCES + 1,
      read: (plic, source) => plic.#state.priority[source] ?? 0,
      write: (plic, value, source) => plic.#setPriority(source, value),
    },
    pending: { at: 0x1000, width: 4, count: WORDS, read: (plic, word) => plic.#state.pending[word] ?? 0 },
    enable: {
      at: 0x2000,
      width: 4,
      count: MAX_CONTEXTS * ENABLE_WORDS,
      read: (plic, index) => plic.#state.enable[index >>> 5]?.[index & 31] ?? 0,
      write: (plic, value, index) => plic.#setEnable(index >>> 5, index & 31, value),
    },
    threshold: {
      at: CONTEXTS_AT,
      width: 4,
      count: MAX_CONTEXTS,
      stride: CONTEXT_BYTES,
      read: (plic, context) => plic.#state.threshold[context] ?? 0,
      write: (plic, value, context) => plic.#setThreshold(context, value),
    },
    claimComplete: {
      at: CONTEXTS_AT + 4,
      width: 4,
      count: MAX_CONTEXTS,
      stride: CONTEXT_BYTES,
      read: (plic, context) => plic.#claim(context),
      write: (plic, source, context) => plic.#complete(context, source),
      partial: 'zero',
    },
  });

  readonly harts: number;
  readonly #host: PlicHost;
  readonly #window: MmioDevice;
  #state: PlicStateV1;
  /** What each hart was last told. */
  readonly #external: boolean[];
  #paused = false;

  /** @throws RangeError when there are no harts or more than the window has contexts for. */
  constructor(harts: number, host: PlicHost) {
    if (!Number.isInteger(harts) || harts < 1 || harts > MAX_CONTEXTS) {
      throw new RangeError(`Cannot make a PLIC for ${harts} harts: 1 to ${MAX_CONTEXTS}`);
    }
    this.harts = harts;
    this.#host = host;
    this.#state = powerOn(harts);
    this.#external = Array.from({ length: harts }, () => false);
    this.#window = Plic.registers.window(this, (access) => host.unknownAccess?.(access));
  }

  isLight(): boolean {
    return true;
  }

  read(offset: number, width: 1 | 2 | 4): number {
    return this.#window.read(offset, width);
  }

  write(offset: number, width: 1 | 2 | 4, value: number): void {
    this.#window.write(offset, width, value);
  }

  /** The wire of `source`. @throws RangeError when there is no such source. */
  line(source: number): InterruptLine {
    if (!Number.isInteger(source) || source < 1 || source > SOURCES) {
      throw new RangeError(`Cannot wire PLIC source ${source}: 1 to ${SOURCES}`);
    }
    return { set: (level) => this.#setLevel(source, level) };
  }

  reset(): void {
    const { level } = this.#state;
    this.#state = powerOn(this.harts);
    this.#state.level = level;
    for (let source = 1; source <= SOURCES; source++) this.#forward(source);
    this.#update();
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#update();
  }

  save(): PlicStateV1 {
    return copyOf(this.#state);
  }

  restore(state: PlicStateV1): void {
    expectVersion('PLIC', state, 1);
    if (state.enable.length !== this.harts) {
      throw new RangeError(`Cannot restore PLIC: state has ${state.enable.length} harts, not ${this.harts}`);
    }
    this.#state = copyOf(state);
    this.#update();
  }

  #setLevel(source: number, level: boolean): void {
    if (bit(this.#state.level, source) === level) return;
    setBit(this.#state.level, source, level);
    if (!level) return;
    this.#forward(source);
    this.#update();
  }

  /** The gateway: lets a request through unless one of this source is being served. Source: §5. */
  #forward(source: number): void {
    const { level, claimed, pending } = this.#state;
    if (bit(level, source) && !bit(claimed, source)) setBit(pending, source, true);
  }

  #setPriority(source: number, value: number): void {
    if (source === 0) return;
    this.#state.priority[source] = value & MAX_PRIORITY;
    this.#update();
  }

  #setEnable(context: number, word: number, value: number): void {
    const row = this.#state.enable[context];
    if (row === undefined || word >= WORDS) return;
    row[word] = (value & wiredSources(word)) >>> 0;
    this.#update();
  }

  #setThreshold(context: number, value: number): void {
    if (context >= this.harts) return;
    this.#state.threshold[context] = value & MAX_PRIORITY;
    this.#update();
  }

  /** Takes the best pending source, whatever the threshold. Source: §9. */
  #claim(context: number): number {
    const source = this.#best(context);
    if (source === 0) return 0;
    setBit(this.#state.pending, source, false);
    setBit(this.#state.claimed, source, true);
    this.#update();
    return source;
  }

  /** Source: §10 (a completion of a source that is not enabled for the context is ignored). */
  #complete(context: number, source: number): void {
    const enable = this.#state.enable[context];
    if (enable === undefined || !bit(enable, source) || !bit(this.#state.claimed, source)) return;
    setBit(this.#state.claimed, source, false);
    this.#forward(source);
    this.#update();
  }

  /** The pending and enabled source with the highest priority above 0, the lowest number among equals; 0 for none. */
  #best(context: number): number {
    const { pending, priority } = this.#state;
    const enable = this.#state.enable[context];
    let best = 0;
    for (let word = 0; word < WORDS; word++) {
      let candidates = (pending[word] ?? 0) & (enable?.[word] ?? 0);
      while (candidates !== 0) {
        const lowest = 31 - Math.clz32(candidates & -candidates);
        candidates &= candidates - 1;
        const source = 32 * word + lowest;
        if ((priority[source] ?? 0) > (priority[best] ?? 0)) best = source;
      }
    }
    return best;
  }

  #update(): void {
    if (this.#paused) return;
    const { priority, threshold } = this.#state;
    for (let hart = 0; hart < this.harts; hart++) {
      const level = (priority[this.#best(hart)] ?? 0) > (threshold[hart] ?? 0);
      if (level === this.#external[hart]) continue;
      this.#external[hart] = level;
      this.#host.setExternal(hart, level);
    }
  }
}

function powerOn(harts: number): PlicStateV1 {
  const zeros = (length: number): number[] => Array.from({ length }, () => 0);
  return {
    version: 1,
    priority: zeros(SOURCES + 1),
    pending: zeros(WORDS),
    claimed: zeros(WORDS),
    level: zeros(WORDS),
    enable: Array.from({ length: harts }, () => zeros(WORDS)),
    threshold: zeros(harts),
  };
}

/** The bits of word `word` that stand for sources. */
function wiredSources(word: number): number {
  const first = word === 0 ? 0xffff_fffe : 0xffff_ffff;
  const past = 32 * (word + 1) - (SOURCES + 1);
  return past > 0 ? first & (0xffff_ffff >>> past) : first;
}

function bit(words: readonly number[], at: number): boolean {
  return (((words[at >>> 5] ?? 0) >>> (at & 31)) & 1) !== 0;
}

function setBit(words: number[], at: number, value: boolean): void {
  const mask = 1 << (at & 31);
  const old = words[at >>> 5] ?? 0;
  words[at >>> 5] = (value ? old | mask : old & ~mask) >>> 0;
}
