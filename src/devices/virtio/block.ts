/** Virtio block device: a disk of 512-byte sectors over a store that is handed in. Source: VIRTIO 1.3 §5.2. */
import type { MmioDevice } from '../bus.ts';
import { byteLength, scatter } from '../dma.ts';
import { expectVersion } from '../lifecycle.ts';
import { registers } from '../registers.ts';
import type { BlockBackend, BlockRequest, BlockStatus } from './block-backend.ts';
import * as Request from './block-request.ts';
import { type Chain, chainBytes } from './chain.ts';
import type { VirtioDevice, VirtioPort } from './device.ts';
import type { Virtqueue } from './queue.ts';
import { RequestPump, type Taken } from './request-pump.ts';

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
  readonly #pump = new RequestPump<Request.DriverRequest>((ring, queue) => this.#take(ring, queue));

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
    backend.onReady?.(() => this.#pump.goOn());
    if (backend.gate) backend.gate.ready = () => this.#pump.pumpWaiting();
  }

  attach(port: VirtioPort): void {
    this.#port = port;
    this.#pump.attach(port);
  }

  notify(queue: number): void {
    this.#pump.pump(queue);
  }

  reset(): void {
    this.#pump.forget();
  }

  save(): VirtioBlockStateV1 {
    return { version: 1, sectors: this.#disk.sectors };
  }

  /** @throws RangeError when the disk has another size. */
  restore(state: VirtioBlockStateV1): void {
    expectVersion(this.name, state, 1);
    this.#pump.forget();
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

  #take(ring: Virtqueue, queue: number): Taken {
    const { gate } = this.#backend;
    if (gate?.mayTake() === false) return 'later';
    const chain = ring.pop();
    if (chain === undefined) {
      gate?.giveBack();
      return 'none';
    }
    if (gate) gate.took(chainBytes(chain));
    this.#start(chain, queue);
    return 'one';
  }

  #start(chain: Chain, queue: number): void {
    const request = Request.parse(chain, queue);
    if ('fault' in request) {
      this.#pump.fail(chain, queue, request.fault);
      return;
    }
    this.#pump.begin(request);
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
      if (!this.#pump.isUnderWay(request)) return;
      if (status === 'ok') this.#run(request, steps, next + 1, answer);
      else if (status === 'later') this.#pump.putBack(request);
      else this.#finish(request, Request.STATUS[status], 0);
    });
  }

  /** The last byte of the chain's writable part is the status; the length counts from the first. */
  #finish(request: Request.DriverRequest, status: number, roomWritten: number): void {
    const full = roomWritten === byteLength(request.room);
    request.statusByte[0] = status;
    this.#pump.finish(request, full ? roomWritten + 1 : roomWritten);
  }

  #writeThroughDisk(): Request.Disk {
    return { ...this.#disk, writeThrough: ((this.#port?.features ?? 0n) & FEATURE.flush) === 0n };
  }
}
