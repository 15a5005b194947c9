/** The thread of a compile worker, as its owner sees it: the main thread, for each pCPU. */
import { MessageChannel, type Worker } from 'node:worker_threads';
import { beginThread } from './begin-thread.js';
import { type CompilerPlan, type CompilerSeat, type CompileStart, RequestRing } from './region-compiler.ts';

/** It does not keep the process alive. */
export class CompilerThread {
  readonly seat: CompilerSeat;
  readonly #start: CompileStart;
  #worker: Worker | undefined;

  constructor(memory: WebAssembly.Memory, plan: CompilerPlan = { isChecked: false }) {
    const { port1, port2 } = new MessageChannel();
    const { buffer: ring } = new RequestRing();
    this.seat = { port: port1, ring, hasKept: plan.kept !== undefined };
    this.#start = { ...plan, port: port2, ring, memory: memory.buffer as unknown as SharedArrayBuffer };
  }

  /**
   * The thread loads its code, and what is kept, while its engine is being made.
   * @param died - hears why it has ended by itself; when absent, that is an error of this thread
   */
  begin(died?: (error: unknown) => void): this {
    const options = { workerData: this.#start, transferList: [this.#start.port], name: 'vmk-compiler' };
    this.#worker = beginThread('src/host/compile-worker.ts', 'compiler', options);
    if (died) this.#worker.on('error', died);
    this.#worker.unref();
    return this;
  }

  /** Ends it; what was asked for is forgotten. */
  async close(): Promise<void> {
    await this.#worker?.terminate();
  }
}
