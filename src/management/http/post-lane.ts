/**
 * The short way of the port: a request in plain form is read and answered in one piece each, without Node's HTTP, which
 * takes half of the time of a small call. Whatever comes in another form is handed over to that, with its connection.
 */
import { STATUS_CODES } from 'node:http';
import type { TLSSocket } from 'node:tls';
import type { Clock, Logger } from '#lib';
import { accessLine } from './access-log.ts';
import { laneHeaders, SLICE_BYTES, writeSlices } from './exchange.ts';
import type { HttpLimits } from './limits.ts';
import { type PlainRequest, PlainRequests } from './plain-request.ts';
import { HOST_FAILED } from './problem.ts';
import type { AnswerWhole, WholeAnswer, WholeRequest } from './whole-request.ts';

export interface LaneOptions {
  /** By path. */
  readonly answers: ReadonlyMap<string, AnswerWhole>;
  readonly limits: HttpLimits;
  readonly logger: Logger;
  readonly clock: Clock;
}

/** A request that is larger is for who reads in pieces. */
const REQUEST_BYTES_MAX = 64 * 1024;
/** So long the rest of a request is waited for: some clients send its head and its body one after the other. */
const REST_MS = 1000;
const LATE = 'HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';
const FAILED: WholeAnswer = {
  status: 500,
  headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  body: `500 Internal Server Error: ${HOST_FAILED}\n`,
  userName: undefined,
};

export class PostLane {
  readonly #options: LaneOptions;
  #date = { second: -1n, text: '' };

  constructor(options: LaneOptions) {
    this.#options = options;
  }

  /** Takes a new connection. `handOver` gives it to Node's HTTP, which is then told what was read of it. */
  take(socket: TLSSocket, handOver: () => void): void {
    new LaneConnection(this.#options, socket, handOver, () => this.#dateNow()).begin();
  }

  /** The same for a second. */
  #dateNow(): string {
    const second = this.#options.clock.wallNanoseconds() / 1_000_000_000n;
    if (this.#date.second !== second)
      this.#date = { second, text: new Date(Number(second) * 1000).toUTCString() };
    return this.#date.text;
  }
}

class LaneConnection {
  readonly #options: LaneOptions;
  readonly #socket: TLSSocket;
  readonly #handOver: () => void;
  readonly #dateNow: () => string;
  readonly #from: string;
  readonly #protocol: string;
  readonly #remoteAddress: string;
  readonly #requests: PlainRequests;
  /** What was read and is no whole request. */
  #read: Buffer | undefined;
  #restTimer: NodeJS.Timeout | undefined;
  #isBusy = false;
  /** It had a request before. */
  #isKnown = false;
  readonly #whenGone = new Set<() => void>();

  constructor(options: LaneOptions, socket: TLSSocket, handOver: () => void, dateNow: () => string) {
    this.#options = options;
    this.#socket = socket;
    this.#handOver = handOver;
    this.#dateNow = dateNow;
    const { headerBytes, headerCount } = options.limits;
    this.#requests = new PlainRequests({ headBytesMax: headerBytes, headersMax: headerCount });
    this.#remoteAddress = socket.remoteAddress ?? '';
    this.#from = `${socket.remoteAddress ?? '-'}:${socket.remotePort ?? '-'}`;
    this.#protocol = socket.getProtocol() ?? '-';
  }

  begin(): void {
    const socket = this.#socket;
    socket.setTimeout(this.#options.limits.headerMs);
    socket.on('data', this.#onData).on('timeout', this.#onTimeout);
    socket.on('end', this.#onEnd).on('error', this.#onEnd).on('close', this.#onClose);
  }

  readonly #onData = (bytes: Buffer): void => {
    this.#read = this.#read === undefined ? bytes : Buffer.concat([this.#read, bytes]);
    // What comes before the answer to the last one waits.
    if (this.#isBusy) this.#socket.pause();
    else this.#look(this.#read);
  };

  readonly #onTimeout = (): void => {
    // Who waits for an answer may wait long.
    if (this.#isBusy) return;
    if (this.#isKnown) this.#socket.destroy();
    else this.#socket.end(LATE, () => this.#socket.destroy());
  };

  readonly #onEnd = (): void => void this.#socket.destroy();

  readonly #onClose = (): void => {
    clearTimeout(this.#restTimer);
    for (const action of this.#whenGone) action();
    this.#whenGone.clear();
  };

  #look(bytes: Buffer): void {
    const request = this.#requests.read(bytes);
    const answer = request && this.#options.answers.get(request.path);
    // What follows a request at once is for who counts them.
    if (
      request === undefined ||
      answer === undefined ||
      bytes.length > request.to ||
      request.to > REQUEST_BYTES_MAX
    )
      return this.#leave();
    if (bytes.length < request.to) {
      this.#restTimer ??= setTimeout(() => this.#leave(), REST_MS);
      return undefined;
    }
    clearTimeout(this.#restTimer);
    this.#restTimer = undefined;
    this.#read = undefined;
    this.#isBusy = true;
    if (!this.#isKnown) this.#socket.setTimeout(this.#options.limits.keepAliveMs);
    this.#isKnown = true;
    void this.#serve(request, bytes.subarray(request.from, request.to), answer);
    return undefined;
  }

  /** To Node's HTTP, for good. */
  #leave(): void {
    const socket = this.#socket;
    const read = this.#read ?? Buffer.alloc(0);
    clearTimeout(this.#restTimer);
    socket.off('data', this.#onData).off('timeout', this.#onTimeout);
    socket.off('end', this.#onEnd).off('error', this.#onEnd).off('close', this.#onClose);
    socket.setTimeout(0);
    this.#handOver();
    socket.emit('data', read);
    socket.resume();
  }

  async #serve(request: PlainRequest, body: Buffer, answer: AnswerWhole): Promise<void> {
    const { clock, logger } = this.#options;
    const since = clock.nowNanoseconds();
    const answered = await this.#answer(new LaneRequest(request, body, this), answer);
    const length = Buffer.byteLength(answered.body);
    await this.#send(answered, length, request.headers.get('host') ?? '');
    this.#isBusy = false;
    if (this.#read !== undefined && !this.#socket.destroyed) this.#leave();
    if (!logger.enabled('info')) return;
    const line = {
      ...{
        method: 'POST',
        shown: request.path,
        status: answered.status,
        isComplete: !this.#socket.destroyed,
      },
      ...{ sentBytes: body.length, answeredBytes: length, userName: answered.userName },
      ...{ from: this.#from, protocol: this.#protocol, userAgent: request.headers.get('user-agent') },
    };
    logger.info(accessLine(line, Number((clock.nowNanoseconds() - since) / 1_000_000n)));
  }

  async #answer(request: WholeRequest, answer: AnswerWhole): Promise<WholeAnswer> {
    try {
      return await answer(request);
    } catch (error) {
      const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.#options.logger.error(`POST: ${told}`);
      return FAILED;
    }
  }

  async #send({ status, headers, body }: WholeAnswer, length: number, host: string): Promise<void> {
    const socket = this.#socket;
    if (socket.destroyed) return;
    let head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n`;
    const all = { ...laneHeaders(host), ...headers };
    for (const name in all) head += `${name}: ${all[name]}\r\n`;
    head += `Content-Length: ${length}\r\nDate: ${this.#dateNow()}\r\n\r\n`;
    if (length <= SLICE_BYTES) socket.write(head + body);
    else await writeSlices(socket, socket, Buffer.from(head + body));
  }

  get remoteAddress(): string {
    return this.#remoteAddress;
  }

  get isGone(): boolean {
    return this.#socket.destroyed;
  }

  onGone(action: () => void): () => void {
    this.#whenGone.add(action);
    return () => this.#whenGone.delete(action);
  }
}

class LaneRequest implements WholeRequest {
  readonly body: Buffer;
  readonly #headers: ReadonlyMap<string, string>;
  readonly #connection: LaneConnection;

  constructor({ headers }: PlainRequest, body: Buffer, connection: LaneConnection) {
    this.body = body;
    this.#headers = headers;
    this.#connection = connection;
  }

  header(name: string): string | undefined {
    return this.#headers.get(name);
  }

  get remoteAddress(): string {
    return this.#connection.remoteAddress;
  }

  get isGone(): boolean {
    return this.#connection.isGone;
  }

  onGone(action: () => void): () => void {
    return this.#connection.onGone(action);
  }
}
