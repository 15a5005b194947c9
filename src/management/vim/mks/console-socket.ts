/** `wss://HOST/ticket/TICKET`: the console of a VM as a screen, for who has a ticket. */
import type { IncomingMessage } from 'node:http';
import { Duplex } from 'node:stream';
import type { VimService } from '../service.ts';
import type { VmObject } from '../vm/vm-object.ts';
import { RemoteScreen } from './remote-screen.ts';
import { acceptHead, WebSocket, webSocketKey } from './web-socket.ts';

const PATH = /^\/ticket\/([0-9a-f]{32})$/;
/** What viewers call a stream of bytes. */
const PROTOCOL = 'binary';

/** Answers a request for a console, and serves it until one of both ends. */
export async function serveConsole(
  service: () => Promise<VimService>,
  request: IncomingMessage,
  socket: Duplex,
): Promise<void> {
  socket.on('error', () => socket.destroy());
  const key = webSocketKey(request);
  if (key === undefined) return refuse(socket, '400 Bad Request');
  const vim = await service();
  const ticket = PATH.exec(request.url ?? '')?.[1] ?? '';
  const id = vim.consoleTickets.take(ticket);
  const found = id === undefined ? undefined : vim.objects.get(id);
  if (found?.kind.name !== 'VirtualMachine') return refuse(socket, '403 Forbidden');
  const { vm } = found.self as VmObject;
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  socket.write(acceptHead(key, offered.includes(PROTOCOL) ? PROTOCOL : undefined));
  const web = new WebSocket(socket, {
    // Nothing comes in this turn, and both are there in the next one.
    received: (bytes) => screen.received(bytes),
    closed: () => void stream.destroy(),
  });
  const stream = new Duplex({
    read: () => {},
    write(bytes: Uint8Array, _encoding, done) {
      screen.output(bytes);
      done();
    },
    final(done) {
      web.close();
      done();
    },
  });
  const screen = new RemoteScreen(
    vm.name,
    {
      send: (bytes) => web.send(bytes),
      get waitingBytes() {
        return web.waitingBytes;
      },
      refuse: (reason) => {
        vim.host.logger.info(`console of ${vm.name}: a viewer is refused: ${reason}`);
        web.close();
      },
    },
    (text) => stream.push(Buffer.from(text)),
  );
  socket.on('drain', () => screen.update());
  vm.console.join(stream);
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
