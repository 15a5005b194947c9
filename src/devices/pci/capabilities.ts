/** The capability list of a PCI function: its layout, and the PCI Express capability. Source: PCI Local Bus 3.0 §6.7. */
import type { MmioDevice } from '../bus.ts';
import { littleEndian } from '../dma.ts';

/** A capability before it has its place. */
export interface Capability {
  readonly id: number;
  /** What follows the ID and the next pointer; constant. */
  readonly body: Uint8Array;
  /** Registers in it that are not constant, with their offset in the capability. */
  readonly live?: { readonly at: number; readonly size: number; readonly device: MmioDevice };
}

export const CAPABILITY = { vendorSpecific: 0x09, pciExpress: 0x10 } as const;

const FIRST_AT = 0x40;
const END = 0x100;
/** ID and next pointer. */
const HEAD_BYTES = 2;

/** A capability list laid out in configuration space. */
export class CapabilityList {
  /** Offset of the first capability; 0 when there is none. */
  readonly first: number;
  readonly #bytes = new Uint8Array(END);
  readonly #live: { at: number; size: number; device: MmioDevice }[] = [];

  /** @throws RangeError when they do not fit in the 192 bytes there are. */
  constructor(name: string, capabilities: readonly Capability[]) {
    this.first = capabilities.length === 0 ? 0 : FIRST_AT;
    let at = FIRST_AT;
    for (const [i, capability] of capabilities.entries()) {
      const end = at + ((HEAD_BYTES + capability.body.length + 3) & ~3);
      if (end > END) throw new RangeError(`Capabilities of "${name}" end at ${end}, after ${END}`);
      this.#bytes.set([capability.id, i === capabilities.length - 1 ? 0 : end], at);
      this.#bytes.set(capability.body, at + HEAD_BYTES);
      if (capability.live) this.#live.push({ ...capability.live, at: at + capability.live.at });
      at = end;
    }
  }

  read(offset: number, width: 1 | 2 | 4): number {
    const live = this.#liveAt(offset);
    if (live !== undefined) return live.device.read(offset - live.at, width);
    let value = 0;
    for (let i = 0; i < width; i++) value += (this.#bytes[offset + i] ?? 0) * 2 ** (8 * i);
    return value;
  }

  write(offset: number, width: 1 | 2 | 4, value: number): void {
    const live = this.#liveAt(offset);
    live?.device.write(offset - live.at, width, value);
  }

  #liveAt(offset: number): { at: number; device: MmioDevice } | undefined {
    return this.#live.find(({ at, size }) => offset >= at && offset < at + size);
  }
}

/**
 * Says that the function is a root complex integrated endpoint with no link, which is what Linux expects of devices on a
 * root bus, and what makes it look at all 4096 bytes of configuration space. Source: PCI Express Base 4.0 §7.5.3.
 */
export function integratedEndpoint(): Capability {
  const version = 2;
  const rootComplexIntegratedEndpoint = 9;
  const body = new Uint8Array(0x3c - HEAD_BYTES);
  body.set(littleEndian(BigInt(version | (rootComplexIntegratedEndpoint << 4)), 2));
  return { id: CAPABILITY.pciExpress, body };
}
