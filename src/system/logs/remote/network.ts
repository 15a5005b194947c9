/** What senders need of the network, and the real one: names, connections with TLS and its checks, datagrams. */
import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { strictComplaint } from './strict-x509.ts';
import type { LogTarget } from './target.ts';

/** How a server's certificate is looked at. */
export interface TlsChecks {
  readonly checkCertificate: boolean;
  readonly strict: boolean;
  /** PEM; undefined: the authorities that Node knows. */
  readonly authorities: string | undefined;
}

/** Where datagrams go out. */
export interface DatagramPort {
  send(bytes: Uint8Array): Promise<void>;
  close(): void;
}

export interface SyslogNetwork {
  /** The first address of a name; an address is itself. */
  resolve(host: string): Promise<string>;
  /** A connection that is open both ways, also when the other side has ended its own; TLS is checked. */
  connect(target: LogTarget, address: string, checks: TlsChecks, signal: AbortSignal): Promise<Duplex>;
  datagrams(address: string, port: number): Promise<DatagramPort>;
}

const CONNECT_MS_MAX = 20_000;
const KEEP_ALIVE_MS = 30_000;

/** The machine's own network. */
export const realNetwork: SyslogNetwork = {
  async resolve(host) {
    return isIP(host) ? host : (await lookup(host)).address;
  },
  async connect(target, address, checks, signal) {
    const socket = connectTcp({ host: address, port: target.port, allowHalfOpen: true, noDelay: true });
    socket.setKeepAlive(true, KEEP_ALIVE_MS);
    await opened(socket, 'connect', signal);
    return target.protocol === 'ssl' ? secured(socket, target, checks, signal) : socket;
  },
  async datagrams(address, port) {
    const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
    socket.on('error', () => {});
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.connect(port, address, () => {
        socket.off('error', reject);
        resolve();
      });
    });
    return {
      send: (bytes) =>
        new Promise((resolve, reject) => socket.send(bytes, (error) => (error ? reject(error) : resolve()))),
      close: () => socket.close(),
    };
  },
};

async function secured(
  socket: Socket,
  target: LogTarget,
  checks: TlsChecks,
  signal: AbortSignal,
): Promise<TLSSocket> {
  const secure = connectTls({
    socket,
    ...(isIP(target.host) ? { host: target.host } : { servername: target.host, host: target.host }),
    rejectUnauthorized: checks.checkCertificate,
    minVersion: 'TLSv1.2',
    ...(checks.authorities === undefined ? {} : { ca: checks.authorities }),
  });
  await opened(secure, 'secureConnect', signal);
  const complaint = checks.checkCertificate && checks.strict ? strictComplaint(secure) : undefined;
  if (complaint === undefined) return secure;
  secure.destroy();
  throw new Error(`its certificate: ${complaint}`);
}

function opened(socket: Socket, event: 'connect' | 'secureConnect', signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (error: Error) => {
      settle();
      socket.on('error', () => {});
      socket.destroy();
      reject(error);
    };
    const tooLong = () => stop(new Error(`no answer in ${CONNECT_MS_MAX / 1000} s`));
    const aborted = () => stop(new Error('it is not wanted any more'));
    const closed = () => stop(new Error('the connection was closed'));
    const settle = () => {
      socket.setTimeout(0, tooLong);
      socket.off('error', stop).off('timeout', tooLong).off('close', closed).off(event, done);
      signal.removeEventListener('abort', aborted);
    };
    const done = () => {
      settle();
      resolve();
    };
    socket.on('error', stop).on('timeout', tooLong).on('close', closed).on(event, done);
    socket.setTimeout(CONNECT_MS_MAX);
    signal.addEventListener('abort', aborted);
    if (signal.aborted) aborted();
  });
}
