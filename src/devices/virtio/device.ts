/** What a virtio device is to its transport, and the transport to it. Source: VIRTIO 1.3 §2. */
import type { MmioDevice } from '../bus.ts';
import type { Virtqueue } from './queue.ts';

/** The driver's side, as a device sees it. */
export interface VirtioPort {
  /** Features that the driver accepted. */
  readonly features: bigint;
  /** Preconditions: `index` is below the device's number of queues. */
  queue(index: number): Virtqueue;
  /** Tells the driver that the configuration is another. */
  configChanged(): void;
  /** The driver broke a rule: the device does nothing more until it is reset. */
  fail(reason: string): void;
}

/** A device type. Work is taken in `notify`; the transport stops, pauses and resumes it by its queues. */
export interface VirtioDevice<State> {
  readonly name: string;
  /** Device ID. Source: §5. */
  readonly type: number;
  /** PCI class code, 24 bits. */
  readonly classCode: number;
  /** Device-specific features on offer. */
  readonly features: bigint;
  /** Largest size of each queue; powers of two. */
  readonly queueSizes: readonly number[];
  /** Bytes that one descriptor chain may have in all. */
  readonly maxChainBytes: number;
  /** Whether the writable buffers of a queue are pages that the driver does not use, and not buffers; absent: none are. */
  isRangeQueue?(queue: number): boolean;
  /** Device-specific configuration. */
  readonly config: MmioDevice;
  readonly configBytes: number;
  /** Called once, before anything else. */
  attach(port: VirtioPort): void;
  /** The driver has, or may have, put something into a queue. */
  notify(queue: number): void;
  /** A reset begins: chains that the device only keeps for later go back. Absent: it keeps none. */
  letGo?(): void;
  /** As after power-on; nothing is in a queue any more. */
  reset(): void;
  /** Plain data; whoever asks copies it. */
  save(): State;
  restore(state: State): void;
}
