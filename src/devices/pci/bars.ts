/** Base address registers of a PCI function: sizing, and where they put its windows. Source: PCI Local Bus 3.0 §6.2.5.1. */
import type { MmioDevice } from '../bus.ts';

/** A memory window that the guest places. */
export interface BarSpec {
  /** Register 0 to 5; a 64-bit one takes the next register too. */
  readonly index: number;
  readonly kind: 'memory32' | 'memory64';
  readonly prefetchable?: boolean;
  /** A power of two from 16 to 2^31. */
  readonly sizeBytes: number;
  readonly device: MmioDevice;
}

export interface BarPlacement {
  readonly spec: BarSpec;
  readonly base: number;
}

export const BAR_COUNT = 6;
const MEMORY64 = 0x4;
const PREFETCHABLE = 0x8;

export class Bars {
  readonly #specs: readonly BarSpec[];
  /** Address bits as written and masked, without the type bits. */
  readonly #raw: number[] = [0, 0, 0, 0, 0, 0];

  /** @throws RangeError when a size is no power of two in range, or two specs share a register. */
  constructor(name: string, specs: readonly BarSpec[]) {
    const taken = new Set<number>();
    for (const spec of specs) checkSpec(name, spec, taken);
    this.#specs = specs;
  }

  /** The spec of BAR `index` (of its low half). */
  spec(index: number): BarSpec | undefined {
    return this.#specs.find((spec) => spec.index === index);
  }

  read(index: number): number {
    const spec = this.spec(index);
    return ((this.#raw[index] ?? 0) | (spec === undefined ? 0 : typeBits(spec))) >>> 0;
  }

  write(index: number, value: number): void {
    const spec = this.spec(index);
    if (spec !== undefined) this.#raw[index] = (value & -spec.sizeBytes) >>> 0;
    else if (this.spec(index - 1)?.kind === 'memory64') this.#raw[index] = value >>> 0;
  }

  /** Where the guest wants the windows now; nonsense included (all ones while sizing, 0 before the first write). */
  placements(): BarPlacement[] {
    return this.#specs.map((spec) => ({ spec, base: this.#base(spec) }));
  }

  save(): number[] {
    return [...this.#raw];
  }

  /** Takes saved or (with none) zeroed address bits; they are masked as the guest's would be. */
  restore(raw: readonly number[] = []): void {
    for (let index = 0; index < BAR_COUNT; index++) this.write(index, raw[index] ?? 0);
  }

  #base(spec: BarSpec): number {
    const low = this.#raw[spec.index] ?? 0;
    return spec.kind === 'memory32' ? low : (this.#raw[spec.index + 1] ?? 0) * 2 ** 32 + low;
  }
}

function typeBits(spec: BarSpec): number {
  return (spec.kind === 'memory64' ? MEMORY64 : 0) | (spec.prefetchable === true ? PREFETCHABLE : 0);
}

function checkSpec(name: string, spec: BarSpec, taken: Set<number>): void {
  const { index, sizeBytes } = spec;
  if (!Number.isInteger(Math.log2(sizeBytes)) || sizeBytes < 16 || sizeBytes > 2 ** 31) {
    throw new RangeError(`Cannot make BAR ${index} of "${name}": ${sizeBytes} is no size`);
  }
  for (const register of spec.kind === 'memory64' ? [index, index + 1] : [index]) {
    if (!Number.isInteger(register) || register < 0 || register >= BAR_COUNT || taken.has(register)) {
      throw new RangeError(`Cannot make BAR ${index} of "${name}": register ${register} is not free`);
    }
    taken.add(register);
  }
}
