/** Virtio block device: a disk of 512-byte sectors over a store that is handed in. Source: VIRTIO 1.3 §5.2. */
import type { MmioDevice } from '../bus.ts';
import { byteLength, scatter } from '../dma.ts';
import { expectVersion } from '../lifecycle.ts';
import { registers } from '../registers.ts';
import type { BlockBackend, BlockRequest, BlockStatus } from './block-backend.ts';
import * as Request from './block-request.ts';
import { type Chain, chainBytes } from './chain.ts';
import type { VirtioDevice, VirtioPort } from './device.ts';

export interface VirtioBlockStateV1 {
  readonly version: 1;
  readonly sectors: number;
}

// biome-ignore format: a table reads in columns
const FEATURE = { segMax: 1n << 2n, readOnly: 1n << 5n, blockSize: 1n << 6n, flush: 1n << 9n, multiqueue: 1n << 12n, discard: 1n << 13n, writeZeroes: 1n << 14n } as const;
/** So that a request of Linux's largest size, 1280 KiB in pages of 4 KiB, is one request. */
const QUEUE_SIZE = 512;
const CONFIG_BYTES = 60;
const MAX_ID_BYTES = 20;

/** EDK2's driver sends up to 1 GiB in one request. */
const MAX_CHAIN_BYTES = 2 ** 30;

/** Requests beyond this stay in the ring until others are done; bounds the views and I/O that a guest can hold. */
const MAX_IN_FLIGHT_BYTES = 64 * 2 ** 20;

export class VirtioBlock implements VirtioDevice<VirtioBlockStateV1> {
  // biome-ignore format: a table reads in columns
  static readonly registers = registers<VirtioBlock>(CONFIG_BYTES, {
    capacity:               { at: 0,  width: 4, count: 2, read: (device, word) => Math.floor(device.#disk.sectors / 2 ** (32 * word)) },
    sizeMax:                { at: 8,  width: 4 },
    segMax:                 { at: 12, width: 4, read: () => QUEUE_SIZE - 2 },
    geometry:               { at: 16, width: 4 },
    blockSize:              { at: 20, width: 4, read: () => Request.SECTOR_BYTES },
    topology:               { at: 24, width: 4, count: 2 },
    writeback:              { at: 32, width: 1 },
    numQueues:              { at: 34, width: 2, read: (device) => device.queueSizes.length },
    maxDiscardSectors:      { at: 36, width: 4, read: () => Request.MAX_RANGE_SECTORS },
    maxDiscardSegments:     { at: 40, width: 4, read: () => Request.MAX_RANGES },
    discardAlignment:       { at: 44, width: 4, read: () => 1 },
    maxWriteZeroesSectors:  { at: 48, width: 4, read: () => Request.MAX_RANGE_SECTORS },
    maxWriteZeroesSegments: { at: 52, width: 4, read: () => Request.MAX_RANGES },
    writeZeroesMayUnmap:    { at: 56, width: 1, read: () => 1 },
  });

  readonly name: string;
  readonly type = 2;
  readonly classCode = 0x01_00_00;
  readonly features: bigint;
  readonly queueSizes: readonly number[];
  readonly maxChainBytes = MAX_CHAIN_BYTES;
  readonly config: MmioDevice = VirtioBlock.registers.window(this);
  readonly configBytes = CONFIG_BYTES;
  readonly #backend: BlockBackend;
  readonly #disk: { sectors: number; readOnly: boolean; id: string };
  #port: VirtioPort | undefined;
  /** Requests at the store. One that comes back and is not here is from before a reset, and dropped. */
  readonly #inFlight = new Set<Request.DriverRequest>();
  #inFlightBytes = 0;
  #pumping = false;
  /** The store cannot go on: requests stay in the ring until it can. */
  #isStalled = false;
  /** Queues to look at when requests were too many. */
  readonly #waiting = new Set<number>();
  /** Queues that the driver is to be told of. */
  readonly #finished = new Set<number>();

  /** @throws RangeError when the backend's id is not at most 20 ASCII characters. */
  constructor(backend: BlockBackend, { queues = 1 }: { readonly queues?: number } = {}) {
    const { readOnly, id, sizeBytes } = backend;
    if (id.length > MAX_ID_BYTES || !/^[\x20-\x7e]*$/.test(id)) {
      throw new RangeError(`Cannot make a disk of id "${id}": at most ${MAX_ID_BYTES} ASCII characters`);
    }
    this.name = `block "${id}"`;
    this.#backend = backend;
    this.#disk = { readOnly, id, sectors: Math.floor(sizeBytes / Request.SECTOR_BYTES) };
    const changing = readOnly ? FEATURE.readOnly : FEATURE.discard | FEATURE.writeZeroes;
    const multiqueue = queues > 1 ? FEATURE.multiqueue : 0n;
    this.features = FEATURE.segMax | FEATURE.blockSize | FEATURE.flush | multiqueue | changing;
    this.queueSizes = Array.from({ length: queues }, () => QUEUE_SIZE);
    backend.onResize?.(() => this.#resized());
    backend.onReady?.(() => {
      this.#isStalled = false;
      this.#pumpWaiting();
    });
    if (backend.gate) backend.gate.ready = () => this.#pumpWaiting();
  }

  attach(port: VirtioPort): void {
    this.#port = port;
  }

  notify(queue: number): void {
    this.#pump(queue);
  }

  reset(): void {
    this.#forget();
  }

  save(): VirtioBlockStateV1 {
    return { version: 1, sectors: this.#disk.sectors };
  }

  /** @throws RangeError when the disk has another size. */
  restore(state: VirtioBlockStateV1): void {
    expectVersion(this.name, state, 1);
    this.#forget();
    if (state.sectors !== this.#disk.sectors) {
      throw new RangeError(
        `Cannot restore ${this.name}: ${state.sectors} sectors, not ${this.#disk.sectors}`,
      );
    }
  }

  /** The disk is larger. Source: §5.2.5 (a change of the capacity is a change of the configuration). */
  #resized(): void {
    this.#disk.sectors = Math.floor(this.#backend.sizeBytes / Request.SECTOR_BYTES);
    this.#port?.configChanged();
  }

  /** Starts requests until the rings are empty or enough are under way. A store may complete before it returns. */
  #pump(queue: number): void {
    this.#waiting.add(queue);
    if (this.#pumping) return;
    this.#pumping = true;
    for (const index of [...this.#waiting]) {
      if (this.#isFull) break;
      this.#waiting.delete(index);
      this.#takeAll(index);
    }
    this.#pumping = false;
    for (const index of this.#finished) this.#port?.queue(index).signal();
    this.#finished.clear();
  }

  get #isFull(): boolean {
    return this.#isStalled || this.#inFlightBytes >= MAX_IN_FLIGHT_BYTES;
  }

  #takeAll(queue: number): void {
    const ring = this.#port?.queue(queue);
    const { gate } = this.#backend;
    for (;;) {
      if (this.#isFull || gate?.mayTake() === false) {
        this.#waiting.add(queue);
        return;
      }
      const chain = ring?.pop();
      if (chain === undefined) {
        gate?.giveBack();
        return;
      }
      if (gate) gate.took(chainBytes(chain));
      this.#start(chain, queue);
    }
  }

  #start(chain: Chain, queue: number): void {
    const request = Request.parse(chain, queue);
    if ('fault' in request) {
      this.#port?.fail(request.fault);
      this.#port?.queue(queue).push(chain, 0);
      return;
    }
    this.#inFlight.add(request);
    this.#inFlightBytes += request.bytes;
    const checked = Request.check(request, this.#writeThroughDisk());
    if ('refused' in checked) this.#finish(request, checked.refused, 0);
    else this.#run(request, checked.steps, 0, checked.answer);
  }

  /** Asks the store for step `next` and those after it; the first that fails ends the request. */
  #run(
    request: Request.DriverRequest,
    steps: readonly BlockRequest[],
    next: number,
    answer?: Uint8Array,
  ): void {
    const step = steps[next];
    if (step === undefined) {
      const answered = answer === undefined ? byteLength(request.room) : scatter(request.room, answer);
      this.#finish(request, Request.STATUS.ok, answered);
      return;
    }
    this.#backend.submit(step, (status: BlockStatus) => {
      if (!this.#inFlight.has(request)) return;
      if (status === 'ok') this.#run(request, steps, next + 1, answer);
      else if (status === 'later') this.#putBack(request);
      else this.#finish(request, Request.STATUS[status], 0);
    });
  }

  /** It is the next one again; what of it was done is done once more then. Preconditions: it was taken last. */
  #putBack(request: Request.DriverRequest): void {
    this.#isStalled = true;
    this.#inFlight.delete(request);
    this.#inFlightBytes -= request.bytes;
    this.#waiting.add(request.queue);
    this.#port?.queue(request.queue).putBack([request.chain]);
  }

  /** The last byte of the chain's writable part is the status; the length counts from the first. */
  #finish(request: Request.DriverRequest, status: number, roomWritten: number): void {
    const full = roomWritten === byteLength(request.room);
    request.statusByte[0] = status;
    this.#inFlight.delete(request);
    this.#inFlightBytes -= request.bytes;
    const ring = this.#port?.queue(request.queue);
    ring?.push(request.chain, full ? roomWritten + 1 : roomWritten);
    this.#finished.add(request.queue);
    if (this.#pumping) return;
    ring?.signal();
    this.#finished.clear();
    this.#pumpWaiting();
  }

  /** There may be room again for those that waited. */
  #pumpWaiting(): void {
    const [queue] = this.#waiting;
    if (queue !== undefined) this.#pump(queue);
  }

  #forget(): void {
    this.#inFlight.clear();
    this.#inFlightBytes = 0;
    this.#isStalled = false;
    this.#waiting.clear();
    this.#finished.clear();
  }

  #writeThroughDisk(): Request.Disk {
    return { ...this.#disk, writeThrough: ((this.#port?.features ?? 0n) & FEATURE.flush) === 0n };
  }
}
