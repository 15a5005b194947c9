/** What all transports of virtio share: status, features, queues, and when a device may work. Source: VIRTIO 1.3 §2.1–2.6, §3. */
import { copyOf } from '#lib';
import type { GuestMemory } from '../dma.ts';
import { expectVersion } from '../lifecycle.ts';
import type { VirtioDevice, VirtioPort } from './device.ts';
import { type QueueMode, type QueueStateV1, Virtqueue } from './queue.ts';
import { FEATURE, featuresAcceptable, nextStatus, STATUS, TRANSPORT_FEATURES } from './status.ts';

export interface TransportHost {
  readonly memory: GuestMemory;
  /** Whether the guest lets the device at memory now. */
  mayUseMemory(): boolean;
  interrupt(cause: 'queue' | 'config'): void;
  /** Takes back every interrupt that the driver has not seen. */
  clearInterrupts(): void;
  /** Hears why a device needs a reset. */
  fault?(reason: string): void;
}

export interface TransportStateV1 {
  readonly version: 1;
  status: number;
  deviceFeatureSelect: number;
  driverFeatureSelect: number;
  driverFeatures: bigint;
  queueSelect: number;
  configGeneration: number;
  /** The driver wrote 0 to the status, and chains are still with the device. */
  resetting: boolean;
  /** Queues under a queue reset with chains still with the device. */
  resettingQueues: number[];
}

export interface SavedTransportV1 {
  readonly registers: TransportStateV1;
  readonly queues: readonly QueueStateV1[];
}

export class VirtioTransport implements VirtioPort {
  readonly queues: readonly Virtqueue[];
  readonly offeredFeatures: bigint;
  state = powerOn();
  readonly #device: VirtioDevice<unknown>;
  readonly #host: TransportHost;
  #paused = false;

  constructor(device: VirtioDevice<unknown>, host: TransportHost) {
    this.#device = device;
    this.#host = host;
    this.offeredFeatures = device.features | TRANSPORT_FEATURES;
    this.queues = device.queueSizes.map((size, index) => new Virtqueue(size, this.#queueHost(index)));
    device.attach(this);
  }

  get features(): bigint {
    return this.state.driverFeatures;
  }

  queue(index: number): Virtqueue {
    const queue = this.queues[index];
    if (queue === undefined) throw new RangeError(`${this.#device.name} has no queue ${index}`);
    return queue;
  }

  /** The queue that the driver has selected, if there is one of that number. */
  get selectedQueue(): Virtqueue | undefined {
    return this.queues[this.state.queueSelect];
  }

  /** A reset that has to wait for chains shows the old status until it is over. Source: §2.4.1, §4.1.4.3.1. */
  writeStatus(written: number): void {
    if (this.state.resetting) return;
    if (written === 0) {
      this.#startReset();
      return;
    }
    const before = this.state.status;
    const acceptable = featuresAcceptable(this.offeredFeatures, this.features);
    this.state.status = nextStatus(before, written, acceptable);
    if ((~before & this.state.status & STATUS.driverOk) !== 0) this.kickAll();
  }

  writeDriverFeatures(value: number): void {
    const { driverFeatureSelect: word, status, driverFeatures } = this.state;
    if (word > 1 || (status & STATUS.featuresOk) !== 0) return;
    const shift = BigInt(32 * word);
    const kept = driverFeatures & ~(0xffff_ffffn << shift);
    this.state.driverFeatures = kept | (BigInt(value >>> 0) << shift);
  }

  readDriverFeatures(): number {
    return featureWord(this.features, this.state.driverFeatureSelect);
  }

  readDeviceFeatures(): number {
    return featureWord(this.offeredFeatures, this.state.deviceFeatureSelect);
  }

  setQueueSize(value: number): void {
    if (this.selectedQueue !== undefined) this.selectedQueue.size = value;
  }

  /** Writing 1 enables the selected queue; a queue is disabled only by a reset. */
  enableQueue(value: number): void {
    const queue = this.selectedQueue;
    if (value !== 1 || queue === undefined || queue.enabled) return;
    if (!this.#failed && !this.queueResetting) queue.enable();
  }

  /** Whether a reset of the selected queue waits for chains. Source: §2.6.1. */
  get queueResetting(): boolean {
    return this.state.resettingQueues.includes(this.state.queueSelect);
  }

  resetQueue(value: number): void {
    const queue = this.selectedQueue;
    const negotiated = (this.features & FEATURE.ringReset) !== 0n;
    if (value !== 1 || queue === undefined || !negotiated || this.queueResetting) return;
    queue.disable();
    if (queue.busy) this.#device.letGo?.();
    if (queue.busy) this.state.resettingQueues.push(this.state.queueSelect);
  }

  /** The driver's notification for queue `index`. */
  kick(index: number): void {
    const queue = this.queues[index];
    if (queue === undefined || !queue.enabled) return;
    const mode = this.#mode(index);
    if (mode === 'paused') queue.owe();
    if (mode !== 'running') return;
    queue.kick();
    this.#device.notify(index);
  }

  kickAll(): void {
    for (const index of this.queues.keys()) this.kick(index);
  }

  /** Goes on with queues whose last kick was too much for one turn; to be called by the run loop. */
  poll(): void {
    for (const [index, queue] of this.queues.entries()) if (queue.cutShort) this.kick(index);
  }

  configChanged(): void {
    this.state.configGeneration = (this.state.configGeneration + 1) & 0xff;
    if ((this.state.status & STATUS.driverOk) !== 0) this.#host.interrupt('config');
  }

  fail(reason: string): void {
    if ((this.state.status & STATUS.needsReset) !== 0) return;
    this.state.status |= STATUS.needsReset;
    this.#host.fault?.(`${this.#device.name}: ${reason}`);
    if ((this.state.status & STATUS.driverOk) !== 0) this.#host.interrupt('config');
  }

  /** As after power-on, at once; chains that are with the device come back to nobody. */
  reset(): void {
    for (const queue of this.queues) {
      queue.disable();
      queue.abandon();
    }
    this.state = powerOn();
    this.#host.clearInterrupts();
    this.#device.reset();
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.memoryAllowed();
  }

  /**
   * The device may use memory again: what was held back is published, what came in is taken. A queue that nobody has
   * touched meanwhile is left alone: what the driver prepares in it is not the device's yet.
   */
  memoryAllowed(): void {
    for (const [index, queue] of this.queues.entries()) {
      if (!queue.enabled || this.#mode(index) !== 'running') continue;
      queue.release();
      if (queue.takeOwed()) this.kick(index);
    }
  }

  save(): SavedTransportV1 {
    return { registers: copyOf(this.state), queues: this.queues.map((queue) => queue.save()) };
  }

  /** A reset that waited is over: what it waited for was the saving host's. */
  restore({ registers, queues }: SavedTransportV1): void {
    expectVersion(this.#device.name, registers, 1);
    if (queues.length !== this.queues.length) {
      throw new RangeError(`Cannot restore ${this.#device.name}: state has ${queues.length} queues`);
    }
    this.state = copyOf({ ...registers, resettingQueues: [] });
    for (const [index, queue] of queues.entries()) this.queues[index]?.restore(queue);
    if (registers.resetting) this.reset();
  }

  get #failed(): boolean {
    return this.state.resetting || (this.state.status & (STATUS.needsReset | STATUS.failed)) !== 0;
  }

  #mode(index: number): QueueMode {
    const up = (this.state.status & STATUS.driverOk) !== 0;
    if (!up || this.#failed || this.state.resettingQueues.includes(index)) return 'stopped';
    return this.#paused || !this.#host.mayUseMemory() ? 'paused' : 'running';
  }

  #startReset(): void {
    for (const queue of this.queues) queue.disable();
    this.state.resetting = true;
    this.#device.letGo?.();
    this.#drained();
  }

  /** Ends the resets that waited for chains. */
  #drained(): void {
    this.state.resettingQueues = this.state.resettingQueues.filter((index) => this.queues[index]?.busy);
    if (this.state.resetting && !this.queues.some((queue) => queue.busy)) this.reset();
  }

  #queueHost(index: number): ConstructorParameters<typeof Virtqueue>[1] {
    return {
      memory: this.#host.memory,
      maxChainBytes: this.#device.maxChainBytes,
      areRanges: () => this.#device.isRangeQueue?.(index) ?? false,
      mode: () => this.#mode(index),
      features: () => this.features,
      fail: (reason) => this.fail(`queue ${index}: ${reason}`),
      interrupt: () => this.#host.interrupt('queue'),
      drained: () => this.#drained(),
    };
  }
}

/** 32 bits of the features; those from bit 64 on are 0. */
function featureWord(features: bigint, word: number): number {
  return word > 1 ? 0 : Number(BigInt.asUintN(32, features >> BigInt(32 * word)));
}

function powerOn(): TransportStateV1 {
  return {
    version: 1,
    status: 0,
    deviceFeatureSelect: 0,
    driverFeatureSelect: 0,
    driverFeatures: 0n,
    queueSelect: 0,
    configGeneration: 0,
    resetting: false,
    resettingQueues: [],
  };
}
