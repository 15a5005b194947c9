/** The socket that gdb connects to: one gdb at a time. */
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { HostError } from '#lib';
import { GdbSession, type MachineTarget } from '#vmm';

export class GdbServer {
  readonly #target: MachineTarget;
  readonly #wake: () => void;
  readonly #server: Server;
  #socket: Socket | undefined;

  /** @param wake - the target may have something to do now */
  constructor(target: MachineTarget, wake: () => void) {
    this.#target = target;
    this.#wake = wake;
    this.#server = createServer({ noDelay: true }, (socket) => this.#connected(socket));
  }

  /** @returns where it listens. @throws HostError `host-limit` */
  listen(host: string, port: number): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', ({ message: reason }) =>
        reject(new HostError('host-limit', { what: `port ${port} for gdb`, reason })),
      );
      this.#server.listen(port, host, () => {
        const { address, port: taken, family } = this.#server.address() as AddressInfo;
        resolve(`${family === 'IPv6' ? `[${address}]` : address}:${taken}`);
      });
    });
  }

  get isConnected(): boolean {
    return this.#socket !== undefined;
  }

  close(): void {
    this.#server.close();
    this.#socket?.destroySoon();
  }

  #connected(socket: Socket): void {
    if (this.#socket !== undefined) {
      socket.destroy();
      return;
    }
    this.#socket = socket;
    const session = new GdbSession(this.#target, (bytes) => socket.write(bytes));
    this.#target.halt();
    this.#target.onStop = (reason) => session.stopped(reason);
    socket.on('data', (bytes: Buffer) => {
      session.push(bytes);
      this.#wake();
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      this.#socket = undefined;
      this.#target.onStop = () => {};
      this.#target.detach();
      this.#wake();
    });
  }
}
