/**
 * The pCPU's side of its compile worker: requests go through a ring in shared memory, modules come back by message.
 *
 * Posting a message costs the sender some hundred microseconds when the other thread sleeps; a ring costs a store
 * and a wake-up. The worker blocks on the ring and never sees an event loop.
 */
import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import type {
  CompiledRegions,
  KeptNews,
  RegionCompiler,
  RegionRequest,
  SharedRegions,
  TranslationSettings,
} from '#riscv';
import type { KeptRegions } from '#riscv/kept';

/** What a compile worker is to do beside compiling. */
export interface CompilerPlan {
  /** Each module is proved to be safe before it is compiled. */
  readonly isChecked: boolean;
  /** It and V8's threads are there for one pCPU's sake, and give way to it; see give-way. */
  readonly givesWay?: boolean;
  /** Where code is kept between starts, and for which kind of engine; absent: none is. */
  readonly kept?: KeptPlan | undefined;
  /** Its modules are for other pCPUs too: it posts them to its owner, as SharedRegions. */
  readonly isSharing?: boolean;
}

/** Given to the compile worker at its start; the engine's TranslationSettings are the first message through the port. */
export interface CompileStart extends CompilerPlan {
  readonly port: MessagePort;
  readonly ring: SharedArrayBuffer;
  readonly memory: SharedArrayBuffer;
  /** Something to do while there is nothing to compile; see packed-worker. */
  readonly atRest?: () => void;
  /** See engineKey; where a pack has it. */
  readonly engineSources?: string;
}

/** What the pCPU has of its compile worker; may be posted, the port is transferred then. */
export interface CompilerSeat {
  readonly port: MessagePort;
  readonly ring: SharedArrayBuffer;
  readonly hasKept: boolean;
  /** Where what other pCPUs have had compiled comes from. */
  readonly others?: MessagePort | undefined;
}

export interface KeptPlan {
  readonly folder: string;
  /** See MachineTraits. */
  readonly isShared: boolean;
}

/** A module with the time that it took, or why there is none: then no translated code may be trusted. */
export type FromCompiler =
  | (CompiledRegions & { readonly ms: number })
  | (KeptRegions & { readonly ms: number })
  | KeptNews
  | { readonly unusable: string };

const CAPACITY = 1 << 12;
/** In place of a request's id, which count up from 1. */
const MET = 0;
const REST = -1;
/** 32-bit words of a request: id, machine page, offset, page's virtual address low and high, mode, neighbours, contents. */
const REQUEST_WORDS = 11;
/**
 * Words in front of the requests: how many were written and read, how many modules posted, whether the reader waits, whether it has
 * something to do when a machine has ended; how many modules of others were posted, and taken.
 */
const WRITTEN = 0;
const READ = 1;
const POSTED = 2;
const IS_WAITING = 3;
const HAS_REST = 4;
const OTHERS_POSTED = 5;
const OTHERS_TAKEN = 6;
const HEADER_WORDS = 7;
/** Modules of others that wait for a pCPU at most: one that has nothing to do takes none, and they would never be freed. */
const MAX_OTHERS = 512;
/** So many are taken at once, so that a world that wakes is not held up. */
const OTHERS_AT_ONCE = 8;
/** So long a machine's end waits for that. */
const REST_MS = 2000;
const NONE = { machine: 0, offset: 0, page: 0n, mode: 0, previous: 0, next: 0 } as const;
const NO_CONTENTS = { own: 0, previous: 0, next: 0 } as const;

/** Requests on their way from the pCPU to the compile worker; one writer, one reader. */
export class RequestRing {
  readonly buffer: SharedArrayBuffer;
  readonly #words: Int32Array;
  #read = 0;

  constructor(buffer = new SharedArrayBuffer((HEADER_WORDS + CAPACITY * REQUEST_WORDS) * 4)) {
    this.buffer = buffer;
    this.#words = new Int32Array(buffer);
  }

  /** The writer's. @returns false when the ring is full: the request is not made. */
  write({ id, machine, offset, page, mode, previous, next, contents }: RegionRequest): boolean {
    const written = Atomics.load(this.#words, WRITTEN);
    if (written - Atomics.load(this.#words, READ) >= CAPACITY) return false;
    const high = Number(BigInt.asIntN(32, page >> 32n));
    this.#words.set(
      [
        ...[id, machine, offset, Number(BigInt.asIntN(32, page)), high, mode, previous, next],
        ...[contents.own, contents.previous, contents.next],
      ],
      place(written),
    );
    Atomics.store(this.#words, WRITTEN, written + 1);
    return true;
  }

  /** The writer's: a page was met whose content is kept. */
  writeMet(content: number): void {
    this.write({ ...NONE, id: MET, machine: content, contents: NO_CONTENTS });
  }

  /** The writer's: a machine has ended. Returns when the reader has done what it has to do then. */
  rest(): void {
    if (Atomics.load(this.#words, HAS_REST) === 0) return;
    this.write({ ...NONE, id: REST, contents: NO_CONTENTS });
    this.wake();
    Atomics.wait(this.#words, HAS_REST, 1, REST_MS);
  }

  /** The reader's: whether it has something to do then. */
  set hasRest(value: boolean) {
    Atomics.store(this.#words, HAS_REST, value ? 1 : 0);
    Atomics.notify(this.#words, HAS_REST);
  }

  /** Lets the reader know of what was written. Waking a thread is dear; one that is at work looks by itself. */
  wake(): void {
    if (Atomics.load(this.#words, IS_WAITING) !== 0) Atomics.notify(this.#words, WRITTEN);
  }

  /** The reader's: waits for at least one request, if it may. @returns at most `limit`; see `isMet`. */
  read(limit: number, mayWait = true): RegionRequest[] {
    if (!mayWait && Atomics.load(this.#words, WRITTEN) === this.#read) return [];
    Atomics.store(this.#words, IS_WAITING, 1);
    while (Atomics.load(this.#words, WRITTEN) === this.#read) Atomics.wait(this.#words, WRITTEN, this.#read);
    Atomics.store(this.#words, IS_WAITING, 0);
    const count = Math.min(limit, Atomics.load(this.#words, WRITTEN) - this.#read);
    const requests = Array.from({ length: count }, () => this.#next());
    Atomics.store(this.#words, READ, this.#read);
    return requests;
  }

  /** The pCPU's owner's: a module of another one is on its way. @returns false when too many wait: it is not to be posted */
  noteOther(): boolean {
    const waiting = Atomics.load(this.#words, OTHERS_POSTED) - Atomics.load(this.#words, OTHERS_TAKEN);
    if (waiting >= MAX_OTHERS) return false;
    Atomics.add(this.#words, OTHERS_POSTED, 1);
    return true;
  }

  /** The pCPU's: one of them was taken. */
  takeOther(): void {
    Atomics.add(this.#words, OTHERS_TAKEN, 1);
  }

  /** The pCPU's: how many may be taken now. */
  get others(): number {
    const waiting = Atomics.load(this.#words, OTHERS_POSTED) - Atomics.load(this.#words, OTHERS_TAKEN);
    return Math.min(waiting, OTHERS_AT_ONCE);
  }

  notePosted(): void {
    Atomics.add(this.#words, POSTED, 1);
  }

  get posted(): number {
    return Atomics.load(this.#words, POSTED);
  }

  #next(): RegionRequest {
    const at = place(this.#read++);
    const words = this.#words.subarray(at, at + REQUEST_WORDS);
    const [id = 0, machine = 0, offset = 0, low = 0, high = 0, mode = 0, previous = 0, next = 0] = words;
    const contents = { own: words[8] ?? 0, previous: words[9] ?? 0, next: words[10] ?? 0 };
    const page = BigInt.asUintN(64, (BigInt(high) << 32n) | BigInt(low >>> 0));
    return {
      ...{ id, machine: machine >>> 0, offset, page, mode: mode === 0 ? 0 : 1 },
      ...{ previous: previous >>> 0, next: next >>> 0, contents },
    };
  }
}

/** Whether it is no request, but says that a page was met: `machine` is its content's place. */
export const isMet = ({ id }: RegionRequest): boolean => id === MET;

/** Whether it is no request, but says that a machine has ended. */
export const isRest = ({ id }: RegionRequest): boolean => id === REST;

const place = (index: number): number => HEADER_WORDS + (index % CAPACITY) * REQUEST_WORDS;

export class WorkerCompiler implements RegionCompiler {
  readonly isImmediate = false;
  readonly hasKept: boolean;
  readonly #ring: RequestRing;
  readonly #port: MessagePort;
  readonly #others: MessagePort | undefined;
  #taken = 0;
  /** Requests were made since the worker was told of any. */
  #hasNew = false;

  /** Time of the other thread, and what came of it. */
  compiledMs = 0;
  modules = 0;

  constructor({ port, ring, hasKept, others }: CompilerSeat) {
    this.#port = port;
    this.#others = others;
    others?.unref();
    this.#ring = new RequestRing(ring);
    this.hasKept = hasKept;
    port.unref();
  }

  begin(settings: TranslationSettings): void {
    this.#port.postMessage(settings);
  }

  submit(request: RegionRequest): boolean {
    this.#hasNew = true;
    return this.#ring.write(request);
  }

  met(content: number): void {
    this.#hasNew = true;
    this.#ring.writeMet(content);
  }

  /** A machine has ended: there is time for what the worker may have to do for later starts. */
  rest(): void {
    this.#ring.rest();
  }

  take(): readonly (CompiledRegions | KeptRegions | KeptNews | SharedRegions)[] {
    if (this.#hasNew) this.#ring.wake();
    this.#hasNew = false;
    const done: (CompiledRegions | KeptRegions | KeptNews | SharedRegions)[] = this.#takeOthers();
    while (this.#taken !== this.#ring.posted) {
      const next: { message: FromCompiler } | undefined = receiveMessageOnPort(this.#port);
      if (!next) break;
      this.#taken++;
      if ('unusable' in next.message) throw new Error(next.message.unusable);
      done.push(next.message);
      if (!('module' in next.message)) continue;
      this.compiledMs += next.message.ms;
      this.modules++;
    }
    return done;
  }

  #takeOthers(): SharedRegions[] {
    const done: SharedRegions[] = [];
    for (let left = this.#others ? this.#ring.others : 0; left > 0; left--) {
      const next: { message: SharedRegions } | undefined = receiveMessageOnPort(this.#others as MessagePort);
      if (!next) break;
      this.#ring.takeOther();
      done.push(next.message);
    }
    return done;
  }
}
