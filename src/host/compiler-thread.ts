/** The thread of a compile worker, as its owner sees it: the main thread, for each pCPU. */
import { MessageChannel, type MessagePort, type Worker } from 'node:worker_threads';
import type { SharedRegions } from '#riscv';
import { beginThread } from './begin-thread.js';
import { type CompilerPlan, type CompilerSeat, type CompileStart, RequestRing } from './region-compiler.ts';

/** It does not keep the process alive. */
export class CompilerThread {
  readonly seat: CompilerSeat;
  readonly #start: CompileStart;
  readonly #ring = new RequestRing();
  /** To the pCPU, for what others have had compiled. */
  readonly #others: MessagePort | undefined;
  #worker: Worker | undefined;

  constructor(memory: WebAssembly.Memory, plan: CompilerPlan = { isChecked: false }) {
    const { port1, port2 } = new MessageChannel();
    const { buffer: ring } = this.#ring;
    const others = plan.isSharing ? new MessageChannel() : undefined;
    this.#others = others?.port1;
    this.seat = { port: port1, ring, hasKept: plan.kept !== undefined, others: others?.port2 };
    this.#start = { ...plan, port: port2, ring, memory: memory.buffer as unknown as SharedArrayBuffer };
  }

  /**
   * The thread loads its code, and what is kept, while its engine is being made.
   * @param died - hears why it has ended by itself; when absent, that is an error of this thread
   * @param made - hears of modules that other pCPUs may use, if the plan says so
   */
  begin(died?: (error: unknown) => void, made?: (regions: SharedRegions) => void): this {
    const options = { workerData: this.#start, transferList: [this.#start.port], name: 'vmk-compiler' };
    this.#worker = beginThread('src/host/compile-worker.ts', 'compiler', options);
    if (died) this.#worker.on('error', died);
    if (made) this.#worker.on('message', made);
    this.#worker.unref();
    return this;
  }

  /** Gives the pCPU what another one has had compiled, unless too much waits for it. */
  share(regions: SharedRegions): void {
    if (this.#ring.noteOther()) this.#others?.postMessage(regions);
  }

  /** Ends it; what was asked for is forgotten. */
  async close(): Promise<void> {
    this.#others?.close();
    await this.#worker?.terminate();
  }
}
