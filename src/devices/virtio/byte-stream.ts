/** Bytes between a host and a driver's buffers, as consoles and serial ports have them. Source: VIRTIO 1.3 §5.3.6. */
import { scatter } from '../dma.ts';
import type { VirtioPort } from './device.ts';

type Queue = ReturnType<VirtioPort['queue']>;

/** Moves input into the driver's buffers; what there was no room for comes back. */
export function deliverBytes(queue: Queue | undefined, input: Uint8Array): Uint8Array {
  let left = input;
  while (left.length > 0) {
    const chain = queue?.pop();
    if (chain === undefined) break;
    const taken = scatter(chain.writable, left);
    left = left.subarray(taken);
    queue?.push(chain, taken);
  }
  queue?.signal();
  return left;
}

/** Passes on what the driver sends. The guest may change its pages at any time, so the host gets a copy. */
export function takeBytes(queue: Queue | undefined, write: (bytes: Uint8Array) => void): void {
  for (let chain = queue?.pop(); chain !== undefined; chain = queue?.pop()) {
    for (const view of chain.readable) write(view.slice());
    queue?.push(chain, 0);
  }
  queue?.signal();
}
