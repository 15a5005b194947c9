/** The host's own network, as a NAT needs it: Node's sockets. */
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { getServers, lookup } from 'node:dns';
import { createServer, type Server, Socket, type SocketConstructorOpts } from 'node:net';
import { HostError } from '#lib';
import type {
  Outside,
  OutsideDatagramEvents,
  OutsideDatagrams,
  OutsideEndpoint,
  OutsideFailure,
  OutsideStream,
  OutsideStreamEvents,
} from '#net';
import { openPings } from './ping-socket.ts';

/** Bytes of a connection that wait for the host's kernel before the guest has to wait. */
const STREAM_BYTES = 2 ** 20;
const DATAGRAM_BUFFER_BYTES = 2 ** 21;
const DNS_PORT = 53;
/** A duplex stream's option too, which the types of sockets leave out. */
const SOCKET_OPTIONS = { allowHalfOpen: true, writableHighWaterMark: STREAM_BYTES } as SocketConstructorOpts;

// biome-ignore format: a table reads in columns
const FAILURES: Readonly<Record<string, OutsideFailure>> = {
  ECONNREFUSED: 'refused', ETIMEDOUT: 'timed out', EHOSTUNREACH: 'unreachable', ENETUNREACH: 'unreachable', EHOSTDOWN: 'unreachable',
  EADDRNOTAVAIL: 'unreachable', EACCES: 'unreachable', EPERM: 'unreachable', EINVAL: 'unreachable',
};

export function nodeOutside(): Outside & { close(): void } {
  const pings = openPings();
  return {
    connect(to, events) {
      const socket = new Socket(SOCKET_OPTIONS);
      const stream = streamOf(socket, events);
      socket.setNoDelay(true);
      socket.connect(to.port, to.address);
      return stream;
    },
    openDatagrams: (events) => datagramsOf(createSocket('udp4'), events),
    listen,
    bindDatagrams,
    resolvers: () => getServers().map(endpointOf),
    lookup(name, done) {
      lookup(name, { family: 4, all: true }, (error, addresses) => {
        if (error === null) return done(addresses.map(({ address }) => address));

        done(undefined);
      });
    },
    echo: pings && ((target, data, timeoutMs, done) => pings.echo(target, data, timeoutMs, done)),
    close: () => pings?.close(),
  };
}

function streamOf(socket: Socket, events: OutsideStreamEvents): OutsideStream {
  let failure: OutsideFailure | undefined;
  socket.on('connect', () => events.connected?.());
  socket.on('data', (bytes: Buffer) => events.data(bytes));
  socket.on('drain', () => events.drained());
  socket.on('end', () => events.ended());
  socket.on('error', (error: NodeJS.ErrnoException) => {
    failure = FAILURES[error.code ?? ''] ?? 'reset';
  });
  socket.on('close', () => events.closed(failure));
  return {
    write: (bytes) => socket.write(bytes),
    end: () => void socket.end(),
    reset: () => void socket.resetAndDestroy(),
    pause: () => void socket.pause(),
    resume: () => void socket.resume(),
  };
}

function datagramsOf(socket: UdpSocket, events: OutsideDatagramEvents): OutsideDatagrams {
  // Errors of single datagrams are losses, as on any network.
  socket.on('error', () => {});
  socket.on('message', (bytes, { address, port }) => events.received(bytes, { address, port }));
  return {
    send: (bytes, { address, port }) => socket.send(bytes, port, address, () => {}),
    close: () => closeQuietly(socket),
  };
}

function closeQuietly(socket: UdpSocket): void {
  try {
    socket.close();
  } catch {
    // It is closed already.
  }
}

function listen(
  at: OutsideEndpoint,
  onStream: (stream: OutsideStream, hear: (events: OutsideStreamEvents) => void) => void,
): Promise<{ readonly port: number; close(): void }> {
  const sockets = new Set<Socket>();
  const options = { allowHalfOpen: true, pauseOnConnect: true, noDelay: true, highWaterMark: STREAM_BYTES };
  const server = createServer(options, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    let events: OutsideStreamEvents | undefined;
    const heard: OutsideStreamEvents = {
      data: (bytes) => events?.data(bytes),
      drained: () => events?.drained(),
      ended: () => events?.ended(),
      closed: (reason) => events?.closed(reason),
    };
    onStream(streamOf(socket, heard), (given) => {
      events = given;
      socket.resume();
    });
  });
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(portUnavailable(at, error)));
    server.listen(at.port, at.address, () => {
      server.removeAllListeners('error').on('error', () => {});
      resolve({ port: portOf(server), close: () => closeServer(server, sockets) });
    });
  });
}

function closeServer(server: Server, sockets: ReadonlySet<Socket>): void {
  server.close();
  for (const socket of sockets) socket.destroy();
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function bindDatagrams(
  at: OutsideEndpoint,
  events: OutsideDatagramEvents,
): Promise<OutsideDatagrams & { readonly port: number }> {
  const socket = createSocket('udp4');
  return new Promise((resolve, reject) => {
    socket.once('error', (error) => {
      closeQuietly(socket);
      reject(portUnavailable(at, error));
    });
    socket.bind({ port: at.port, address: at.address, exclusive: true }, () => {
      socket.removeAllListeners('error');
      enlarge(socket);
      resolve({ ...datagramsOf(socket, events), port: socket.address().port });
    });
  });
}

/** A burst should find room; the system may allow less. */
function enlarge(socket: UdpSocket): void {
  try {
    socket.setRecvBufferSize(DATAGRAM_BUFFER_BYTES);
    socket.setSendBufferSize(DATAGRAM_BUFFER_BYTES);
  } catch {
    // What there is has to do.
  }
}

function portUnavailable({ address, port }: OutsideEndpoint, error: Error): HostError {
  const reason = 'code' in error && error.code === 'EADDRINUSE' ? 'the port is in use' : error.message;
  return new HostError('port-unavailable', { address, port, reason });
}

/** `1.2.3.4`, `1.2.3.4:5353`, `[::1]:53`, `::1`. */
function endpointOf(text: string): OutsideEndpoint {
  const match = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(text);
  if (match === null) return { address: text, port: DNS_PORT };
  return { address: match[1] ?? match[2] ?? text, port: Number(match[3] ?? DNS_PORT) };
}
