/**
 * A NIC's side of its port, at the VM's home: what the guest sends goes straight to the port it is for where the switch
 * has allowed that, else to the switch.
 */
import { readBig16 } from '../checksum.ts';
import { ETHERNET_HEADER_BYTES, type Frame, MAX_FRAME_BYTES } from '../frame.ts';
import { type Arena, LaneCounter, LaneWord } from './arena.ts';
import { type FrameNote, type FrameRing, recordBytes } from './frame-ring.ts';

const VLAN_ETHERTYPE = 0x8100;

/** What the thread gives. */
export interface LaneHost {
  readonly pcpu: number;
  /** Wakes a pCPU. */
  ring(pcpu: number): void;
}

export class GuestLane {
  readonly port: number;
  readonly #arena: Arena;
  readonly #host: LaneHost;
  readonly #send: FrameRing;
  readonly #receive: FrameRing;
  readonly #header = new Uint8Array(ETHERNET_HEADER_BYTES);

  constructor(arena: Arena, port: number, host: LaneHost) {
    this.#arena = arena;
    this.port = port;
    this.#host = host;
    this.#send = arena.sendRing(port);
    this.#receive = arena.receiveRing(port);
  }

  /** Whether a frame of any length can be sent; after a no, `wasStarved` says when that may have changed. */
  hasRoom(): boolean {
    if (this.#send.fits(MAX_FRAME_BYTES)) return true;
    this.#arena.setWord(this.port, LaneWord.starved, 1);
    // What the switch took just before it was told so.
    return this.#send.fits(MAX_FRAME_BYTES);
  }

  /** Whether the switch has made room since `hasRoom` said no. */
  get hasRoomAgain(): boolean {
    return this.#arena.word(this.port, LaneWord.starved) === 2;
  }

  takeRoomAgain(): void {
    this.#arena.setWord(this.port, LaneWord.starved, 0);
  }

  /** Sends a frame in pieces. Preconditions: there is room. */
  send(views: readonly Uint8Array[], note: FrameNote): void {
    const to = this.#expressPort(views, note);
    if (to >= 0 && this.#sendExpress(to, views, note)) return;
    this.#send.put(views, note, this.port);
    this.#arena.tellSwitch();
  }

  /** Whether a frame waits for the guest. */
  get hasFrames(): boolean {
    return !this.#receive.isEmpty;
  }

  /** The home shall look at what is there again. */
  remind(): void {
    this.#arena.tellHome(this.#host.pcpu);
    this.#host.ring(this.#host.pcpu);
  }

  /** The guest listens in another way now. However often that changes, the switch hears of the last time. */
  setReception(mac: number, wantsAll: boolean): void {
    const { port } = this;
    this.#arena.setWord(port, LaneWord.listenHigh, Math.floor(mac / 2 ** 32));
    this.#arena.setWord(port, LaneWord.listenLow, mac | 0);
    this.#arena.setWord(port, LaneWord.listensToAll, wantsAll ? 1 : 0);
    this.#arena.setWord(port, LaneWord.isListeningNews, 1);
    this.#arena.tellSwitch();
  }

  /** The oldest frame for the guest, until `drop`. */
  peek(): (Frame & { readonly from: number }) | undefined {
    return this.#receive.peek();
  }

  /** Takes the frame that was peeked at. */
  drop({ bytes, from }: { readonly bytes: Uint8Array; readonly from: number }): void {
    const arena = this.#arena;
    arena.count(this.port, LaneCounter.receivedFrames);
    arena.count(this.port, LaneCounter.receivedBytes, bytes.length);
    if (((bytes[0] as number) & 1) !== 0) {
      arena.count(
        this.port,
        bytes[0] === 0xff ? LaneCounter.receivedBroadcast : LaneCounter.receivedMulticast,
      );
    }
    arena.share(this.port, from, -this.#receive.drop());
  }

  /** The port for which the frame is, if it may go there without the switch. */
  #expressPort(views: readonly Uint8Array[], { length, gso }: FrameNote): number {
    const arena = this.#arena;
    const domain = arena.word(this.port, LaneWord.domain);
    if (domain === 0) return -1;
    const header = this.#ethernetHeader(views);
    if (((header[0] as number) & 1) !== 0 || readBig16(header, 12) === VLAN_ETHERTYPE) return -1;
    const isOwn =
      readBig16(header, 6) === arena.word(this.port, LaneWord.macHigh) &&
      low32(header, 8) === arena.word(this.port, LaneWord.macLow);
    const isLong = length - ETHERNET_HEADER_BYTES > arena.word(this.port, LaneWord.mtu) && gso === undefined;
    if (!isOwn || isLong) return -1;
    const to = arena.express(domain, readBig16(header, 0), low32(header, 2));
    return to === this.port ? -1 : to;
  }

  /** False: another thread holds the ring up. What finds no room there is lost. */
  #sendExpress(to: number, views: readonly Uint8Array[], note: FrameNote): boolean {
    const put = putReceived(this.#arena, to, views, note, this.port, this.#host);
    if (put === 'busy') return false;
    this.#arena.count(this.port, LaneCounter.expressFrames);
    this.#arena.count(this.port, LaneCounter.expressBytes, note.length);
    if (put === 'full') this.#arena.count(this.port, LaneCounter.expressDropped);
    return true;
  }

  #ethernetHeader(views: readonly Uint8Array[]): Uint8Array {
    const [first] = views;
    if (first !== undefined && first.length >= ETHERNET_HEADER_BYTES) return first;
    let at = 0;
    for (const view of views) {
      const part = view.subarray(0, ETHERNET_HEADER_BYTES - at);
      this.#header.set(part, at);
      at += part.length;
    }
    return this.#header;
  }
}

/**
 * Puts a frame into the receive ring of a port. A sender may have as much there as is free beside it, so that none
 * keeps the others out.
 */
export function putReceived(
  arena: Arena,
  to: number,
  views: readonly Uint8Array[],
  note: FrameNote,
  from: number,
  host: LaneHost,
): 'put' | 'full' | 'busy' {
  const ring = arena.receiveRing(to);
  if (!ring.lock(host.pcpu + 1)) return 'busy';
  const record = recordBytes(note.length);
  const isFull =
    arena.word(to, LaneWord.isPresent) === 0 ||
    !ring.fits(note.length) ||
    arena.share(to, from) + record > ring.sizeBytes - ring.usedBytes;
  if (isFull) {
    ring.unlock();
    return 'full';
  }
  arena.share(to, from, record);
  const wasEmpty = ring.put(views, note, from);
  ring.unlock();
  if (wasEmpty) {
    const home = arena.word(to, LaneWord.home);
    arena.tellHome(home);
    host.ring(home);
  }
  return 'put';
}

function low32(bytes: Uint8Array, at: number): number {
  return (readBig16(bytes, at) << 16) | readBig16(bytes, at + 2);
}
