/** What a virtio SCSI host tells its driver unasked: units that come, go, or change. Source: VIRTIO 1.3 §5.6.6.3. */
import { byteLength, scatter } from '../dma.ts';
import type { Chain } from './chain.ts';
import type { VirtioPort } from './device.ts';
import type { Virtqueue } from './queue.ts';

/** Features by which a driver says what it wants to hear. */
export const EVENT_FEATURE = { hotplug: 1n << 1n, change: 1n << 2n } as const;

// biome-ignore format: a table reads in columns
export const SCSI_EVENT = {
  /** There is a unit now that was not there. */
  rescan:  { kind: 1, reason: 1, feature: EVENT_FEATURE.hotplug },
  /** It is there no more. */
  removed: { kind: 1, reason: 2, feature: EVENT_FEATURE.hotplug },
  /** Its capacity is another; the reason is the additional sense code with its qualifier. */
  changed: { kind: 3, reason: 0x2a | (0x09 << 8), feature: EVENT_FEATURE.change },
} as const;

export type ScsiEventName = keyof typeof SCSI_EVENT;

export const EVENT_BYTES = 16;
/** Set in what comes next after events that found no buffer; alone it is no other event. */
const EVENTS_MISSED = 0x8000_0000;

export class ScsiEvents {
  readonly #queue: number;
  #port: VirtioPort | undefined;
  #hasMissed = false;

  /** @param queue - the number of the event queue */
  constructor(queue: number) {
    this.#queue = queue;
  }

  attach(port: VirtioPort): void {
    this.#port = port;
  }

  /** An event that the driver did not hear of yet, and will when it gives a buffer. */
  get hasMissed(): boolean {
    return this.#hasMissed;
  }

  set hasMissed(hasMissed: boolean) {
    this.#hasMissed = hasMissed;
  }

  /** Tells of a target; without a buffer, later and of no certain one. False: the driver is none that hears it. */
  tell(name: ScsiEventName, target: number): boolean {
    const { kind, reason, feature } = SCSI_EVENT[name];
    const ring = this.#port?.queue(this.#queue);
    if (ring === undefined || !ring.enabled || ((this.#port?.features ?? 0n) & feature) === 0n) return false;
    const chain = this.#buffer(ring);
    if (chain) this.#send(ring, chain, kind, target, reason);
    else this.#hasMissed = true;
    return true;
  }

  /** The driver has given a buffer: it hears at once that it missed something. */
  notify(): void {
    if (!this.#hasMissed) return;
    const ring = this.#port?.queue(this.#queue);
    const chain = ring && this.#buffer(ring);
    if (ring && chain) this.#send(ring, chain, 0, 0, 0);
  }

  /** As after power-on. */
  reset(): void {
    this.#hasMissed = false;
  }

  /** A driver whose buffers hold no event breaks the rules. */
  #buffer(ring: Virtqueue): Chain | undefined {
    const chain = ring.pop();
    if (chain === undefined) return undefined;
    const bytes = byteLength(chain.writable);
    if (bytes >= EVENT_BYTES) return chain;
    this.#port?.fail(`SCSI event buffer of ${bytes} bytes`);
    ring.push(chain, 0);
    return undefined;
  }

  #send(ring: Virtqueue, chain: Chain, kind: number, target: number, reason: number): void {
    const bytes = new Uint8Array(EVENT_BYTES);
    const view = new DataView(bytes.buffer);
    view.setUint32(0, (kind | (this.#hasMissed ? EVENTS_MISSED : 0)) >>> 0, true);
    if (kind !== 0) bytes.set([1, target], 4);
    view.setUint32(12, reason, true);
    this.#hasMissed = false;
    ring.push(chain, scatter(chain.writable, bytes));
    ring.signal();
  }
}
