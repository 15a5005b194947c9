/**
 * Which queue a received frame goes to: the one on which its flow was sent last. Source: VIRTIO 1.3 §5.1.6.5.6.
 * The hash is the same both ways of a flow; what is no flow is hashed by its addresses.
 */
const FLOWS = 256;
const IPV4 = 0x0800;
const IPV6 = 0x86dd;

export class NetSteering {
  readonly #queues = new Uint8Array(FLOWS);

  /** A frame of this flow was sent on a queue. */
  sent(frame: Uint8Array, queue: number): void {
    this.#queues[flowHash(frame)] = queue;
  }

  queueOf(frame: Uint8Array, pairs: number): number {
    return pairs === 1 ? 0 : (this.#queues[flowHash(frame)] as number) % pairs;
  }

  save(): Uint8Array {
    return this.#queues.slice();
  }

  restore(queues: Uint8Array | undefined): void {
    this.reset();
    if (queues) this.#queues.set(queues.subarray(0, FLOWS));
  }

  reset(): void {
    this.#queues.fill(0);
  }
}

/** Bytes at the start of a frame that the hash looks at. */
export const HASHED_BYTES = 14 + 40 + 4;

/** Of addresses, and ports when the frame is TCP or UDP with no options before. */
function flowHash(frame: Uint8Array): number {
  const type = ((frame[12] ?? 0) << 8) | (frame[13] ?? 0);
  if (type === IPV4) {
    const hasPorts = frame[14] === 0x45 && (frame[23] === 6 || frame[23] === 17);
    return fold(frame, 26, 34, hasPorts ? 34 : 0);
  }
  if (type === IPV6) return fold(frame, 22, 54, frame[20] === 6 || frame[20] === 17 ? 54 : 0);
  return fold(frame, 0, 12, 0);
}

/** Sums what both ways have in common: pairs of bytes commute. */
function fold(frame: Uint8Array, from: number, to: number, ports: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += frame[i] ?? 0;
  if (ports > 0) for (let i = ports; i < ports + 4; i++) sum += 7 * (frame[i] ?? 0);
  return (sum ^ (sum >>> 8)) & (FLOWS - 1);
}
