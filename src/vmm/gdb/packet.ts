/**
 * Packets of gdb's remote protocol: `$data#checksum`, with escapes and run-length encoding, acknowledgements, and the
 * interrupt byte between them. Source: GDB manual, appendix E.1 (overview) and E.6 (packet acknowledgement).
 */

const Byte = {
  dollar: 0x24,
  hash: 0x23,
  plus: 0x2b,
  minus: 0x2d,
  escape: 0x7d,
  star: 0x2a,
  interrupt: 0x03,
} as const;
const ESCAPE_XOR = 0x20;
/** What is offered to gdb as PacketSize; longer ones are dropped. */
export const MAX_PACKET_BYTES = 0x4000;
const RUN_BASE = 29;
const MAX_RUN = 97;

export type Incoming =
  | { readonly kind: 'packet'; readonly data: Uint8Array }
  | { readonly kind: 'interrupt' | 'ack' | 'nack' }
  /** A packet that does not fit its checksum: to be asked for again. */
  | { readonly kind: 'damaged' };

/** Takes a stream of bytes apart. */
export class PacketReader {
  #state: 'between' | 'data' | 'checksum' = 'between';
  #data: number[] = [];
  #checksum = '';
  #isTooLong = false;

  push(bytes: Uint8Array): Incoming[] {
    const found: Incoming[] = [];
    for (const byte of bytes) this.#take(byte, found);
    return found;
  }

  #take(byte: number, found: Incoming[]): void {
    if (this.#state === 'between') this.#between(byte, found);
    else if (this.#state === 'data') this.#inData(byte);
    else {
      this.#checksum += String.fromCharCode(byte);
      if (this.#checksum.length === 2) found.push(this.#finish());
    }
  }

  #between(byte: number, found: Incoming[]): void {
    if (byte === Byte.interrupt) found.push({ kind: 'interrupt' });
    else if (byte === Byte.plus) found.push({ kind: 'ack' });
    else if (byte === Byte.minus) found.push({ kind: 'nack' });
    else if (byte === Byte.dollar) this.#start();
  }

  #start(): void {
    this.#state = 'data';
    this.#data = [];
    this.#checksum = '';
    this.#isTooLong = false;
  }

  #inData(byte: number): void {
    // A packet that begins anew: the end of the one before was lost.
    if (byte === Byte.dollar) this.#start();
    else if (byte === Byte.hash) this.#state = 'checksum';
    else if (this.#data.length < MAX_PACKET_BYTES) this.#data.push(byte);
    else this.#isTooLong = true;
  }

  #finish(): Incoming {
    this.#state = 'between';
    const raw = Uint8Array.from(this.#data);
    const isRight =
      /^[0-9a-fA-F]{2}$/.test(this.#checksum) && Number.parseInt(this.#checksum, 16) === sum(raw);
    if (!isRight || this.#isTooLong) return { kind: 'damaged' };
    const data = decode(raw);
    return data === undefined ? { kind: 'damaged' } : { kind: 'packet', data };
  }
}

/** A packet as it goes over the wire; equal bytes in a row are written as a run. */
export function encodePacket(data: Uint8Array): Uint8Array {
  const body = Uint8Array.from(withRuns(data));
  const checksum = new TextEncoder().encode(sum(body).toString(16).padStart(2, '0'));
  return Uint8Array.from([Byte.dollar, ...body, Byte.hash, ...checksum]);
}

/** Undoes escapes and runs; undefined when they make no sense. */
function decode(raw: Uint8Array): Uint8Array | undefined {
  const data: number[] = [];
  for (let at = 0; at < raw.length; at++) {
    const byte = raw[at] as number;
    const next = raw[at + 1];
    if (byte === Byte.escape || byte === Byte.star) {
      if (next === undefined) return undefined;
      at++;
      if (byte === Byte.escape) data.push(next ^ ESCAPE_XOR);
      else {
        const before = data.at(-1);
        if (before === undefined || next < RUN_BASE + 1 || data.length > MAX_PACKET_BYTES) return undefined;
        for (let i = 0; i < next - RUN_BASE; i++) data.push(before);
      }
    } else data.push(byte);
  }
  return Uint8Array.from(data);
}

function withRuns(data: Uint8Array): number[] {
  const body: number[] = [];
  for (let at = 0; at < data.length; ) {
    const byte = data[at] as number;
    let run = 1;
    while (data[at + run] === byte && run <= MAX_RUN) run++;
    at += run;
    if (needsEscape(byte)) for (let i = 0; i < run; i++) body.push(Byte.escape, byte ^ ESCAPE_XOR);
    else writeRun(body, byte, run);
  }
  return body;
}

/** The count of repeats is a printable byte, but not one of those that mean something. */
function writeRun(body: number[], byte: number, run: number): void {
  body.push(byte);
  let repeats = run - 1;
  if (repeats < 3) {
    for (; repeats > 0; repeats--) body.push(byte);
    return;
  }
  while (isReserved(repeats + RUN_BASE)) {
    body.push(byte);
    repeats--;
  }
  body.push(Byte.star, repeats + RUN_BASE);
}

const isReserved = (byte: number): boolean =>
  byte === Byte.dollar || byte === Byte.hash || byte === Byte.plus || byte === Byte.minus;
const needsEscape = (byte: number): boolean =>
  byte === Byte.dollar || byte === Byte.hash || byte === Byte.escape || byte === Byte.star;

function sum(bytes: Uint8Array): number {
  let total = 0;
  for (const byte of bytes) total = (total + byte) & 0xff;
  return total;
}
