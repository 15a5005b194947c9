/** Echoes to the outside without privileges: Linux's ping sockets, where `net.ipv4.ping_group_range` lets us. Source: icmp(7). */
import { createSocket, type Socket } from 'node:dgram';
import { foreignFunctions } from '#storage';

export interface Pings {
  /** Sends an echo request; `done` gets the data that came back, or undefined when none did in time. */
  echo(
    target: string,
    data: Uint8Array,
    timeoutMs: number,
    done: (data: Uint8Array | undefined) => void,
  ): void;
  close(): void;
}

const AF_INET = 2;
const SOCK_DGRAM = 2;
const SOCK_NONBLOCK = 0o4000;
const SOCK_CLOEXEC = 0o2000000;
const IPPROTO_ICMP = 1;
const ECHO_REQUEST = 8;
const HEADER_BYTES = 8;

/** Undefined where the platform does not let us. */
export function openPings(): Pings | undefined {
  const socket = pingSocket();
  if (socket === undefined) return undefined;
  const waiting = new Map<number, (data: Uint8Array | undefined) => void>();
  let sequence = 0;
  socket.on('error', () => {});
  socket.on('message', (message) => {
    if (message.length < HEADER_BYTES || message[0] !== 0) return;
    waiting.get(message.readUInt16BE(6))?.(message.subarray(HEADER_BYTES));
  });
  return {
    echo(target, data, timeoutMs, done) {
      sequence = (sequence + 1) & 0xffff;
      const own = sequence;
      const message = Buffer.alloc(HEADER_BYTES + data.length);
      message[0] = ECHO_REQUEST;
      // The kernel fills in checksum and identifier.
      message.writeUInt16BE(own, 6);
      message.set(data, HEADER_BYTES);
      const settle = (answer: Uint8Array | undefined) => {
        if (!waiting.delete(own)) return;
        clearTimeout(timer);
        done(answer);
      };
      const timer = setTimeout(() => settle(undefined), timeoutMs).unref();
      waiting.get(own)?.(undefined);
      waiting.set(own, settle);
      // A ping socket takes any port but 0, and ignores it.
      socket.send(message, 1, target, (error) => error && settle(undefined));
    },
    close() {
      for (const settle of waiting.values()) settle(undefined);
      socket.close();
    },
  };
}

function pingSocket(): Socket | undefined {
  if (process.platform !== 'linux') return undefined;
  const { socket: open } = foreignFunctions().dlopen(null, {
    socket: { arguments: ['int32', 'int32', 'int32'], return: 'int32' },
  }).functions;
  const fd = open(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_ICMP);
  if (fd < 0) return undefined;
  const socket = createSocket('udp4').unref();
  socket.bind({ fd });
  return socket;
}
