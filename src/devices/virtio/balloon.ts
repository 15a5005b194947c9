/**
 * Virtio memory balloon: the guest gives pages up when it is asked, says which pages are free, and tells how it uses its
 * memory. Source: VIRTIO 1.3 §5.5.
 */
import type { MmioDevice } from '../bus.ts';
import { expectVersion } from '../lifecycle.ts';
import { registers } from '../registers.ts';
import { type BalloonStatistics, numbersIn, readStatistics } from './balloon-data.ts';
import type { Chain, MemoryRange } from './chain.ts';
import type { VirtioDevice, VirtioPort } from './device.ts';
import type { Virtqueue } from './queue.ts';

export interface BalloonHost {
  /** The guest does not use these pages any more, whatever they hold. Numbers are those of 4 KiB pages; any number may come. */
  inflate(pages: readonly number[]): void;
  /** The guest wants to use them again. */
  deflate(pages: readonly number[]): void;
  /** Free in the guest now: they need not be kept, and read as zeros when they are used again. All in RAM or not. */
  reported(ranges: readonly MemoryRange[]): void;
  /** Free in the guest when hints were asked for; a page that was written since is not. */
  hinted?(ranges: readonly MemoryRange[]): void;
  /** An answer to `askStatistics`. */
  statistics?(statistics: BalloonStatistics): void;
}

export interface VirtioBalloonStateV1 {
  readonly version: 1;
  readonly target: number;
  readonly actual: number;
  readonly poison: number;
  readonly hintCommand: number;
}

const FEATURE = {
  statistics: 1n << 1n,
  deflateOnOom: 1n << 2n,
  hints: 1n << 3n,
  poison: 1n << 4n,
  reporting: 1n << 5n,
} as const;
type Role = 'inflate' | 'deflate' | 'statistics' | 'hints' | 'reporting';

/** Queues in their order; one whose feature was not accepted is not there, and those behind it move up. */
const QUEUES: readonly (readonly [Role, bigint])[] = [
  ['inflate', 0n],
  ['deflate', 0n],
  ['statistics', FEATURE.statistics],
  ['hints', FEATURE.hints],
  ['reporting', FEATURE.reporting],
];
const CONFIG_BYTES = 16;
/** Values of the hint command; those above name a round of hints. Source: §5.5.6.7. */
const HINT = { stop: 0, done: 1, first: 2 } as const;

export class VirtioBalloon implements VirtioDevice<VirtioBalloonStateV1> {
  // biome-ignore format: a table reads in columns
  static readonly registers = registers<VirtioBalloon>(CONFIG_BYTES, {
    numPages:          { at: 0,  width: 4, read: (device) => device.#target },
    actual:            { at: 4,  width: 4, read: (device) => device.#actual, write: (device, value) => void (device.#actual = value) },
    freePageHintCmdId: { at: 8,  width: 4, read: (device) => device.#hintCommand },
    poisonVal:         { at: 12, width: 4, read: (device) => device.#poison, write: (device, value) => void (device.#poison = value) },
  });

  readonly name = 'balloon';
  readonly type = 5;
  readonly classCode = 0xff_00_00;
  readonly features =
    FEATURE.statistics | FEATURE.deflateOnOom | FEATURE.hints | FEATURE.poison | FEATURE.reporting;
  readonly queueSizes = [128, 128, 64, 128, 32] as const;
  readonly maxChainBytes = 2 ** 20;
  readonly config: MmioDevice = VirtioBalloon.registers.window(this);
  readonly configBytes = CONFIG_BYTES;
  readonly #host: BalloonHost;
  #port: VirtioPort | undefined;
  #target = 0;
  #actual = 0;
  #poison = 0;
  #hintCommand: number = HINT.stop;
  /** What the driver works through now; hints of other rounds are not for us. */
  #hintRound: number = HINT.stop;
  /** The driver's buffer for statistics: with us until we ask. */
  #buffer: Chain | undefined;

  constructor(host: BalloonHost) {
    this.#host = host;
  }

  attach(port: VirtioPort): void {
    this.#port = port;
  }

  /** Whether a driver is there that follows `setTarget`. */
  get isDriven(): boolean {
    return this.#port?.queue(0).enabled === true;
  }

  /** Pages that the balloon should have. */
  get target(): number {
    return this.#target;
  }

  /** Pages that the driver says it has. */
  get actual(): number {
    return this.#actual;
  }

  /** Asks the driver for a balloon of so many pages. */
  setTarget(pages: number): void {
    if (pages === this.#target) return;
    this.#target = pages;
    this.#port?.configChanged();
  }

  /** Asks for statistics; the host hears them when the driver answers. False when it has not answered the last time yet. */
  askStatistics(): boolean {
    const queue = this.#queueOf('statistics');
    if (queue === undefined || this.#buffer === undefined) return false;
    const buffer = this.#buffer;
    this.#buffer = undefined;
    queue.push(buffer, 0);
    queue.signal();
    return true;
  }

  /** Asks which pages are free; the host hears of them until `endHints`. False when the driver gives none. */
  beginHints(): boolean {
    if (this.#queueOf('hints') === undefined) return false;
    this.#setHintCommand(Math.max(HINT.first, (this.#hintRound + 1) >>> 0));
    return true;
  }

  /** The driver may use the pages again that it hinted. */
  endHints(): void {
    this.#setHintCommand(HINT.done);
  }

  /** Buffers that say where free pages are, and are not looked into. */
  isRangeQueue(queue: number): boolean {
    const role = this.#roles()[queue];
    return role === 'hints' || role === 'reporting';
  }

  notify(index: number): void {
    const role = this.#roles()[index];
    const queue = this.#port?.queue(index);
    if (role === undefined || queue === undefined) return;
    for (let chain = queue.pop(); chain !== undefined; chain = queue.pop()) {
      if (this.#take(role, chain)) queue.push(chain, 0);
    }
    queue.signal();
  }

  /** The buffer for statistics is with us for as long as nobody asks: a reset does not wait for that. */
  letGo(): void {
    const buffer = this.#buffer;
    this.#buffer = undefined;
    if (buffer !== undefined) this.#queueOf('statistics')?.push(buffer, 0);
  }

  /** The target stays: it is the host's. */
  reset(): void {
    this.#actual = 0;
    this.#poison = 0;
    this.#hintCommand = HINT.stop;
    this.#hintRound = HINT.stop;
    this.#buffer = undefined;
  }

  save(): VirtioBalloonStateV1 {
    return {
      version: 1,
      target: this.#target,
      actual: this.#actual,
      poison: this.#poison,
      hintCommand: this.#hintCommand,
    };
  }

  /** The buffer for statistics comes back by its queue: it was under way. */
  restore(state: VirtioBalloonStateV1): void {
    expectVersion(this.name, state, 1);
    this.#target = state.target;
    this.#actual = state.actual;
    this.#poison = state.poison;
    this.#hintCommand = state.hintCommand;
    this.#buffer = undefined;
  }

  /** Does what a chain asks for; whether it goes back at once. */
  #take(role: Role, chain: Chain): boolean {
    if (role === 'statistics') return this.#keepStatistics(chain);
    if (role === 'inflate') this.#host.inflate(numbersIn(chain.readable));
    if (role === 'deflate') this.#host.deflate(numbersIn(chain.readable));
    if (role === 'hints') this.#takeHint(chain);
    // A guest that fills its free pages with something wants to find it there.
    if (role === 'reporting' && this.#poison === 0) this.#host.reported(chain.ranges);
    return true;
  }

  #keepStatistics(chain: Chain): boolean {
    this.#host.statistics?.(readStatistics(chain.readable));
    if (this.#buffer !== undefined) return true;
    this.#buffer = chain;
    return false;
  }

  /** A number begins or ends a round; everything else are pages of the round. */
  #takeHint(chain: Chain): void {
    const [command] = numbersIn(chain.readable);
    if (command !== undefined) this.#hintRound = command;
    const isWanted = this.#hintRound === this.#hintCommand && this.#hintCommand >= HINT.first;
    if (isWanted && chain.ranges.length > 0) this.#host.hinted?.(chain.ranges);
  }

  #setHintCommand(command: number): void {
    this.#hintCommand = command;
    this.#port?.configChanged();
  }

  #roles(): Role[] {
    const accepted = this.#port?.features ?? 0n;
    return QUEUES.filter(([, feature]) => (accepted & feature) === feature).map(([role]) => role);
  }

  #queueOf(role: Role): Virtqueue | undefined {
    const index = this.#roles().indexOf(role);
    return index < 0 ? undefined : this.#port?.queue(index);
  }
}
