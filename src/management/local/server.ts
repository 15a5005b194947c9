/**
 * The local API: HTTP over a socket of the file system that its owner alone may open.
 * `POST /call/NAME` with a JSON object answers `{"result":…}` or `{"error":{"code","message","exitStatus"}}`;
 * `POST /sdk` is a SOAP request of the VIM API, in root's name;
 * `GET /console/VM` with `Upgrade: console` is the VM's console, byte for byte.
 */
import { once } from 'node:events';
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { EXIT_STATUS, HostError, usageError } from '#lib';
import type { Calls } from './call.ts';
import { type CallError, callError } from './call-error.ts';

/** Larger request bodies are refused. */
const MAX_BODY_BYTES = 2 ** 20;
const OWNER_ONLY = 0o600;

export interface SoapRequest {
  readonly document: string;
  readonly soapAction: string | undefined;
  /** Ends when the client goes away, or the server ends. */
  readonly gone: AbortSignal;
}

/** What the server serves. */
export interface LocalService<C> {
  readonly calls: Calls<C>;
  readonly context: C;
  /** Finds a VM's console; what comes back joins a stream to it. @throws HostError */
  findConsole(vm: string): (stream: Duplex) => void;
  /** Answers a SOAP request; absent where there is no VIM API. */
  soap?(request: SoapRequest): Promise<{ readonly isFault: boolean; readonly body: string }>;
  /** Does the work of a call: in its user's name. */
  around?<T>(work: () => T): T;
  /** Hears of what goes wrong inside: our own mistakes. */
  report(line: string): void;
}

export class LocalServer<C> {
  readonly #service: LocalService<C>;
  readonly #server: Server;
  readonly #consoles = new Set<Duplex>();
  readonly #end = new AbortController();
  readonly #underWay = new Set<Promise<void>>();

  constructor(service: LocalService<C>) {
    this.#service = service;
    this.#server = createServer((request, response) => {
      const served = this.#serve(request, response).finally(() => this.#underWay.delete(served));
      this.#underWay.add(served);
    });
    this.#server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
  }

  /** Listens at `path`, which only the owner may open. @throws HostError `file-io` */
  async listen(path: string): Promise<void> {
    rmSync(path, { force: true });
    const mask = process.umask(0o177);
    this.#server.listen(path);
    process.umask(mask);
    try {
      await once(this.#server, 'listening');
      chmodSync(path, OWNER_ONLY);
    } catch (cause) {
      const reason = (cause as Error).message;
      throw new HostError('file-io', { action: 'listen at', what: 'socket', path, reason }, { cause });
    }
  }

  /** Takes no more calls, answers those under way, then ends all connections. */
  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#end.abort();
    this.#server.close();
    for (const socket of this.#consoles) socket.destroy();
    await Promise.all(this.#underWay);
    this.#server.closeAllConnections();
    await closed;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      if (request.method === 'POST' && request.url === '/sdk' && this.#service.soap !== undefined)
        return await this.#soap(request, response);
      const name = callName(request);
      const call = Object.hasOwn(this.#service.calls, name) ? this.#service.calls[name] : undefined;
      if (call === undefined) throw usageError(`there is no call "${name}"`);
      const given = await jsonBody(request);
      const work = () => call.invoke(name, this.#service.context, given);
      const result = await (this.#service.around?.(work) ?? work());
      await answer(response, 200, { result: result ?? null });
    } catch (error) {
      const told = this.#told(error);
      await answer(response, told.exitStatus === EXIT_STATUS.usage ? 400 : 500, { error: told });
    }
  }

  async #soap(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const action = request.headers['soapaction'];
    const answered = await this.#service.soap?.({
      document: (await wholeBody(request)).toString(),
      soapAction: Array.isArray(action) ? action[0] : action,
      gone: AbortSignal.any([gone.signal, this.#end.signal]),
    });
    if (response.destroyed) return;
    response.writeHead(answered?.isFault === false ? 200 : 500, {
      'content-type': 'text/xml; charset=utf-8',
    });
    response.end(answered?.body);
    if (!response.writableFinished) await once(response, 'close');
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#consoles.add(socket);
    socket.on('close', () => this.#consoles.delete(socket));
    socket.on('error', () => socket.destroy());
    try {
      const [, vm] = /^\/console\/([^/?]+)$/.exec(request.url ?? '') ?? [];
      if (vm === undefined) throw usageError(`there is no console at ${request.url}`);
      if (head.length > 0) socket.unshift(head);
      const join = this.#service.findConsole(decodeURIComponent(vm));
      socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: console\r\n\r\n');
      join(socket);
    } catch (error) {
      const body = JSON.stringify({ error: this.#told(error) });
      const head = `HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: ${Buffer.byteLength(body)}`;
      socket.end(`${head}\r\n\r\n${body}`);
    }
  }

  #told(error: unknown): CallError {
    return callError(error, (line) => this.#service.report(line));
  }
}

function callName({ method, url }: IncomingMessage): string {
  const [, name] = /^\/call\/([\w.-]+)$/.exec(url ?? '') ?? [];
  if (method === 'POST' && name !== undefined) return name;
  throw usageError(`${method} ${url} is no call: POST /call/NAME`);
}

async function wholeBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw usageError('the arguments are longer than 1 MiB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function jsonBody(request: IncomingMessage): Promise<unknown> {
  const text = (await wholeBody(request)).toString('utf8');
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new HostError(
      'usage',
      { reason: `the arguments are no JSON: ${(cause as Error).message}` },
      { cause },
    );
  }
}

/** Resolves when the answer is on its way, or nobody wants it any more. */
async function answer(response: ServerResponse, status: number, body: unknown): Promise<void> {
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
  response.end(JSON.stringify(body));
  if (!response.writableFinished && !response.destroyed) await once(response, 'close');
}
