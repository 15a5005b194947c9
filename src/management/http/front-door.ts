/** What happens to a connection before TLS: the firewall, and an answer in plain words to who speaks plain HTTP. */
import type { Server, Socket } from 'node:net';
import type { Logger } from '#lib';
import type { MayConnect } from './backends.ts';
import type { HttpLimits } from './limits.ts';

export interface FrontDoorOptions {
  readonly mayConnect: MayConnect;
  readonly limits: Pick<HttpLimits, 'handshakeMs' | 'headerBytes'>;
  readonly logger: Logger;
}

type Accept = (socket: Socket) => void;

/** The first byte of a TLS connection. Source: RFC 8446 §5.1, content type handshake. */
const TLS_HANDSHAKE = 0x16;
const READING = /^(?:GET|HEAD) (\/[\x21-\x7e]*) HTTP\/1\.[01]\r?$/m;
const HOST = /^host:[ \t]*([\w.:[\]-]+)[ \t]*\r?$/im;
const ANY_REQUEST = /^[A-Z]{3,12} \S+ HTTP\//;

/** Stands in front of the listeners that a TLS server has for new connections. */
export function guard(server: Server, options: FrontDoorOptions): void {
  const inner = server.listeners('connection') as Accept[];
  server.removeAllListeners('connection');
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    if (!options.mayConnect(address)) {
      options.logger.debug(`the firewall refused ${address}`);
      socket.destroy();
      return;
    }
    socket.on('error', () => socket.destroy());
    listenFirst(socket, options, () => {
      for (const listener of inner) listener.call(server, socket);
    });
  });
}

/** Looks at the first bytes and puts them back. */
function listenFirst(socket: Socket, { limits }: FrontDoorOptions, goOn: () => void): void {
  const tooSlow = () => socket.destroy();
  socket.setTimeout(limits.handshakeMs, tooSlow);
  socket.once('readable', () => {
    const first = socket.read() as Buffer | null;
    socket.setTimeout(0, tooSlow);
    socket.off('timeout', tooSlow);
    if (first === null) {
      socket.destroy();
    } else if (first[0] === TLS_HANDSHAKE) {
      socket.unshift(first);
      goOn();
    } else {
      answerPlain(socket, first.subarray(0, limits.headerBytes).toString('latin1'));
    }
  });
}

/** Who reads is sent to the right place; nothing is ever taken or told in the clear. */
function answerPlain(socket: Socket, request: string): void {
  if (!ANY_REQUEST.test(request)) return void socket.destroy();
  const text = 'This port speaks HTTPS only.\n';
  const path = READING.exec(request)?.[1];
  const host = HOST.exec(request)?.[1];
  const isReader = path !== undefined && host !== undefined;
  const head = [
    isReader ? 'HTTP/1.1 301 Moved Permanently' : 'HTTP/1.1 400 Bad Request',
    ...(isReader ? [`Location: https://${host}${path}`] : []),
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${text.length}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${request.startsWith('HEAD') ? '' : text}`, () => socket.destroy());
}
