/** The main thread's side of a run: starts the pCPU, carries console bytes both ways, tells how the run ended. */
import { Worker } from 'node:worker_threads';
import { HostError } from '#lib';
import type { RunConfig, RunResult, Terminal } from '#management';
import { ControlBlock } from './control-block.ts';
import type { PcpuMessage, PcpuStart, SentError } from './messages.ts';
import { formatStats } from './stats.ts';

/** When this process started, in milliseconds since 1970. */
const STARTED_MS = performance.timeOrigin;

/**
 * A host with one pCPU, which starts at once and loads its code while the rest of the program finds out what to run.
 * It does not keep the process alive until it has something to run.
 */
export class Host {
  readonly #worker: Worker;

  constructor() {
    this.#worker = new Worker(new URL('./pcpu-worker.ts', import.meta.url));
    this.#worker.unref();
  }

  /** Runs a VM to its end; once. @throws HostError for what cannot be started, and when the pCPU dies. */
  run(config: RunConfig, terminal: Terminal): Promise<RunResult> {
    const control = new ControlBlock();
    const carrier = new ConsoleCarrier(this.#worker, control, terminal, config.stats);
    const stop = (): void => control.stop();
    terminal.stop.addEventListener('abort', stop, { once: true });
    if (terminal.stop.aborted) stop();
    this.#worker.ref();
    this.#worker.postMessage({ config, control: control.buffer, startedMs: STARTED_MS } satisfies PcpuStart);
    return carrier.ended.finally(() => terminal.stop.removeEventListener('abort', stop));
  }
}

/** Carries messages between one pCPU and the person's terminal, in order. */
class ConsoleCarrier {
  readonly ended: Promise<RunResult>;
  readonly #control: ControlBlock;
  readonly #terminal: Terminal;
  readonly #wantsStats: boolean;
  /** Output is written one message after the other. */
  #writing: Promise<void> = Promise.resolve();
  /** Input that the ring had no room for. */
  #waiting: Uint8Array = new Uint8Array(0);

  constructor(worker: Worker, control: ControlBlock, terminal: Terminal, wantsStats: boolean) {
    this.#control = control;
    this.#terminal = terminal;
    this.#wantsStats = wantsStats;
    terminal.onInput((bytes) => this.#input(bytes));
    this.ended = new Promise((resolve, reject) => {
      worker.on('message', (message: PcpuMessage) => this.#take(message, resolve, reject));
      worker.on('error', (error) => reject(pcpuDied(error instanceof Error ? error.message : String(error))));
      // The last message may still be waiting for output to be shown: its result comes first.
      worker.on(
        'exit',
        (code) => void this.#writing.then(() => reject(pcpuDied(`it exited with status ${code}`))),
      );
    });
  }

  #take(message: PcpuMessage, resolve: (result: RunResult) => void, reject: (error: Error) => void): void {
    switch (message.kind) {
      case 'output':
        this.#write(message.bytes);
        return;
      case 'lines':
        process.stderr.write(message.text, () => this.#control.read(message.text.length));
        return;
      case 'input-room':
        this.#inputRoom();
        return;
      case 'error':
        reject(received(message.error));
        return;
      case 'end':
        this.#end(message, resolve);
    }
  }

  #write(bytes: Uint8Array): void {
    this.#writing = this.#writing.then(async () => {
      if (!this.#terminal.write(bytes)) await this.#terminal.drained();
      this.#control.read(bytes.length);
    });
  }

  #input(bytes: Uint8Array): void {
    const all = this.#waiting.length === 0 ? bytes : Buffer.concat([this.#waiting, bytes]);
    this.#waiting = all.subarray(this.#control.offer(all));
    this.#terminal.pauseInput(this.#waiting.length > 0);
  }

  #inputRoom(): void {
    if (this.#waiting.length > 0) this.#input(new Uint8Array(0));
  }

  /** The result counts when all output has been shown. */
  #end(message: Extract<PcpuMessage, { kind: 'end' }>, resolve: (result: RunResult) => void): void {
    this.#writing = this.#writing.then(() => {
      if (this.#wantsStats) process.stderr.write(formatStats(message.stats));
      resolve(message.result);
    });
  }
}

function received({ code, details, message }: SentError): Error {
  if (code === undefined) return new Error(message);
  return new HostError(code, details ?? {});
}

function pcpuDied(reason: string): HostError {
  return new HostError('host-limit', { what: 'a pCPU', reason });
}
