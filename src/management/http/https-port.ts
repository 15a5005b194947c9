/** The HTTPS port of a host: one listener, everything that is reached by HTTP behind it. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import { type Clock, HostError, type Logger } from '#lib';
import type { Access, Certificates, Datastores, Every, FileTree, MayConnect, PemPair } from './backends.ts';
import { Dispatcher } from './dispatcher.ts';
import { folderRoutes } from './folder-requests.ts';
import { guard } from './front-door.ts';
import { hostRoutes } from './host-requests.ts';
import { HTTP_LIMITS, type HttpLimits } from './limits.ts';
import { PostLane } from './post-lane.ts';
import type { Route } from './routes.ts';
import type { TransferTools } from './send-file.ts';
import { TransferBuffers } from './transfer-buffers.ts';
import { welcomeRoute } from './welcome.ts';
import type { AnswerWhole } from './whole-request.ts';

export interface HttpsPortOptions {
  /** The address to listen on, such as `127.0.0.1`, `::` or `0.0.0.0`. */
  readonly address: string;
  /** 0 for one that the system chooses. */
  readonly port: number;
  readonly certificates: Certificates;
  readonly access: Access;
  readonly mayConnect: MayConnect;
  readonly datastores: Datastores;
  /** The root file system in memory. */
  readonly root: FileTree;
  /** Its /tmp: a tree of its own, in which links do not lead on. */
  readonly staging: FileTree;
  readonly clock: Clock;
  readonly every: Every;
  readonly logger: Logger;
  /** Told the name of a file of /host that was put. */
  readonly configurationChanged?: (name: string) => void;
  /** What the first page says above all; empty for nothing. */
  readonly welcome?: () => string;
  /** Further routes, asked before the port's own: `/sdk`, `/ui`, `/`, `/downloads/*`, `/nfc/*`, `/screen`. */
  readonly routes?: readonly Route[];
  /** Takes requests for another protocol over the same connection; absent: there are none. */
  readonly upgrade?: {
    takes(request: IncomingMessage): boolean;
    handle(request: IncomingMessage, socket: Duplex): void;
  };
  readonly limits?: HttpLimits;
}

/** Authenticated encryption with forward secrecy only; AES-128 first, which is the fastest and strong enough. */
const CIPHERS = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
].join(':');

/** What a request gets that the parser refuses, by its reason. */
// biome-ignore format: a table reads in columns
const PARSER_ANSWERS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW:      '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

export class HttpsPort {
  readonly #options: HttpsPortOptions;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #endWatch: (() => void) | undefined;

  constructor(options: HttpsPortOptions) {
    this.#options = options;
    const limits = options.limits ?? HTTP_LIMITS;
    const tools: TransferTools = { buffers: new TransferBuffers(limits), every: options.every, limits };
    const { access, datastores, root, staging, certificates, logger, clock, mayConnect } = options;
    const changed = options.configurationChanged ?? (() => {});
    const routes = [
      ...(options.routes ?? []),
      ...folderRoutes({ datastores, access, tools }),
      ...hostRoutes({ root, staging, certificates, access, tools, changed }),
      welcomeRoute(options.welcome ?? (() => '')),
    ];
    const dispatcher = new Dispatcher({ routes, access, limits, logger, clock });
    const { upgrade } = options;
    this.#server = createServer({
      ...serverOptions(certificates.current, limits),
      // Who asks for what there is not gets an answer, as if it had not asked.
      shouldUpgradeCallback: (request: IncomingMessage) => upgrade?.takes(request) ?? false,
    });
    this.#server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      if (head.length > 0) socket.unshift(head);
      upgrade?.handle(request, socket);
    });
    this.#server.maxConnections = limits.connections;
    this.#server.maxHeadersCount = limits.headerCount;
    const handle = (expects: boolean) => (request: IncomingMessage, response: ServerResponse) => {
      // A client that goes away makes noise at both; the handler finds out by itself.
      request.on('error', () => {});
      response.on('error', () => {});
      void dispatcher.handle(request, response, expects);
    };
    this.#server.on('request', handle(false));
    this.#server.on('checkContinue', handle(true));
    this.#server.on('checkExpectation', (_request, response) => void response.writeHead(417).end());
    this.#server.on('clientError', refuseUnparsed);
    this.#server.on('tlsClientError', (error, socket) => {
      logger.debug(`${socket.remoteAddress ?? '-'}: no TLS connection: ${error.message}`);
      socket.destroy();
    });
    guard(this.#server, { mayConnect, limits, logger });
    this.#openLane(new PostLane({ answers: wholeAnswers(routes), limits, logger, clock }));
    this.#server.prependListener('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  /** In front of Node's HTTP. */
  #openLane(lane: PostLane): void {
    const server = this.#server;
    const inner = server.listeners('secureConnection') as ((socket: TLSSocket) => void)[];
    server.removeAllListeners('secureConnection');
    server.on('secureConnection', (socket) => {
      lane.take(socket, () => {
        for (const listener of inner) listener.call(server, socket);
      });
    });
  }

  /** Begins to listen, and returns where. Throws HostError `port-unavailable`. */
  async listen(): Promise<AddressInfo> {
    const { address, port, certificates, logger } = this.#options;
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ host: address, port }, resolve);
    }).catch((cause: NodeJS.ErrnoException) => {
      throw new HostError('port-unavailable', { address, port, reason: cause.message }, { cause });
    });
    this.#server.removeAllListeners('error');
    this.#server.on('error', (error) => logger.error(`the HTTPS port: ${error.message}`));
    this.#endWatch = certificates.onChange((pair) => this.#server.setSecureContext(contextOf(pair)));
    const bound = this.#server.address() as AddressInfo;
    logger.info(`HTTPS listens on ${bound.address} port ${bound.port}`);
    return bound;
  }

  /** Takes no more connections, and ends those there are. */
  async close(): Promise<void> {
    this.#endWatch?.();
    const closed = new Promise<void>((resolve) => void this.#server.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    this.#server.closeAllConnections();
    await closed;
  }
}

function wholeAnswers(routes: readonly Route[]): ReadonlyMap<string, AnswerWhole> {
  return new Map(routes.flatMap(({ path, whole }) => (whole === undefined ? [] : [[path, whole] as const])));
}

function contextOf({ certificatePem, keyPem }: PemPair) {
  return { cert: certificatePem, key: keyPem, ...TLS };
}

const TLS = {
  minVersion: 'TLSv1.2',
  maxVersion: 'TLSv1.3',
  ciphers: CIPHERS,
  honorCipherOrder: true,
} as const;

function serverOptions(pair: PemPair, limits: HttpLimits) {
  return {
    ...contextOf(pair),
    ALPNProtocols: ['http/1.1'],
    handshakeTimeout: limits.handshakeMs,
    headersTimeout: limits.headerMs,
    // A large file takes as long as it takes; each transfer has its own watch.
    requestTimeout: 0,
    keepAliveTimeout: limits.keepAliveMs,
    connectionsCheckingInterval: Math.max(100, limits.headerMs / 4),
    maxHeaderSize: limits.headerBytes,
    requireHostHeader: true,
    noDelay: true,
  };
}

function refuseUnparsed(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const status = PARSER_ANSWERS[error.code ?? ''] ?? '400 Bad Request';
  const text = `${status}\n`;
  const head = `HTTP/1.1 ${status}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${text.length}`;
  socket.end(`${head}\r\nConnection: close\r\n\r\n${text}`, () => socket.destroy());
}
