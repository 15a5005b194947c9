/** A console as a screen for viewers of the remote framebuffer protocol: pictures of its text go out, keys come in. Source: RFC 6143. */
import { StringDecoder } from 'node:string_decoder';
import { CELL, PALETTE, paintLine } from '../../vms/screen/picture.ts';
import { type Cell, Terminal } from '../../vms/screen/terminal.ts';
import { Keyboard } from './keys.ts';
import { encodePalette, FIRST_FORMAT, FORMAT_BYTES, readFormat, writeFormat } from './pixel-format.ts';

const VERSION = 'RFB 003.008\n';
const NO_SECURITY = 1;
/** Versions before 3.7 are told the kind of security, and do not choose; before 3.8 they hear of no result. */
const CHOOSES = 7;
const HEARS = 8;
const RAW = 0;
const MAX_ENCODINGS = 1024;
const MAX_CUT_BYTES = 2 ** 20;
/** A viewer this far behind gets its next picture when it has read that. */
const MAX_BEHIND_BYTES = 2 ** 22;

/** The other end. */
export interface ScreenViewer {
  send(bytes: Uint8Array): void;
  /** What is on its way there. */
  readonly waitingBytes: number;
  /** It said what is no part of the protocol. */
  refuse(reason: string): void;
}

/** How far a step needs bytes, and what it does with them: the next step. */
interface Step {
  /** How many there have to be; Infinity is never. */
  bytes(pending: Buffer): number;
  take(bytes: Buffer): Step | undefined;
}

export class RemoteScreen {
  readonly #viewer: ScreenViewer;
  readonly #type: (text: string) => void;
  readonly #name: string;
  readonly #terminal = new Terminal();
  readonly #decoder = new StringDecoder('utf8');
  readonly #keyboard = new Keyboard();
  #pending: Buffer = Buffer.alloc(0);
  #step: Step | undefined;
  #minor = HEARS;
  #colours = encodePalette(PALETTE, FIRST_FORMAT);
  /** What each line was when it was sent last. */
  #sent: (string | undefined)[] = [];
  /** A picture was asked for, and there was nothing new. */
  #isAsked = false;

  /** @param type - takes what is typed */
  constructor(name: string, viewer: ScreenViewer, type: (text: string) => void) {
    this.#name = name;
    this.#viewer = viewer;
    this.#type = type;
    this.#step = this.#version;
    viewer.send(Buffer.from(VERSION));
  }

  /** The console said something. */
  output(bytes: Uint8Array): void {
    this.#terminal.write(this.#decoder.write(Buffer.from(bytes)));
    if (this.#isAsked) this.update();
  }

  /** Sends what is new to who has asked for it. */
  update(): void {
    if (!this.#isAsked || this.#viewer.waitingBytes > MAX_BEHIND_BYTES) return;
    const { cells, cursor } = this.#terminal;
    const keys = cells.map((line, y) => lineKey(line, y === cursor.y ? cursor.x : undefined));
    const changed = keys.flatMap((key, y) => (key === this.#sent[y] ? [] : [y]));
    if (changed.length === 0) return;
    this.#isAsked = false;
    this.#sent = keys;
    const head = Buffer.alloc(4);
    head.writeUInt16BE(changed.length, 2);
    this.#viewer.send(Buffer.concat([head, ...changed.map((y) => this.#line(y))]));
  }

  /** The viewer said something. */
  received(bytes: Buffer): void {
    this.#pending = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes]);
    for (let step = this.#step; step !== undefined; step = this.#step) {
      if (this.#pending.length === 0) return;
      const needed = step.bytes(this.#pending);
      if (this.#pending.length < needed) return;
      const taken = this.#pending.subarray(0, needed);
      this.#pending = this.#pending.subarray(needed);
      this.#step = step.take(taken);
    }
  }

  // Steps

  readonly #version: Step = {
    bytes: () => VERSION.length,
    take: (given) => {
      const minor = /^RFB 003\.(\d{3})\n$/.exec(given.toString('latin1'))?.[1];
      if (minor === undefined) return this.#refuse(`"${given.toString('latin1')}" is no version`);
      this.#minor = Number(minor);
      if (this.#minor >= CHOOSES) {
        this.#viewer.send(Buffer.of(1, NO_SECURITY));
        return this.#security;
      }
      this.#viewer.send(Buffer.of(0, 0, 0, NO_SECURITY));
      return this.#begin;
    },
  };

  readonly #security: Step = {
    bytes: () => 1,
    take: ([chosen]) => {
      if (chosen !== NO_SECURITY) return this.#refuse(`security ${chosen} was not offered`);
      if (this.#minor >= HEARS) this.#viewer.send(Buffer.alloc(4));
      return this.#begin;
    },
  };

  readonly #begin: Step = {
    bytes: () => 1,
    take: () => {
      const name = Buffer.from(this.#name);
      const [size, length] = [Buffer.alloc(4), Buffer.alloc(4)];
      size.writeUInt16BE(this.#terminal.columns * CELL.width, 0);
      size.writeUInt16BE(this.#terminal.rows * CELL.height, 2);
      length.writeUInt32BE(name.length, 0);
      this.#viewer.send(Buffer.concat([size, writeFormat(FIRST_FORMAT), length, name]));
      return this.#message;
    },
  };

  readonly #message: Step = {
    bytes: (pending) => {
      const kind = pending[0] ?? 0;
      if (kind === 2)
        return pending.length < 4 ? 4 : 4 + 4 * Math.min(pending.readUInt16BE(2), MAX_ENCODINGS + 1);
      if (kind === 6)
        return pending.length < 8 ? 8 : 8 + Math.min(Math.abs(pending.readInt32BE(4)), MAX_CUT_BYTES + 1);
      return MESSAGE_BYTES[kind] ?? 1;
    },
    take: (message) => {
      const kind = message[0] ?? 0;
      if (kind === 0) {
        const format = readFormat(message.subarray(4, 4 + FORMAT_BYTES));
        if (format === undefined) return this.#refuse('pixels of that format are not to be had');
        this.#colours = encodePalette(PALETTE, format);
        this.#sent = [];
      } else if (kind === 2) {
        if (message.readUInt16BE(2) > MAX_ENCODINGS) return this.#refuse('so many encodings there are not');
      } else if (kind === 3) this.#ask(message);
      else if (kind === 4) {
        const text = this.#keyboard.key(message.readUInt32BE(4), message[1] !== 0);
        if (text !== '') this.#type(text);
      } else if (kind === 6) {
        if (Math.abs(message.readInt32BE(4)) > MAX_CUT_BYTES)
          return this.#refuse('so much text is not taken');
      } else if (kind !== 5) return this.#refuse(`message ${kind} is none of the protocol`);
      return this.#message;
    },
  };

  /** Who does not ask for what is new alone gets the lines that he names. */
  #ask(message: Buffer): void {
    const isWhole = message[1] === 0;
    const [top, height] = [message.readUInt16BE(4), message.readUInt16BE(8)];
    const [first, last] = [Math.floor(top / CELL.height), Math.ceil((top + height) / CELL.height)];
    if (isWhole) for (let y = first; y < last && y < this.#terminal.rows; y++) this.#sent[y] = undefined;
    this.#isAsked = true;
    this.update();
  }

  #refuse(reason: string): undefined {
    this.#pending = Buffer.alloc(0);
    this.#viewer.refuse(reason);
    return undefined;
  }

  #line(y: number): Buffer {
    const { cells, columns, cursor } = this.#terminal;
    const width = columns * CELL.width;
    const dots = new Uint8Array(width * CELL.height);
    paintLine(cells[y] ?? [], y === cursor.y ? cursor.x : undefined, { pixels: dots, at: 0, stride: width });
    const bytes = this.#colours[0]?.length ?? 4;
    const rectangle = Buffer.alloc(12 + dots.length * bytes);
    for (const [i, value] of [0, y * CELL.height, width, CELL.height].entries())
      rectangle.writeUInt16BE(value, 2 * i);
    rectangle.writeInt32BE(RAW, 8);
    let at = 12;
    for (const dot of dots) {
      rectangle.set(this.#colours[dot] as Buffer, at);
      at += bytes;
    }
    return rectangle;
  }
}

/** By their kind; those of which the length is in them are not here. */
const MESSAGE_BYTES: Readonly<Record<number, number>> = { 0: 4 + FORMAT_BYTES, 3: 10, 4: 8, 5: 6 };

/** Equal for lines that look the same. */
function lineKey(line: readonly Cell[], cursorX: number | undefined): string {
  let key = cursorX === undefined ? '' : `${cursorX}|`;
  for (const { character, foreground, background } of line)
    key += character + String.fromCharCode(0xe000 + 16 * foreground + background);
  return key;
}
