/** How a client of the API reaches a host: HTTPS with a certificate that is known by its fingerprint. */
import { request } from 'node:http';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { connect, type TLSSocket } from 'node:tls';
import { HostError, usageError } from '#lib';
import { bothWays } from '../../local/both-ways.ts';

export interface Reply {
  readonly status: number;
  readonly text: string;
  readonly cookies: readonly string[];
}

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Both directions of one request: what is written is its body, what is read is its answer. */
export interface OpenReply {
  readonly status: number;
  readonly stream: Duplex;
}

export interface Transport {
  /** @throws HostError `host-absent` */
  send(request: Request): Promise<Reply>;
  /** Begins a request whose body follows while it is answered. @throws HostError `host-absent` */
  open(request: Omit<Request, 'body'>): Promise<OpenReply>;
  /** Sends a body as it comes, until `stop`. @throws HostError `host-absent`, and those of the body */
  upload(request: Omit<Request, 'body'>, body: AsyncIterable<Uint8Array>, stop: AbortSignal): Promise<Reply>;
}

export interface HttpsTarget {
  readonly host: string;
  readonly port: number;
  /** SHA-256 of the certificate, as `AB:CD:…`; who has another one is not talked to. Undefined: whoever is there. */
  readonly fingerprint: string | undefined;
  /** Told the fingerprint before anything is sent. */
  readonly seen?: (fingerprint: string) => void;
}

const CONNECT_MS = 20_000;
const HTTPS_PORT = 443;

/** `https://host[:port]`, with or without `/sdk`; `host[:port]` too. @throws HostError `usage` */
export function parseHostUrl(given: string): { host: string; port: number } {
  const text = given.includes('://') ? given : `https://${given}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isOurs =
    url?.protocol === 'https:' && ['/', '/sdk', '/sdk/'].includes(url.pathname) && url.username === '';
  if (url === undefined || !isOurs)
    throw usageError(`"${given}" is no address of a host, such as https://10.0.0.5:8443`);
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? HTTPS_PORT : Number(url.port),
  };
}

export function httpsTransport(target: HttpsTarget): Transport {
  return {
    async send({ method, path, headers, body }) {
      const socket = await open(target);
      try {
        const length = String(Buffer.byteLength(body));
        const asked = { method, path, headers: { ...headers, 'content-length': length } };
        return await exchange(socket, target, asked, body);
      } finally {
        socket.destroy();
      }
    },
    open: async (asked) => await begin(await open(target), target, asked),
    async upload(asked, body, stop) {
      const socket = await open(target);
      const cut = () => void socket.destroy();
      stop.addEventListener('abort', cut);
      try {
        stop.throwIfAborted();
        return await exchange(socket, target, asked, body);
      } finally {
        stop.removeEventListener('abort', cut);
        socket.destroy();
      }
    },
  };
}

function begin(
  socket: TLSSocket,
  { host, port }: HttpsTarget,
  { method, path, headers }: Omit<Request, 'body'>,
): Promise<OpenReply> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        ...{ host, port, method, path, createConnection: () => socket },
        headers: { ...headers, connection: 'close' },
      },
      (response) =>
        resolve({
          status: response.statusCode ?? 0,
          stream: bothWays(response, sent),
        }),
    );
    sent.on('error', (cause) =>
      reject(new HostError('host-absent', { path: `${host}:${port}`, reason: cause.message }, { cause })),
    );
    sent.flushHeaders();
  });
}

/** The certificate is looked at before anything is said. */
function open({ host, port, fingerprint, seen }: HttpsTarget): Promise<TLSSocket> {
  const where = `${host}:${port}`;
  return new Promise((resolve, reject) => {
    const refuse = (reason: string) => {
      socket.destroy();
      reject(new HostError('host-absent', { path: where, reason }));
    };
    const socket = connect({
      host,
      port,
      rejectUnauthorized: false,
      ALPNProtocols: ['http/1.1'],
      timeout: CONNECT_MS,
    });
    socket.once('timeout', () => refuse('it does not answer'));
    socket.once('error', (error: NodeJS.ErrnoException) =>
      refuse(error.code === 'ECONNREFUSED' ? 'nothing listens there' : error.message),
    );
    socket.once('secureConnect', () => {
      const found = socket.getPeerCertificate().fingerprint256;
      if (fingerprint !== undefined && found !== fingerprint)
        return refuse(`its certificate is another one than at the login (${found})`);
      seen?.(found);
      socket.setTimeout(0);
      resolve(socket);
    });
  });
}

function exchange(
  socket: TLSSocket,
  { host, port }: HttpsTarget,
  { method, path, headers }: Omit<Request, 'body'>,
  body: string | AsyncIterable<Uint8Array>,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    let isAnswered = false;
    const absent = (cause: Error) =>
      reject(
        cause instanceof HostError
          ? cause
          : new HostError('host-absent', { path: `${host}:${port}`, reason: cause.message }, { cause }),
      );
    // Who is answered before all of the body went has been refused, and is told why.
    const broken = (cause: Error) => {
      if (!isAnswered) absent(cause);
    };
    const sent = request(
      {
        ...{ host, port, method, path, createConnection: () => socket },
        headers: { ...headers, connection: 'close' },
      },
      (response) => {
        isAnswered = true;
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('error', absent);
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, text, cookies: response.headers['set-cookie'] ?? [] }),
        );
      },
    );
    sent.on('error', broken);
    if (typeof body === 'string') sent.end(body);
    else pipeline(body, sent).catch(broken);
  });
}
