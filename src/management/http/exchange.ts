/** One request and its answer: the body taken when somebody wants it, answers with the headers that all have. */
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Principal } from './backends.ts';
import type { HttpLimits } from './limits.ts';
import { FORMS, type Form, preferred } from './negotiate.ts';
import { errorPage, PAGE_POLICY } from './page.ts';
import { HttpProblem } from './problem.ts';
import type { Target } from './target.ts';

export type Headers = Readonly<Record<string, string | number>>;

/** The other end went away in the middle. Nobody is left to be told. */
export class ClientGone extends Error {}

/** Nothing but what a page brings with it; nothing of a file that is served runs. */
const FILE_POLICY = "default-src 'none'; sandbox";
const LOOPBACK_NAMES = /^(?:localhost|127\.|\[::1\])/;

/** Answers that are longer are sent in pieces. */
export const SLICE_BYTES = 128 * 1024;

export class Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly target: Target;
  readonly limits: HttpLimits;
  /** The other end, while it is there to be asked. */
  readonly from: string;
  readonly protocol: string;
  /** What the answer's body has; undefined when nobody knows before its end. */
  answeredBytes: number | undefined;
  /** Who asks; set before the handler of a route that is not open to everybody. */
  principal: Principal | undefined;
  #mustContinue: boolean;
  #bodyTaken = false;

  constructor(
    request: IncomingMessage,
    response: ServerResponse,
    target: Target,
    limits: HttpLimits,
    expectsContinue: boolean,
  ) {
    this.request = request;
    this.response = response;
    this.target = target;
    this.limits = limits;
    this.#mustContinue = expectsContinue;
    const { remoteAddress, remotePort } = request.socket;
    this.from = `${remoteAddress ?? '-'}:${remotePort ?? '-'}`;
    this.protocol = (request.socket as Partial<TLSSocket>).getProtocol?.() ?? '-';
  }

  get isHead(): boolean {
    return this.request.method === 'HEAD';
  }

  /** Bytes that the client says it will send; undefined when it sends in chunks. */
  get announcedBytes(): number | undefined {
    if (this.request.headers['transfer-encoding'] !== undefined) return undefined;
    return Number(this.request.headers['content-length'] ?? 0);
  }

  /** The body, from here on: who was told to wait is told to go on. */
  takeBody(): IncomingMessage {
    this.#bodyTaken = true;
    if (this.#mustContinue) this.response.writeContinue();
    this.#mustContinue = false;
    return this.request;
  }

  /** The whole of a small body. Throws HttpProblem 413; 408 when it does not come within `withinMs`. */
  async smallBody(bytesMax: number, withinMs?: number): Promise<Buffer> {
    const tooLarge = () => new HttpProblem(413, `The body has more than ${bytesMax} bytes`);
    if ((this.announcedBytes ?? 0) > bytesMax) throw tooLarge();
    const body = this.takeBody();
    const whole = Promise.withResolvers<Buffer>();
    const parts: Buffer[] = [];
    let length = 0;
    const take = (part: Buffer) => {
      length += part.length;
      parts.push(part);
      if (length <= bytesMax) return;
      body.off('data', take).pause();
      whole.reject(tooLarge());
    };
    const isLate = () => whole.reject(new HttpProblem(408, 'The request did not come in time'));
    const timer = withinMs === undefined ? undefined : setTimeout(isLate, withinMs);
    const brokeOff = (cause?: Error) => whole.reject(new ClientGone('the body broke off', { cause }));
    const end = () => {
      body.off('close', brokeOff);
      whole.resolve(parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts));
    };
    body.on('data', take).once('end', end).once('error', brokeOff).once('close', brokeOff);
    try {
      return await whole.promise;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Sends status and headers; the body follows from the caller. */
  begin(status: number, headers: Headers): void {
    const length = headers['Content-Length'];
    this.answeredBytes = length === undefined ? undefined : Number(length);
    this.response.writeHead(status, { ...commonHeaders(this.request.headers.host ?? ''), ...headers });
  }

  /** A whole answer. */
  async reply(status: number, headers: Headers = {}, given: string | Buffer = ''): Promise<void> {
    // What is long has its bytes counted and sent: once in one piece is enough.
    const body = typeof given === 'string' && given.length > SLICE_BYTES ? Buffer.from(given) : given;
    const length = Buffer.byteLength(body);
    const unread = this.#hasUnreadBody();
    const bodyless = status === 204 || status === 304;
    this.begin(status, {
      ...(!bodyless && { 'Content-Length': length }),
      ...(unread && { Connection: 'close' }),
      ...headers,
    });
    const has = !this.isHead && !bodyless && length > 0;
    // The usual answer goes with its head in one piece.
    if (has && !unread && length <= SLICE_BYTES) return void this.response.end(body);
    if (has)
      await writeSlices(
        this.response,
        this.request.socket,
        typeof body === 'string' ? Buffer.from(body) : body,
      );
    // The answer is out; a connection closed on a client that still sends would take it away again.
    if (unread) await this.#discardBody();
    this.response.end();
  }

  async replyPage(html: string, headers: Headers = {}): Promise<void> {
    const type = { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': PAGE_POLICY };
    await this.reply(200, { ...type, Vary: 'Accept', ...headers }, html);
  }

  async replyJson(value: unknown): Promise<void> {
    const headers = { 'Content-Type': 'application/json', Vary: 'Accept' };
    await this.reply(200, headers, `${JSON.stringify(value, undefined, 1)}\n`);
  }

  /** The form of an answer that the client prefers. */
  prefers(...offered: readonly [Form, ...Form[]]): Form {
    return preferred(this.request.headers.accept, offered);
  }

  async replyProblem({ status, message, headers }: HttpProblem): Promise<void> {
    const title = `${status} ${STATUS_CODES[status] ?? ''}`.trim();
    const form = this.prefers('text', 'html', 'json');
    const bodies = {
      text: () => `${title}: ${message}\n`,
      html: () => errorPage(title, message),
      json: () => `${JSON.stringify({ status, message })}\n`,
    };
    const policy = form === 'html' ? { 'Content-Security-Policy': PAGE_POLICY } : {};
    const type = { 'Content-Type': `${FORMS[form]}; charset=utf-8` };
    await this.reply(status, { ...type, ...policy, 'Cache-Control': 'no-store', ...headers }, bodies[form]());
  }

  #hasUnreadBody(): boolean {
    if (this.request.complete) return false;
    const announced = this.announcedBytes;
    return announced === undefined || announced > 0 || !this.#bodyTaken;
  }

  /** Reads over what the client still sends, within bounds. */
  async #discardBody(): Promise<void> {
    const { request, limits } = this;
    // Who waits for "100 Continue" sends nothing.
    if (this.#mustContinue || request.destroyed) return;
    await new Promise<void>((resolve) => {
      let left = limits.discardBytes;
      const cut = AbortSignal.timeout(limits.discardMs);
      const stop = () => {
        cut.removeEventListener('abort', stop);
        request.pause();
        resolve();
      };
      cut.addEventListener('abort', stop);
      request.on('data', (part: Buffer) => {
        left -= part.length;
        if (left < 0) stop();
      });
      for (const event of ['end', 'close', 'error']) request.once(event, stop);
      request.resume();
    });
  }
}

/** What a browser remembers for all ports of a name: not said for the names of the machine itself. Source: RFC 6797. */
const OF_NAMES = { 'Strict-Transport-Security': 'max-age=31536000' };
/** Of answers to programs: requests of browsers say what they are, and do not go the short way. */
const PLAIN = { 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-cache' };
const COMMON = {
  Server: 'VMkernel',
  ...PLAIN,
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy': FILE_POLICY,
};
const COMMON_OF_NAMES = { ...COMMON, ...OF_NAMES };
const PLAIN_OF_NAMES = { ...PLAIN, ...OF_NAMES };

/** The headers of all answers. */
export function commonHeaders(host: string): Readonly<Record<string, string>> {
  return LOOPBACK_NAMES.test(host) ? COMMON : COMMON_OF_NAMES;
}

/** Those of answers that go the short way: each is read by who waits. */
export function laneHeaders(host: string): Readonly<Record<string, string>> {
  return LOOPBACK_NAMES.test(host) ? PLAIN : PLAIN_OF_NAMES;
}

/** What the pieces of an answer are written to. */
interface Sink {
  write(piece: Buffer, written: (error?: Error | null) => void): unknown;
}

/** The other end works on what it has while the next piece is encrypted. */
export async function writeSlices(sink: Sink, socket: Socket, bytes: Buffer): Promise<void> {
  const closed = Promise.withResolvers<void>();
  const close = () => closed.resolve();
  socket.once('close', close);
  for (let at = 0; at < bytes.length && !socket.destroyed; at += SLICE_BYTES) {
    const slice = bytes.subarray(at, at + SLICE_BYTES);
    await Promise.race([new Promise<unknown>((resolve) => sink.write(slice, resolve)), closed.promise]);
  }
  socket.off('close', close);
}
