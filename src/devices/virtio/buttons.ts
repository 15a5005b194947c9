/** Virtio input device with the buttons of a machine: guests act on them as on those of a real one. Source: VIRTIO 1.3 §5.8. */
import type { MmioDevice } from '../bus.ts';
import { byteLength, littleEndian, scatter } from '../dma.ts';
import { expectVersion } from '../lifecycle.ts';
import { registers } from '../registers.ts';
import type { Chain } from './chain.ts';
import type { VirtioDevice, VirtioPort } from './device.ts';
import type { Virtqueue } from './queue.ts';

/** Keys by what they ask of a guest. Source: Linux, input-event-codes.h: KEY_POWER, KEY_RESTART. */
export const BUTTONS = { power: 116, restart: 408 } as const;
export type Button = keyof typeof BUTTONS;

export interface VirtioButtonsStateV1 {
  readonly version: 1;
  /** What the driver asks about. */
  readonly select: number;
  readonly subselect: number;
}

const QUEUE = { event: 0, status: 1 } as const;
/** Source: Linux, input-event-codes.h and input.h. */
const EVENT = { synchronize: 0, key: 1 } as const;
const VIRTUAL_BUS = 6;
const EVENT_BYTES = 8;

const CONFIG_BYTES = 136;
const ANSWER_BYTES = 128;
/** Source: §5.8.2. */
const SELECT = { name: 0x01, ids: 0x03, eventBits: 0x11 } as const;
const NAME = 'Power Button';
const VENDOR = 0x1af4;

/** What there is to know of the device, by select and subselect; all else has no bytes. */
const ANSWERS: ReadonlyMap<string, readonly number[]> = new Map([
  [`${SELECT.name} 0`, Array.from(NAME, (character) => character.charCodeAt(0))],
  [`${SELECT.ids} 0`, [VIRTUAL_BUS, VENDOR, 0, 1].flatMap((id) => [...littleEndian(BigInt(id), 2)])],
  [`${SELECT.eventBits} ${EVENT.key}`, bitsOf(Object.values(BUTTONS))],
]);

export class VirtioButtons implements VirtioDevice<VirtioButtonsStateV1> {
  // biome-ignore format: a table reads in columns
  static readonly registers = registers<VirtioButtons>(CONFIG_BYTES, {
    select:    { at: 0, width: 1, read: (device) => device.#select, write: (device, value) => void (device.#select = value) },
    subselect: { at: 1, width: 1, read: (device) => device.#subselect, write: (device, value) => void (device.#subselect = value) },
    size:      { at: 2, width: 1, read: (device) => device.#answer.length },
    answer:    { at: 8, width: 1, count: ANSWER_BYTES, read: (device, index) => device.#answer[index] ?? 0 },
  });

  readonly name = 'buttons';
  readonly type = 18;
  readonly classCode = 0x09_80_00;
  readonly features = 0n;
  readonly queueSizes = [64, 64] as const;
  readonly maxChainBytes = 4096;
  readonly config: MmioDevice = VirtioButtons.registers.window(this);
  readonly configBytes = CONFIG_BYTES;
  #port: VirtioPort | undefined;
  #select = 0;
  #subselect = 0;

  attach(port: VirtioPort): void {
    this.#port = port;
  }

  /** Whether a driver is there. */
  get isDriven(): boolean {
    return this.#port?.queue(QUEUE.event).enabled === true;
  }

  /**
   * Presses a button and lets go of it; the driver sees all of that or nothing.
   * @returns whether there is a driver that takes it
   */
  press(button: Button): boolean {
    const queue = this.#port?.queue(QUEUE.event);
    if (queue === undefined || !this.isDriven) return false;
    queue.kick();
    const events = strokeOf(BUTTONS[button]);
    const chains = this.#take(queue, events.length);
    if (chains === undefined) return false;
    queue.pushAll(
      chains,
      chains.map(({ writable }, i) => scatter(writable, events[i] as Uint8Array)),
    );
    queue.signal();
    return true;
  }

  /** Event buffers stay where they are until there is an event; there are no lamps to be switched. */
  notify(index: number): void {
    if (index !== QUEUE.status) return;
    const queue = this.#port?.queue(index);
    for (let chain = queue?.pop(); chain !== undefined; chain = queue?.pop()) queue?.push(chain, 0);
    queue?.signal();
  }

  reset(): void {
    this.#select = 0;
    this.#subselect = 0;
  }

  save(): VirtioButtonsStateV1 {
    return { version: 1, select: this.#select, subselect: this.#subselect };
  }

  restore(state: VirtioButtonsStateV1): void {
    expectVersion(this.name, state, 1);
    this.#select = state.select;
    this.#subselect = state.subselect;
  }

  /** So many buffers for events; none when there are fewer. */
  #take(queue: Virtqueue, count: number): Chain[] | undefined {
    const chains: Chain[] = [];
    while (chains.length < count) {
      const chain = queue.pop();
      if (chain === undefined) break;
      chains.push(chain);
    }
    const tooSmall = chains.some(({ writable }) => byteLength(writable) < EVENT_BYTES);
    if (tooSmall) this.#port?.fail(`queue ${QUEUE.event}: a buffer has less than ${EVENT_BYTES} bytes`);
    if (!tooSmall && chains.length === count) return chains;
    queue.putBack(chains);
    return undefined;
  }

  get #answer(): readonly number[] {
    return ANSWERS.get(`${this.#select} ${this.#subselect}`) ?? [];
  }
}

/** Down and up again, each of which a driver shows to programs when it is told that it is whole. */
function strokeOf(code: number): Uint8Array[] {
  const whole = event(EVENT.synchronize, 0, 0);
  return [event(EVENT.key, code, 1), whole, event(EVENT.key, code, 0), whole];
}

/** Source: §5.8.6, struct virtio_input_event. */
function event(type: number, code: number, value: number): Uint8Array {
  const bytes = new Uint8Array(EVENT_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, type, true);
  view.setUint16(2, code, true);
  view.setUint32(4, value, true);
  return bytes;
}

/** A bitmap with these bits set. */
function bitsOf(bits: readonly number[]): number[] {
  const bytes = Array.from({ length: (Math.max(...bits) >>> 3) + 1 }, () => 0);
  for (const bit of bits) bytes[bit >>> 3] = (bytes[bit >>> 3] ?? 0) | (1 << (bit & 7));
  return bytes;
}
