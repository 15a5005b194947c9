/** Virtio SCSI host: a controller with a unit on each target. Source: VIRTIO 1.3 §5.6. */
import type { MmioDevice } from '../bus.ts';
import { byteLength, scatter } from '../dma.ts';
import { expectVersion } from '../lifecycle.ts';
import { registers } from '../registers.ts';
import type { ScsiOutcome } from '../scsi/command.ts';
import { type SenseName, senseBytes } from '../scsi/sense.ts';
import { ScsiUnit, type ScsiUnitKind, type ScsiUnitStateV1 } from '../scsi/unit.ts';
import type { BlockBackend, BlockRequest, BlockStatus } from './block-backend.ts';
import type { Chain } from './chain.ts';
import type { VirtioDevice, VirtioPort } from './device.ts';
import type { Virtqueue } from './queue.ts';
import { RequestPump, type Taken } from './request-pump.ts';
import { EVENT_BYTES, EVENT_FEATURE, ScsiEvents } from './scsi-events.ts';
import {
  parseControl,
  parseRequest,
  placeOf,
  RESPONSE,
  SCSI_STATUS,
  type ScsiAnswer,
  type ScsiRequest,
  writeAnswer,
} from './scsi-request.ts';

export interface VirtioScsiStateV1 {
  readonly version: 1;
  readonly senseBytes: number;
  readonly cdbBytes: number;
  /** By their targets. */
  readonly units: Readonly<Record<number, ScsiUnitStateV1>>;
  /** The driver did not hear of an event yet; absent: it did. */
  readonly hasMissed?: boolean;
}

/** A unit and the target that it is. */
export interface ScsiPlace {
  readonly target: number;
  readonly kind: ScsiUnitKind;
  readonly backend: BlockBackend;
}

/** Where on the SCSI buses of a machine a disk is. */
export interface ScsiSlot {
  readonly controller: number;
  readonly target: number;
  readonly kind: ScsiUnitKind;
}

const QUEUE = { control: 0, event: 1, request: 2 } as const;
const QUEUE_SIZES = { control: 64, event: 64, request: 512 } as const;
const CONFIG_BYTES = 36;
const MAX_CHAIN_BYTES = 2 ** 30;
const MAX_TARGET = 255;
// biome-ignore format: a table reads in columns
const DEFAULT = { senseBytes: 96, cdbBytes: 32 } as const;
/** What drivers may make of them. */
const MOST = { senseBytes: 252, cdbBytes: 260 } as const;

export class VirtioScsi implements VirtioDevice<VirtioScsiStateV1> {
  // biome-ignore format: a table reads in columns
  static readonly registers = registers<VirtioScsi>(CONFIG_BYTES, {
    numQueues:     { at: 0,  width: 4, read: (device) => device.queueSizes.length - QUEUE.request },
    segMax:        { at: 4,  width: 4, read: () => QUEUE_SIZES.request - 4 },
    maxSectors:    { at: 8,  width: 4, read: () => 0xffff },
    commandsEach:  { at: 12, width: 4, read: () => 128 },
    eventSize:     { at: 16, width: 4, read: () => EVENT_BYTES },
    senseSize:     { at: 20, width: 4, read: (device) => device.#sizes.senseBytes, write: (device, value) => void (device.#sizes.senseBytes = Math.min(value, MOST.senseBytes)) },
    cdbSize:       { at: 24, width: 4, read: (device) => device.#sizes.cdbBytes,   write: (device, value) => void (device.#sizes.cdbBytes = Math.min(value, MOST.cdbBytes)) },
    maxChannel:    { at: 28, width: 2, read: () => 0 },
    maxTarget:     { at: 30, width: 2, read: () => MAX_TARGET },
    maxLun:        { at: 32, width: 4, read: () => 0x3fff },
  });

  readonly name = 'SCSI host';
  readonly type = 8;
  readonly classCode = 0x01_00_00;
  readonly features = EVENT_FEATURE.hotplug | EVENT_FEATURE.change;
  readonly queueSizes: readonly number[];
  readonly maxChainBytes = MAX_CHAIN_BYTES;
  readonly config: MmioDevice = VirtioScsi.registers.window(this);
  readonly configBytes = CONFIG_BYTES;
  readonly #units = new Map<number, ScsiUnit>();
  readonly #sizes: { senseBytes: number; cdbBytes: number } = { ...DEFAULT };
  #port: VirtioPort | undefined;
  readonly #pump = new RequestPump<ScsiRequest>((ring, queue) => this.#take(ring, queue));
  readonly #events = new ScsiEvents(QUEUE.event);

  constructor(places: readonly ScsiPlace[], { queues = 1 }: { readonly queues?: number } = {}) {
    this.queueSizes = [
      QUEUE_SIZES.control,
      QUEUE_SIZES.event,
      ...Array.from({ length: queues }, () => QUEUE_SIZES.request),
    ];
    for (const place of places) this.#put(place);
  }

  /** Puts a unit where none was; the driver is told. @throws RangeError when there is one, or no such target */
  plug(place: ScsiPlace): void {
    this.#put(place);
    if (this.#events.tell('rescan', place.target)) return;
    // To who hears of no target all others say that there are others than before.
    for (const [target, unit] of this.#units) if (target !== place.target) unit.othersChanged();
  }

  /** Takes a unit out; what was asked of it has failed. Preconditions: its store touches no buffer any more. */
  unplug(target: number): void {
    const unit = this.#units.get(target);
    if (unit === undefined) return;
    this.#units.delete(target);
    for (const request of this.#pump.underWay)
      if (placeOf(request.lun)?.target === target) this.#finish(request, { response: RESPONSE.badTarget }, 0);
    if (!this.#events.tell('removed', target))
      for (const other of this.#units.values()) other.othersChanged();
    // Others may have waited for what it could not do.
    this.#pump.goOn();
  }

  #put({ target, kind, backend }: ScsiPlace): void {
    if (this.#units.has(target) || !(target >= 0 && target <= MAX_TARGET))
      throw new RangeError(`Cannot put a unit at target ${target} of ${this.name}: it is not free`);
    const unit = new ScsiUnit(kind, backend);
    const isHere = () => this.#units.get(target) === unit;
    this.#units.set(target, unit);
    backend.onResize?.(() => {
      if (!isHere()) return;
      unit.resized();
      this.#events.tell('changed', target);
    });
    backend.onMedium?.((isThere) => (isThere ? unit.insert() : unit.eject()));
    backend.onReady?.(() => this.#pump.goOn());
    if (backend.gate) backend.gate.ready = () => this.#pump.pumpWaiting();
  }

  /** The unit of a target. */
  unit(target: number): ScsiUnit | undefined {
    return this.#units.get(target);
  }

  attach(port: VirtioPort): void {
    this.#port = port;
    this.#pump.attach(port);
    this.#events.attach(port);
  }

  notify(queue: number): void {
    if (queue === QUEUE.control) this.#control();
    else if (queue === QUEUE.event) this.#events.notify();
    else if (queue >= QUEUE.request) this.#pump.pump(queue);
  }

  reset(): void {
    this.#pump.forget();
    this.#events.reset();
    Object.assign(this.#sizes, DEFAULT);
    for (const unit of this.#units.values()) unit.reset();
  }

  save(): VirtioScsiStateV1 {
    const units = [...this.#units].map(([target, unit]) => [target, unit.save()] as const);
    const { hasMissed } = this.#events;
    return {
      version: 1,
      ...this.#sizes,
      units: Object.fromEntries(units),
      ...(hasMissed && { hasMissed }),
    };
  }

  /** @throws RangeError when there are other units. */
  restore(state: VirtioScsiStateV1): void {
    expectVersion(this.name, state, 1);
    this.#pump.forget();
    for (const [target, unit] of this.#units) {
      const saved = state.units[target];
      if (saved?.blocks !== unit.blocks)
        throw new RangeError(
          `Cannot restore unit ${target} of ${this.name}: ${saved?.blocks} blocks, not ${unit.blocks}`,
        );
      unit.restore(saved);
    }
    Object.assign(this.#sizes, { senseBytes: state.senseBytes, cdbBytes: state.cdbBytes });
    this.#events.hasMissed = state.hasMissed === true;
  }

  // Requests

  #take(ring: Virtqueue, queue: number): Taken {
    const chain = ring.pop();
    if (chain === undefined) return 'none';
    if (this.#start(chain, queue)) return 'one';
    // Its disk has no turn now: it is the next one again.
    ring.putBack([chain]);
    return 'later';
  }

  /** False: it has to wait. */
  #start(chain: Chain, queue: number): boolean {
    const request = parseRequest(chain, queue, this.#sizes);
    if ('fault' in request) {
      this.#pump.fail(chain, queue, request.fault);
      return true;
    }
    const place = placeOf(request.lun);
    const unit = place && this.#units.get(place.target);
    const gate = unit?.backend.gate;
    if (gate?.mayTake() === false) return false;
    gate?.took(request.bytes);
    this.#pump.begin(request);
    if (unit === undefined) this.#finish(request, { response: RESPONSE.badTarget }, 0);
    else if (place?.lun !== 0) this.#refuse(request, 'noUnit');
    else this.#carryOut(request, unit);
    return true;
  }

  #carryOut(request: ScsiRequest, unit: ScsiUnit): void {
    const { cdb, sent, room } = request;
    const outcome: ScsiOutcome = unit.take({
      cdb,
      sent,
      sentBytes: byteLength(sent),
      room,
      roomBytes: byteLength(room),
    });
    if ('sense' in outcome) this.#refuse(request, outcome.sense);
    else if ('data' in outcome) {
      const written = scatter(room, outcome.data);
      this.#finish(request, { response: RESPONSE.ok, residual: byteLength(room) - written }, written);
    } else this.#run(request, unit, outcome.steps, 0, outcome.bytes ?? 0);
  }

  #run(
    request: ScsiRequest,
    unit: ScsiUnit,
    steps: readonly BlockRequest[],
    next: number,
    bytes: number,
  ): void {
    const step = steps[next];
    const isRead = steps[0]?.kind === 'read';
    if (step === undefined) {
      const total = byteLength(isRead ? request.room : request.sent);
      this.#finish(
        request,
        { response: RESPONSE.ok, residual: bytes === 0 ? 0 : total - bytes },
        isRead ? bytes : 0,
      );
      return;
    }
    unit.backend.submit(step, (status: BlockStatus) => {
      if (!this.#pump.isUnderWay(request)) return;
      if (status === 'ok') this.#run(request, unit, steps, next + 1, bytes);
      else if (status === 'later') this.#pump.putBack(request);
      else this.#refuse(request, isRead ? 'readError' : 'writeError');
    });
  }

  #refuse(request: ScsiRequest, name: SenseName): void {
    const residual = byteLength(request.room) + byteLength(request.sent);
    const answer = {
      response: RESPONSE.ok,
      status: SCSI_STATUS.checkCondition,
      sense: senseBytes(name),
      residual,
    };
    this.#finish(request, answer, 0);
  }

  #finish(request: ScsiRequest, answer: ScsiAnswer, written: number): void {
    writeAnswer(request, answer);
    this.#pump.finish(request, byteLength(request.answer) + written);
  }

  // Control

  #control(): void {
    const ring = this.#port?.queue(QUEUE.control);
    for (let chain = ring?.pop(); chain !== undefined; chain = ring?.pop()) {
      const control = parseControl(chain);
      if ('fault' in control) {
        this.#port?.fail(control.fault);
        ring?.push(chain, 0);
        return;
      }
      ring?.push(chain, control.kind === 'events' ? answerEvents(chain) : this.#manage(chain, control));
    }
    ring?.signal();
  }

  /** Requests are never held back by us, so there is none to abort: each ends when its store has done it. */
  #manage(
    chain: Chain,
    { lun, isReset, isKnown }: { lun: Uint8Array; isReset: boolean; isKnown: boolean },
  ): number {
    const place = placeOf(lun);
    const unit = place && this.#units.get(place.target);
    if (unit && isReset) unit.reset();
    const response = !isKnown
      ? RESPONSE.rejected
      : unit === undefined
        ? RESPONSE.badTarget
        : place?.lun === 0
          ? RESPONSE.ok
          : RESPONSE.wrongLun;
    return scatter(chain.writable, Uint8Array.of(response));
  }
}

/** No asynchronous event is on offer. */
function answerEvents(chain: Chain): number {
  return scatter(chain.writable, Uint8Array.of(0, 0, 0, 0, RESPONSE.ok));
}
