/**
 * One gdb that is connected: answers its packets over a target. All-stop, synchronous; the target moves between packets.
 * Source: GDB manual, appendix E (remote protocol). What is not known here is answered with an empty packet, as it says.
 */
import { bytesToHex, hexToBytes } from '#lib';
import { encodePacket, type Incoming, MAX_PACKET_BYTES, PacketReader } from './packet.ts';
import { GENERAL, targetXml } from './registers.ts';
import {
  type DebugTarget,
  type Motion,
  type Point,
  PointKind,
  type PointKindCode,
  type StopReason,
} from './target.ts';

const OK = 'OK';
const ERROR = 'E01';
const UNKNOWN = '';
const SIGNAL = { trap: '05', interrupt: '02' } as const;
const ACK = Uint8Array.of(0x2b);
const NACK = Uint8Array.of(0x2d);

/** An answer: text, bytes, or nothing because the target moves now. */
type Answer = string | Uint8Array | undefined;

export class GdbSession {
  readonly #target: DebugTarget;
  readonly #send: (bytes: Uint8Array) => void;
  readonly #reader = new PacketReader();
  #hasAcks = true;
  #isMoving = false;
  #last: StopReason;
  /** As Hg and Hc have chosen. */
  #thread: number;
  #stepThread: number;
  #lastSent: Uint8Array = new Uint8Array(0);

  constructor(target: DebugTarget, send: (bytes: Uint8Array) => void) {
    this.#target = target;
    this.#send = send;
    this.#thread = target.threads[0]?.id ?? 1;
    this.#stepThread = this.#thread;
    this.#last = { kind: 'interrupted', thread: this.#thread };
  }

  push(bytes: Uint8Array): void {
    for (const one of this.#reader.push(bytes)) this.#take(one);
  }

  /** The motion that gdb asked for has ended. */
  stopped(reason: StopReason): void {
    this.#last = reason;
    if (!this.#isMoving) return;
    this.#isMoving = false;
    if (reason.kind !== 'exited') this.#thread = reason.thread;
    this.#reply(stopReply(reason));
  }

  #take(one: Incoming): void {
    if (one.kind === 'interrupt') this.#target.interrupt();
    else if (one.kind === 'nack') this.#send(this.#lastSent);
    else if (one.kind === 'damaged' && this.#hasAcks) this.#send(NACK);
    else if (one.kind === 'packet') {
      if (this.#hasAcks) this.#send(ACK);
      const answer = this.#answer(one.data);
      if (answer !== undefined) this.#reply(answer);
    }
  }

  #reply(answer: string | Uint8Array): void {
    const data = typeof answer === 'string' ? latin1(answer) : answer;
    this.#lastSent = encodePacket(data);
    this.#send(this.#lastSent);
  }

  #answer(data: Uint8Array): Answer {
    const text = String.fromCharCode(...data);
    try {
      const handler = HANDLERS.find(([prefix]) => text.startsWith(prefix));
      return handler === undefined ? UNKNOWN : handler[1](this, text.slice(handler[0].length), data);
    } catch (error) {
      // What cannot be parsed, such as half a hexadecimal digit.
      if (error instanceof RangeError || error instanceof SyntaxError) return ERROR;
      throw error;
    }
  }

  supported(): string {
    const reverse = this.#target.canReverse ? ';ReverseStep+;ReverseContinue+' : '';
    return `PacketSize=${MAX_PACKET_BYTES.toString(16)};qXfer:features:read+;QStartNoAckMode+;vContSupported+;swbreak+;hwbreak+${reverse}`;
  }

  noAcks(): Answer {
    this.#hasAcks = false;
    return OK;
  }

  features(rest: string): Answer {
    const [, name, from, length] = /^([^:]*):([0-9a-f]+),([0-9a-f]+)$/.exec(rest) ?? [];
    if (name !== 'target.xml') return 'E00';
    const text = targetXml();
    const [start, most] = [Number.parseInt(from ?? '', 16), Number.parseInt(length ?? '', 16)];
    const part = text.slice(start, start + most);
    return `${start + most >= text.length ? 'l' : 'm'}${part}`;
  }

  choose(kind: string, rest: string): Answer {
    const id = Number.parseInt(rest, 16);
    const any = this.#target.threads[0]?.id ?? 1;
    const thread = id > 0 ? id : any;
    if (!this.#hasThread(thread)) return ERROR;
    if (kind === 'g') this.#thread = thread;
    else this.#stepThread = id > 0 ? id : this.#thread;
    return OK;
  }

  threadList(): Answer {
    return `m${this.#target.threads.map(({ id }) => id.toString(16)).join(',')}`;
  }

  threadAbout(rest: string): Answer {
    const about = this.#target.threads.find(({ id }) => id === Number.parseInt(rest, 16))?.about;
    return about === undefined ? ERROR : bytesToHex(latin1(about));
  }

  isAlive(rest: string): Answer {
    return this.#hasThread(Number.parseInt(rest, 16)) ? OK : ERROR;
  }

  currentThread(): Answer {
    return `QC${this.#thread.toString(16)}`;
  }

  whyStopped(): Answer {
    return stopReply(this.#last);
  }

  readAll(): Answer {
    return GENERAL.map((number) => this.#registerText(number)).join('');
  }

  writeAll(rest: string): Answer {
    const bytes = hexToBytes(rest);
    if (bytes.length !== GENERAL.length * 8) return ERROR;
    const isDone = GENERAL.every((number, index) =>
      this.#target.writeRegister(this.#thread, number, bytes.subarray(index * 8, index * 8 + 8)),
    );
    return isDone ? OK : ERROR;
  }

  readOne(rest: string): Answer {
    const bytes = this.#target.readRegister(this.#thread, Number.parseInt(rest, 16));
    return bytes === undefined ? ERROR : bytesToHex(bytes);
  }

  writeOne(rest: string): Answer {
    const [number = '', value = ''] = rest.split('=');
    const isDone = this.#target.writeRegister(this.#thread, Number.parseInt(number, 16), hexToBytes(value));
    return isDone ? OK : ERROR;
  }

  readMemory(rest: string): Answer {
    const { address, length } = span(rest);
    const bytes = this.#target.readMemory(this.#thread, address, Math.min(length, MAX_PACKET_BYTES / 2));
    return bytes.length === 0 && length > 0 ? ERROR : bytesToHex(bytes);
  }

  writeMemory(rest: string): Answer {
    const [where = '', content = ''] = rest.split(':');
    const { address, length } = span(where);
    const bytes = hexToBytes(content);
    if (bytes.length !== length) return ERROR;
    return this.#target.writeMemory(this.#thread, address, bytes) ? OK : ERROR;
  }

  writeBinary(data: Uint8Array): Answer {
    const colon = data.indexOf(0x3a);
    const { address, length } = span(String.fromCharCode(...data.subarray(1, colon)));
    const bytes = data.subarray(colon + 1);
    if (colon < 0 || bytes.length !== length) return ERROR;
    return length === 0 || this.#target.writeMemory(this.#thread, address, bytes) ? OK : ERROR;
  }

  point(isInserted: boolean, rest: string): Answer {
    const [, kind, address, bytes] = /^([0-4]),([0-9a-f]+),([0-9a-f]+)(?:;.*)?$/i.exec(rest) ?? [];
    if (kind === undefined) return UNKNOWN;
    const point: Point = {
      kind: Number(kind) as PointKindCode,
      address: BigInt(`0x${address}`),
      bytes: Number.parseInt(bytes ?? '', 16),
    };
    const isDone = isInserted ? this.#target.insert(point) : this.#target.remove(point);
    return isDone ? OK : ERROR;
  }

  /** `vCont;action[:thread]…`: the first action that is a step counts, else all go on. */
  vCont(rest: string): Answer {
    if (rest === '?') return 'vCont;c;C;s;S;t';
    const actions = rest.split(';').filter((word) => word !== '');
    const stepping = actions.find((word) => /^[sS]/.test(word));
    if (stepping === undefined)
      return actions.some((word) => /^[cC]/.test(word)) ? this.move('continue') : ERROR;
    const id = Number.parseInt(stepping.split(':')[1] ?? '', 16);
    return this.move('step', this.#hasThread(id) ? id : this.#thread, { isAlone: actions.length === 1 });
  }

  /** c and s with the address they may have. */
  moveFrom(kind: Motion['kind'], rest: string): Answer {
    if (rest !== '') return ERROR;
    return this.move(kind, this.#stepThread);
  }

  move(
    kind: Motion['kind'],
    thread = this.#thread,
    {
      isBackward = false,
      isAlone = false,
    }: { readonly isBackward?: boolean; readonly isAlone?: boolean } = {},
  ): Answer {
    if (isBackward && !this.#target.canReverse) return UNKNOWN;
    this.#isMoving = true;
    this.#target.resume({ kind, thread, isBackward, isAlone });
    return undefined;
  }

  monitor(rest: string): Answer {
    const command = String.fromCharCode(...hexToBytes(rest));
    return bytesToHex(latin1(this.#target.monitor(command)));
  }

  detach(): Answer {
    this.#target.detach();
    return OK;
  }

  kill(): Answer {
    this.#target.kill();
    return OK;
  }

  #registerText(number: number): string {
    const bytes = this.#target.readRegister(this.#thread, number);
    return bytes === undefined ? 'x'.repeat(16) : bytesToHex(bytes);
  }

  #hasThread(id: number): boolean {
    return this.#target.threads.some((thread) => thread.id === id);
  }
}

type Handler = (session: GdbSession, rest: string, data: Uint8Array) => Answer;

/** By prefix; longer ones first where they share one. */
const HANDLERS: readonly (readonly [prefix: string, handler: Handler])[] = [
  ['qSupported', (session) => session.supported()],
  ['QStartNoAckMode', (session) => session.noAcks()],
  ['qXfer:features:read:', (session, rest) => session.features(rest)],
  ['qfThreadInfo', (session) => session.threadList()],
  ['qsThreadInfo', () => 'l'],
  ['qThreadExtraInfo,', (session, rest) => session.threadAbout(rest)],
  ['qAttached', () => '1'],
  ['qSymbol', () => OK],
  ['qRcmd,', (session, rest) => session.monitor(rest)],
  ['qC', (session, rest) => (rest === '' ? session.currentThread() : UNKNOWN)],
  ['Hg', (session, rest) => session.choose('g', rest)],
  ['Hc', (session, rest) => session.choose('c', rest)],
  ['T', (session, rest) => session.isAlive(rest)],
  ['?', (session) => session.whyStopped()],
  ['g', (session) => session.readAll()],
  ['G', (session, rest) => session.writeAll(rest)],
  ['p', (session, rest) => session.readOne(rest)],
  ['P', (session, rest) => session.writeOne(rest)],
  ['m', (session, rest) => session.readMemory(rest)],
  ['M', (session, rest) => session.writeMemory(rest)],
  ['X', (session, _rest, data) => session.writeBinary(data)],
  ['Z', (session, rest) => session.point(true, rest)],
  ['z', (session, rest) => session.point(false, rest)],
  ['vCont', (session, rest) => session.vCont(rest)],
  ['vKill', (session) => session.kill()],
  ['bs', (session) => session.move('step', undefined, { isBackward: true })],
  ['bc', (session) => session.move('continue', undefined, { isBackward: true })],
  ['c', (session, rest) => session.moveFrom('continue', rest)],
  ['s', (session, rest) => session.moveFrom('step', rest)],
  ['D', (session) => session.detach()],
  ['k', (session) => session.kill()],
];

const WATCH_NAMES: Readonly<Record<number, string>> = {
  [PointKind.Write]: 'watch',
  [PointKind.Read]: 'rwatch',
  [PointKind.Access]: 'awatch',
};

function stopReply(reason: StopReason): string {
  if (reason.kind === 'exited') return `W${(reason.status & 0xff).toString(16).padStart(2, '0')}`;
  const thread = `thread:${reason.thread.toString(16)};`;
  if (reason.kind === 'interrupted') return `T${SIGNAL.interrupt}${thread}`;
  if (reason.kind === 'watch') {
    const name = WATCH_NAMES[reason.point.kind] ?? 'watch';
    return `T${SIGNAL.trap}${name}:${reason.point.address.toString(16)};${thread}`;
  }
  if (reason.kind === 'no-history') return `T${SIGNAL.trap}replaylog:${reason.at};${thread}`;
  return `T${SIGNAL.trap}${reason.kind === 'breakpoint' ? 'swbreak:;' : ''}${thread}`;
}

/** `address,length`, hexadecimal. */
function span(text: string): { address: bigint; length: number } {
  const [, address, length] = /^([0-9a-f]{1,16}),([0-9a-f]{1,8})$/i.exec(text) ?? [];
  if (address === undefined || length === undefined)
    throw new RangeError(`"${text}" is no address and length`);
  return { address: BigInt(`0x${address}`), length: Number.parseInt(length, 16) };
}

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff);
}
