/**
 * The switch's side of the ports of NICs, on the main thread: takes what guests send in turns of so many bytes, and
 * puts what is for them. Who sends more than the switch takes waits at its own ring, and holds nobody else up.
 */
import { finished } from '../finish.ts';
import type { Frame } from '../frame.ts';
import type { LinkAbilities, LinkEnd } from '../port.ts';
import { type Arena, FROM_SWITCH, LaneCounter, LaneWord, MAX_LANES } from './arena.ts';
import { type LaneHost, putReceived } from './guest-lane.ts';

/** A port's turn, in bytes of frames, and in time: a frame for all costs as much as there are who hear it. */
const QUANTUM_BYTES = 2 ** 17;
const QUANTUM_MS = 0.5;

/** What a NIC's end of its link is told from the switch's side. */
interface Lane {
  readonly port: number;
  readonly home: number;
  handler: ((frame: Frame) => void) | undefined;
  abilities: LinkAbilities | undefined;
  /** When the port may send again; 0: now. */
  heldUntilMs: number;
  /** How long the port has to wait before this frame. */
  gate: ((bytes: number) => number) | undefined;
  droppedFrames: number;
  /** Time that the switch has worked for what came from here. */
  switchMs: number;
  reception: ((mac: number, wantsAll: boolean) => void) | undefined;
}

/** A port in use: the link's end of the switch, and what can be said of it. */
export interface LanePort extends LinkEnd {
  readonly port: number;
  /** Asks before each frame how many milliseconds it has to wait. */
  setGate(gate: ((bytes: number) => number) | undefined): void;
  /** What can go straight from and to this port: its domain (0: nothing), the guest's address, the longest packet. */
  setExpress(domain: number, mac: number, mtuBytes: number): void;
  /** Hears how the guest's NIC listens. */
  onReception(handler: (mac: number, wantsAll: boolean) => void): void;
  counters(): Readonly<Record<keyof typeof LaneCounter | 'droppedFrames' | 'switchMs', number>>;
  close(): void;
}

export class SwitchLanes {
  readonly arena: Arena;
  readonly #host: LaneHost;
  readonly #nowMs: () => number;
  readonly #lanes = new Map<number, Lane>();
  #next = 0;

  /** @param host - `pcpu` is a number that no pCPU has. */
  constructor(arena: Arena, host: LaneHost, nowMs: () => number) {
    this.arena = arena;
    this.#host = host;
    this.#nowMs = nowMs;
  }

  /** A port for a NIC whose home is that pCPU; undefined when all are taken. */
  open(home: number): LanePort | undefined {
    let port = 0;
    while (this.#lanes.has(port)) port++;
    if (port >= MAX_LANES) return undefined;
    const lane: Lane = {
      ...{ port, home, heldUntilMs: 0, droppedFrames: 0, switchMs: 0 },
      ...{ handler: undefined, abilities: undefined, gate: undefined, reception: undefined },
    };
    this.arena.clear(port);
    this.arena.setWord(port, LaneWord.home, home);
    this.arena.setWord(port, LaneWord.isPresent, 1);
    this.#lanes.set(port, lane);
    return this.#portOf(lane);
  }

  /** A pCPU is dead: locks that it held are free. */
  breakLocks(pcpu: number): void {
    for (const port of this.#lanes.keys()) this.arena.receiveRing(port).breakLock(pcpu + 1);
  }

  /**
   * Takes a turn of each port that has sent something. Says whether there is more, and when (milliseconds) ports that
   * were held may go on.
   */
  poll(nowMs: number): { readonly isMore: boolean; readonly nextMs: number } {
    let isMore = false;
    let nextMs = Number.POSITIVE_INFINITY;
    const lanes = [...this.#lanes.values()];
    this.#next = (this.#next + 1) % Math.max(1, lanes.length);
    for (let i = 0; i < lanes.length; i++) {
      const lane = lanes[(this.#next + i) % lanes.length] as Lane;
      this.#hearReception(lane);
      if (lane.heldUntilMs > nowMs) nextMs = Math.min(nextMs, lane.heldUntilMs);
      else if (this.#turn(lane, nowMs)) isMore = true;
      if (lane.heldUntilMs > nowMs) nextMs = Math.min(nextMs, lane.heldUntilMs);
    }
    return { isMore, nextMs };
  }

  #hearReception({ port, reception }: Lane): void {
    const { arena } = this;
    if (reception === undefined || arena.word(port, LaneWord.isListeningNews) === 0) return;
    arena.setWord(port, LaneWord.isListeningNews, 0);
    const low = arena.word(port, LaneWord.listenLow) >>> 0;
    const mac = arena.word(port, LaneWord.listenHigh) * 2 ** 32 + low;
    reception(mac, arena.word(port, LaneWord.listensToAll) !== 0);
  }

  /** Whether the port has more. */
  #turn(lane: Lane, nowMs: number): boolean {
    const ring = this.arena.sendRing(lane.port);
    // The clock is not asked for ports that sent nothing. Who sends from here on has rung since the bell was read.
    if (ring.isEmpty) return false;
    let left = QUANTUM_BYTES;
    let hasTaken = false;
    const beganMs = this.#nowMs();
    let passedMs = 0;
    while (left > 0 && passedMs < QUANTUM_MS) {
      const frame = ring.peek();
      if (frame === undefined) break;
      const waitMs = lane.gate?.(frame.bytes.length) ?? 0;
      if (waitMs > 0) {
        lane.heldUntilMs = nowMs + waitMs;
        left = -1;
        break;
      }
      this.#pass(lane, frame);
      left -= frame.bytes.length;
      ring.drop();
      hasTaken = true;
      passedMs = this.#nowMs() - beganMs;
      if (!this.#lanes.has(lane.port)) return false;
    }
    lane.switchMs += passedMs;
    if (hasTaken) this.#tellRoom(lane);
    return left === -1 ? false : !ring.isEmpty;
  }

  #pass({ handler, abilities }: Lane, frame: Frame): void {
    if (handler === undefined) return;
    if (abilities === undefined || (abilities.gso && abilities.checksum)) handler(frame);
    else finished(frame, abilities, handler);
  }

  /** A guest that waits for room is told. */
  #tellRoom({ port, home }: Lane): void {
    if (this.arena.word(port, LaneWord.starved) !== 1) return;
    this.arena.setWord(port, LaneWord.starved, 2);
    this.arena.tellHome(home);
    this.#host.ring(home);
  }

  #portOf(lane: Lane): LanePort {
    const { arena } = this;
    const { port } = lane;
    return {
      port,
      send: (frame) => this.#deliver(lane, frame),
      onReceive: (handler, abilities) => {
        lane.handler = handler;
        lane.abilities = abilities;
        arena.tellSwitch();
      },
      setGate: (gate) => {
        lane.gate = gate;
        lane.heldUntilMs = 0;
        arena.tellSwitch();
      },
      setExpress: (domain, mac, mtuBytes) => {
        arena.setWord(port, LaneWord.domain, 0);
        arena.setWord(port, LaneWord.macHigh, Math.floor(mac / 2 ** 32));
        arena.setWord(port, LaneWord.macLow, mac | 0);
        arena.setWord(port, LaneWord.mtu, mtuBytes);
        arena.setWord(port, LaneWord.domain, domain);
      },
      onReception: (handler) => {
        lane.reception = handler;
        arena.tellSwitch();
      },
      counters: () => {
        const entries = Object.entries(LaneCounter).map(([name, at]) => [name, arena.counter(port, at)]);
        const shared = Object.fromEntries(entries) as Record<keyof typeof LaneCounter, number>;
        return { ...shared, droppedFrames: lane.droppedFrames, switchMs: lane.switchMs };
      },
      close: () => {
        arena.setWord(port, LaneWord.isPresent, 0);
        arena.setWord(port, LaneWord.domain, 0);
        this.#lanes.delete(port);
      },
    };
  }

  #deliver(lane: Lane, frame: Frame): boolean {
    const { bytes, checksum, gso, isChecksumGood } = frame;
    const note = {
      length: bytes.length,
      ...(checksum && { checksum }),
      ...(gso && { gso }),
      ...(isChecksumGood && { isChecksumGood }),
    };
    const put = putReceived(this.arena, lane.port, [bytes], note, FROM_SWITCH, this.#host);
    if (put !== 'put') lane.droppedFrames++;
    return put === 'put';
  }
}
