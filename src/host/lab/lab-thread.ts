/** The main thread's side of a lab: starts it, carries bytes and frames both ways, tells how the run ended. */
import { Worker } from 'node:worker_threads';
import type { Button } from '#devices';
import { HostError } from '#lib';
import { receivedError } from '../sent-error.ts';
import type { SavedSnapshot } from '../snapshot-write.ts';
import type { FromLab, LabEnd, LabRun, SentFrame, ToLab } from './messages.ts';

/** Who hears what a machine in a lab says. */
export interface LabListener {
  /** Resolves when more may come. */
  output(bytes: Uint8Array): void | Promise<void>;
  line(text: string): void;
  frame?(frame: SentFrame): void;
  reception?(reception: Extract<FromLab, { kind: 'reception' }>): void;
}

export class LabThread {
  /** Resolves when it can be run, to where gdb may connect. Rejects when it cannot. */
  readonly ready: Promise<string | undefined>;
  /** Resolves when it has ended and all output was taken. Rejects with a HostError: a replay that differs, a file that fails. */
  readonly ended: Promise<LabEnd>;
  readonly #worker = new Worker(new URL('./lab-worker.ts', import.meta.url));
  readonly #listener: LabListener;
  readonly #ready = Promise.withResolvers<string | undefined>();
  readonly #ended = Promise.withResolvers<LabEnd>();
  /** Presses that are not answered yet, in their order. */
  readonly #presses: PromiseWithResolvers<boolean>[] = [];
  #saving: PromiseWithResolvers<SavedSnapshot> | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(config: LabRun, listener: LabListener) {
    this.#listener = listener;
    this.ready = this.#ready.promise;
    this.ended = this.#ended.promise.finally(() => void this.#worker.terminate());
    // Whoever waits for one of them hears of it.
    this.ready.catch(() => undefined);
    this.ended.catch(() => undefined);
    this.#worker.on('message', (message: FromLab) => this.#take(message));
    this.#worker.on('error', (error) => this.#fail(error));
    this.#worker.on('exit', () =>
      this.#fail(new HostError('host-limit', { what: 'a lab', reason: 'its thread died' })),
    );
    this.tell({ kind: 'start', config });
  }

  tell(message: ToLab): void {
    this.#worker.postMessage(message);
  }

  /** Writes the machine's state to a file. Preconditions: held. @throws HostError */
  save(path: string): Promise<SavedSnapshot> {
    this.#saving = Promise.withResolvers();
    this.tell({ kind: 'save', path });
    return this.#saving.promise;
  }

  /** Presses a button. @returns whether the guest has a driver that takes it; of a machine that ends meanwhile: not */
  press(button: Button): Promise<boolean> {
    const press = Promise.withResolvers<boolean>();
    this.#presses.push(press);
    this.tell({ kind: 'press', button });
    const ended = this.ended.then(
      () => false,
      () => false,
    );
    return Promise.race([press.promise, ended]);
  }

  #take(message: FromLab): void {
    switch (message.kind) {
      case 'ready':
        return this.#ready.resolve(message.gdb);
      case 'output':
        this.#writing = this.#writing.then(() => this.#show(message.bytes));
        return;
      case 'line':
        return this.#listener.line(message.text);
      case 'frame':
        return this.#listener.frame?.(message.frame);
      case 'reception':
        return this.#listener.reception?.(message);
      case 'pressed':
        return this.#presses.shift()?.resolve(message.isTaken);
      case 'saved':
        return this.#saving?.resolve(message.saved);
      case 'not-saved':
        return this.#saving?.reject(receivedError(message.error));
      case 'end':
        void this.#writing.then(() => this.#ended.resolve(message.end));
        return;
      case 'error':
        void this.#writing.then(() => this.#fail(receivedError(message.error)));
    }
  }

  async #show(bytes: Uint8Array): Promise<void> {
    await this.#listener.output(bytes);
    this.tell({ kind: 'shown', bytes: bytes.length });
  }

  #fail(error: unknown): void {
    this.#ready.reject(error);
    this.#saving?.reject(error);
    this.#ended.reject(error);
  }
}
