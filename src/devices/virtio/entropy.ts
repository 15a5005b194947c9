/** Virtio entropy device: random bytes for the guest. Source: VIRTIO 1.3 §5.4. */
import type { MmioDevice } from '../bus.ts';
import { byteLength, scatter } from '../dma.ts';
import { expectVersion } from '../lifecycle.ts';
import type { VirtioDevice, VirtioPort } from './device.ts';

export interface EntropySource {
  /** Fills `bytes`, at most 64 KiB, with random bytes. */
  fill(bytes: Uint8Array): void;
}

export interface EntropyStateV1 {
  readonly version: 1;
}

/**
 * Bytes given per request; the driver is told how many it got and asks again for more. Bounds what a guest can make the
 * host draw at once, and is what getRandomValues() gives in one call.
 */
const MAX_ENTROPY_BYTES = 0x1_0000;

export class EntropyDevice implements VirtioDevice<EntropyStateV1> {
  readonly name = 'entropy';
  readonly type = 4;
  readonly classCode = 0xff_00_00;
  readonly features = 0n;
  readonly queueSizes = [8] as const;
  readonly maxChainBytes = 2 ** 24;
  readonly config: MmioDevice = { read: () => 0, write: () => {} };
  readonly configBytes = 0;
  readonly #source: EntropySource;
  #port: VirtioPort | undefined;

  constructor(source: EntropySource) {
    this.#source = source;
  }

  attach(port: VirtioPort): void {
    this.#port = port;
  }

  notify(): void {
    const queue = this.#port?.queue(0);
    for (let chain = queue?.pop(); chain !== undefined; chain = queue?.pop()) {
      const bytes = new Uint8Array(Math.min(byteLength(chain.writable), MAX_ENTROPY_BYTES));
      this.#source.fill(bytes);
      queue?.push(chain, scatter(chain.writable, bytes));
    }
    queue?.signal();
  }

  reset(): void {}

  save(): EntropyStateV1 {
    return { version: 1 };
  }

  restore(state: EntropyStateV1): void {
    expectVersion(this.name, state, 1);
  }
}
