/** The pCPU's side of the compile worker: sends requests in batches, takes modules without waiting. */
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { CompiledRegions, RegionCompiler, RegionRequest, TranslationSettings } from '#riscv';

export type CompileMessage = readonly RegionRequest[];

/** Given to the compile worker at its start. */
export interface CompileStart {
  readonly port: MessagePort;
  readonly memory: SharedArrayBuffer;
  readonly settings: TranslationSettings;
}

export class WorkerCompiler implements RegionCompiler {
  readonly #memory: SharedArrayBuffer;
  #worker: Worker | undefined;
  #port: MessagePort | undefined;
  #waiting: RegionRequest[] = [];

  constructor(memory: WebAssembly.Memory) {
    this.#memory = memory.buffer as unknown as SharedArrayBuffer;
  }

  begin(settings: TranslationSettings): void {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.unref();
    const workerData: CompileStart = { port: port2, memory: this.#memory, settings };
    const url = new URL('./compile-worker.ts', import.meta.url);
    this.#worker = new Worker(url, { workerData, transferList: [port2] });
    this.#worker.unref();
  }

  submit(request: RegionRequest): void {
    this.#waiting.push(request);
  }

  take(): readonly CompiledRegions[] {
    const port = this.#port;
    if (!port) return [];
    if (this.#waiting.length > 0) {
      port.postMessage(this.#waiting satisfies CompileMessage);
      this.#waiting = [];
    }
    const done: CompiledRegions[] = [];
    for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port))
      done.push(next.message);
    return done;
  }

  /** Ends the thread; what was asked for is forgotten. */
  close(): void {
    this.#port?.close();
    void this.#worker?.terminate();
  }
}
