/** Captures at ports and uplinks: frames as they are there, into pcapng files. One that nobody asks after ends by itself. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { HostError, usageError } from '#lib';
import { finished, type Networks, pcapngHeader, pcapngPacket, TAKES_NONE, type Tap } from '#net';

export interface CaptureState {
  readonly id: number;
  readonly port: string;
  readonly path: string;
  readonly frames: number;
  readonly bytes: number;
  /** Why it ended; absent: it goes on. */
  readonly ended?: string;
}

/** A capture whose asker is gone ends after so long. */
const LEASE_MS = 10_000;
const MAX_CAPTURES = 64;
const OWNER_ONLY = 0o600;

interface Capture {
  id: number;
  port: string;
  path: string;
  frames: number;
  bytes: number;
  ended?: string;
  readonly fd: number;
  readonly remove: () => void;
  askedMs: number;
}

export interface CapturesHost {
  readonly networks: Networks;
  wallNanoseconds(): bigint;
  nowMs(): number;
}

export class Captures {
  readonly #host: CapturesHost;
  readonly #captures = new Map<number, Capture>();
  #lastId = 0;

  constructor(host: CapturesHost) {
    this.#host = host;
  }

  /** Begins to write what goes through the port, or uplink, of that name. @throws HostError */
  start(port: string, path: string, most: { readonly frames?: number | undefined } = {}): CaptureState {
    this.#endForgotten();
    if (this.#captures.size >= MAX_CAPTURES) {
      throw new HostError('host-limit', { what: 'another capture', reason: `${MAX_CAPTURES} are under way` });
    }
    const place = this.#place(port);
    const fd = opened(path);
    const id = ++this.#lastId;
    const tap: Tap = (direction, frame) => {
      // What goes into the switch comes out of the station.
      const way = direction === 'in' ? 'out' : 'in';
      finished(frame, TAKES_NONE, ({ bytes }) =>
        this.#write(capture, pcapngPacket(bytes, this.#host.wallNanoseconds(), way)),
      );
      if (capture.frames >= (most.frames ?? Number.POSITIVE_INFINITY))
        this.#end(capture, 'it has as many as were asked for');
    };
    const remove = (): void => {
      place.taps.delete(tap);
      place.refresh();
    };
    const capture: Capture = {
      ...{ id, port, path, fd, remove, frames: 0, bytes: 0 },
      askedMs: this.#host.nowMs(),
    };
    this.#captures.set(id, capture);
    writeSync(fd, pcapngHeader(port));
    place.taps.add(tap);
    place.refresh();
    return stateOf(capture);
  }

  /** How far it is. @throws HostError `usage` */
  state(id: number): CaptureState {
    const capture = this.#find(id);
    capture.askedMs = this.#host.nowMs();
    this.#endForgotten();
    return stateOf(capture);
  }

  stop(id: number): CaptureState {
    const capture = this.#find(id);
    this.#end(capture, 'it was stopped');
    this.#captures.delete(id);
    return stateOf(capture);
  }

  get all(): readonly CaptureState[] {
    this.#endForgotten();
    return [...this.#captures.values()].map(stateOf);
  }

  close(): void {
    for (const capture of this.#captures.values()) this.#end(capture, 'the host ends');
  }

  #find(id: number): Capture {
    const capture = this.#captures.get(id);
    if (capture === undefined) throw usageError(`there is no capture ${id}`);
    return capture;
  }

  #place(name: string): { readonly taps: Set<Tap>; refresh(): void } {
    const { networks } = this.#host;
    const port = networks.ports.find((one) => one.port.station.name === name);
    if (port) return { taps: port.port.taps, refresh: () => port.net.refresh() };
    const uplink = networks.uplinks.find((one) => one.uplink.name === name);
    if (uplink) return { taps: uplink.uplink.taps, refresh: () => {} };
    const names = [
      ...networks.ports.map((one) => one.port.station.name),
      ...networks.uplinks.map((one) => one.uplink.name),
    ];
    throw usageError(`there is no port "${name}"; there are ${names.join(', ') || 'none'}`);
  }

  #write(capture: Capture, packet: Uint8Array): void {
    if (capture.ended !== undefined) return;
    try {
      writeSync(capture.fd, packet);
      capture.frames++;
      capture.bytes += packet.length;
    } catch (error) {
      this.#end(capture, (error as Error).message);
    }
    if (this.#host.nowMs() - capture.askedMs > LEASE_MS) this.#end(capture, 'nobody asked after it');
  }

  #endForgotten(): void {
    for (const capture of this.#captures.values()) {
      const idleMs = this.#host.nowMs() - capture.askedMs;
      if (idleMs > LEASE_MS) this.#end(capture, 'nobody asked after it');
      if (idleMs > 2 * LEASE_MS) this.#captures.delete(capture.id);
    }
  }

  #end(capture: Capture, reason: string): void {
    if (capture.ended !== undefined) return;
    capture.ended = reason;
    capture.remove();
    closeSync(capture.fd);
  }
}

function opened(path: string): number {
  try {
    return openSync(path, 'w', OWNER_ONLY);
  } catch (cause) {
    const reason = (cause as Error).message;
    throw new HostError('file-io', { action: 'make', what: 'capture file', path, reason }, { cause });
  }
}

function stateOf({ id, port, path, frames, bytes, ended }: Capture): CaptureState {
  return { id, port, path, frames, bytes, ...(ended !== undefined && { ended }) };
}
