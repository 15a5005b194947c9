/** The server's end of a WebSocket: the handshake, and frames of bytes both ways. Source: RFC 6455. */
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const OPCODE = { more: 0, text: 1, bytes: 2, close: 8, ping: 9, pong: 10 } as const;
const STATUS = { done: 1000, protocol: 1002, unsupported: 1003, tooLarge: 1009 } as const;
const MAX_CONTROL_BYTES = 125;
const MASK_BYTES = 4;
const KEY_BYTES = 16;
/** A frame of a client that types has some bytes. */
const MAX_FRAME_BYTES = 2 ** 20;

/** The key of a request that asks for a WebSocket; undefined: it is none that is understood. */
export function webSocketKey({ method, headers }: IncomingMessage): string | undefined {
  const key = headers['sec-websocket-key'] ?? '';
  const isOne =
    method === 'GET' &&
    /^websocket$/i.test(headers.upgrade ?? '') &&
    headers['sec-websocket-version'] === '13' &&
    Buffer.from(key, 'base64').length === KEY_BYTES;
  return isOne ? key : undefined;
}

/** The head of the answer that makes the connection one. */
export function acceptHead(key: string, protocol: string | undefined): string {
  const accept = createHash('sha1')
    .update(key + GUID)
    .digest('base64');
  const lines = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade'];
  lines.push(`Sec-WebSocket-Accept: ${accept}`);
  if (protocol !== undefined) lines.push(`Sec-WebSocket-Protocol: ${protocol}`);
  return `${lines.join('\r\n')}\r\n\r\n`;
}

export interface WebSocketListener {
  /** Of one frame or a part of a message: where messages end means nothing here. */
  received(bytes: Buffer): void;
  /** It is over; nothing comes any more. */
  closed(): void;
}

export class WebSocket {
  readonly #socket: Duplex;
  readonly #listener: WebSocketListener;
  #pending: Buffer = Buffer.alloc(0);
  #isInMessage = false;
  #isOver = false;

  constructor(socket: Duplex, listener: WebSocketListener) {
    this.#socket = socket;
    this.#listener = listener;
    socket.on('data', (bytes: Buffer) => this.#take(bytes));
    socket.on('error', () => socket.destroy());
    socket.on('end', () => this.#end());
    socket.on('close', () => this.#end());
  }

  /** What is on its way to who reads slowly. */
  get waitingBytes(): number {
    return this.#socket.writableLength;
  }

  send(bytes: Uint8Array): void {
    this.#frame(OPCODE.bytes, bytes);
  }

  close(status: number = STATUS.done): void {
    if (this.#isOver) return;
    this.#frame(OPCODE.close, Uint8Array.of(status >> 8, status & 0xff));
    this.#socket.end();
    this.#end();
  }

  #take(bytes: Buffer): void {
    if (this.#isOver) return;
    this.#pending = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes]);
    while (!this.#isOver && this.#takeFrame());
  }

  /** False: there is no whole one. */
  #takeFrame(): boolean {
    const pending = this.#pending;
    if (pending.length < 2) return false;
    const [first = 0, second = 0] = pending;
    const short = second & 0x7f;
    const lengthBytes = short === 127 ? 8 : short === 126 ? 2 : 0;
    const head = 2 + lengthBytes + MASK_BYTES;
    if (pending.length < head) return false;
    const length =
      lengthBytes === 8
        ? Number(pending.readBigUInt64BE(2))
        : lengthBytes === 2
          ? pending.readUInt16BE(2)
          : short;
    const wrong = this.#wrong(first, second, length);
    if (wrong !== undefined) {
      this.close(wrong);
      return false;
    }
    if (pending.length < head + length) return false;
    const mask = pending.subarray(head - MASK_BYTES, head);
    const payload = Buffer.from(pending.subarray(head, head + length));
    for (let i = 0; i < length; i++) payload[i] = (payload[i] as number) ^ (mask[i & 3] as number);
    this.#pending = pending.subarray(head + length);
    this.#act(first, payload);
    return true;
  }

  /** The status of a frame that may not be; undefined: it may. */
  #wrong(first: number, second: number, length: number): number | undefined {
    const opcode = first & 0x0f;
    const isControl = opcode >= OPCODE.close;
    if ((first & 0x70) !== 0 || (second & 0x80) === 0) return STATUS.protocol;
    if (opcode === OPCODE.text) return STATUS.unsupported;
    if (!(Object.values(OPCODE) as number[]).includes(opcode)) return STATUS.protocol;
    if (isControl && ((first & 0x80) === 0 || length > MAX_CONTROL_BYTES)) return STATUS.protocol;
    if (opcode === OPCODE.more && !this.#isInMessage) return STATUS.protocol;
    if (opcode === OPCODE.bytes && this.#isInMessage) return STATUS.protocol;
    return length > MAX_FRAME_BYTES ? STATUS.tooLarge : undefined;
  }

  #act(first: number, payload: Buffer): void {
    const opcode = first & 0x0f;
    if (opcode === OPCODE.close) this.close();
    else if (opcode === OPCODE.ping) this.#frame(OPCODE.pong, payload);
    else if (opcode !== OPCODE.pong) {
      this.#isInMessage = (first & 0x80) === 0;
      this.#listener.received(payload);
    }
  }

  #frame(opcode: number, bytes: Uint8Array): void {
    if (this.#isOver || this.#socket.destroyed) return;
    const { length } = bytes;
    const head =
      length < 126
        ? Buffer.of(0x80 | opcode, length)
        : length < 2 ** 16
          ? Buffer.of(0x80 | opcode, 126, length >> 8, length & 0xff)
          : Buffer.of(0x80 | opcode, 127, ...new Uint8Array(8));
    if (length >= 2 ** 16) head.writeBigUInt64BE(BigInt(length), 2);
    this.#socket.write(head);
    this.#socket.write(bytes);
  }

  #end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#socket.end();
    this.#listener.closed();
  }
}
