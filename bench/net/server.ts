/** The host's side of the network benchmark: a server on the loopback that counts, sends, or sends back. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

const CHUNK = Buffer.alloc(2 ** 18);

export interface BenchServer {
  readonly port: number;
  close(): void;
}

export async function startServer(): Promise<BenchServer> {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
    // The first byte says what is wanted.
    socket.once('data', (first: Buffer) => {
      const kind = String.fromCharCode(first[0] as number);
      if (kind === 's') count(socket, first.length - 1);
      else if (kind === 'r') send(socket);
      else if (kind === 'e') sendBack(socket, first.subarray(1));
      else socket.end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** What came with the first byte goes back too. */
function sendBack(socket: Socket, first: Buffer): void {
  if (first.length > 0) socket.write(first);
  socket.pipe(socket);
}

/** Answers with how many bytes came, as 64 bits. */
function count(socket: Socket, first: number): void {
  let total = first;
  socket.on('data', (bytes: Buffer) => (total += bytes.length));
  socket.on('end', () => {
    const answer = Buffer.alloc(8);
    answer.writeBigUInt64LE(BigInt(total));
    socket.end(answer);
  });
}

function send(socket: Socket): void {
  const more = (): void => {
    while (!socket.destroyed && socket.write(CHUNK));
  };
  socket
    .on('drain', more)
    .on('end', () => socket.destroy())
    .resume();
  more();
}
