/** The main thread's side of one pCPU: its worker, requests with their answers, and the news of its death. */
import { MessageChannel, type MessagePort, type Worker } from 'node:worker_threads';
import { HostError, reasonOf } from '#lib';
import type { SharedRegions } from '#riscv';
import { startPcpuThread } from './begin-thread.js';
import type { Bells } from './bells.ts';
import { CompilerThread } from './compiler-thread.ts';
import type { PcpuMail, PcpuMessage, PcpuRequest, PcpuStart, VmMessage } from './messages.ts';
import type { CompilerPlan } from './region-compiler.ts';
import { receivedError } from './sent-error.ts';

/** What a pCPU has to say to the rest of the host. */
export interface PcpuListener {
  vm(vm: number, message: VmMessage): void;
  /** Its compiler has made what others may use. */
  made(regions: SharedRegions): void;
  /** The thread is no more. */
  died(reason: string): void;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

export class PcpuLink {
  readonly index: number;
  readonly #worker: Worker;
  readonly #listener: PcpuListener;
  readonly #waiting = new Map<number, Waiting>();
  #port: MessagePort | undefined;
  #bells: Bells | undefined;
  #compiler: CompilerThread | undefined;
  /** Why it is being ended. */
  #ending: string | undefined;
  #lastId = 0;
  #isClosing = false;
  #isDead = false;

  /** @param worker - its thread, as `startPcpuThread` gives it: from `begin` on it keeps the process alive. */
  constructor(index: number, listener: PcpuListener, worker = startPcpuThread()) {
    this.index = index;
    this.#listener = listener;
    this.#worker = worker;
    this.#worker.on('error', (error: unknown) => this.#die(reasonOf(error)));
    this.#worker.on('exit', (code) => this.#die(this.#ending ?? `it exited with status ${code}`));
  }

  /** Tells the thread what it is part of. @param plan - for an engine that translates */
  begin(start: Omit<PcpuStart, 'compiler'>, bells: Bells, plan?: CompilerPlan): void {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.#bells = bells;
    port1.on('message', (message: PcpuMessage) => this.#take(message));
    const compiler = plan && new CompilerThread(start.memory, plan);
    const message = { ...start, port: port2, compiler: compiler?.seat };
    const ports = [port2, compiler?.seat.port, compiler?.seat.others];
    this.#worker.postMessage(
      message,
      ports.filter((one) => one !== undefined),
    );
    this.#worker.ref();
    this.#compiler = compiler?.begin(
      (error) => this.#end(`its compiler has died: ${reasonOf(error)}`),
      plan?.isSharing ? (regions) => this.#listener.made(regions) : undefined,
    );
  }

  /** Asks the pCPU something; resolves to its answer. Rejects also when it dies. */
  request(request: PcpuRequest): Promise<unknown> {
    if (this.#isDead || this.#port === undefined) return Promise.reject(this.#gone('it is dead'));
    const id = ++this.#lastId;
    const answer = new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#port.postMessage({ ...request, id } satisfies PcpuMail);
    this.#bells?.mail(this.index);
    return answer;
  }

  /** Gives it what another pCPU has had compiled. */
  share(regions: SharedRegions): void {
    this.#compiler?.share(regions);
  }

  /** Ends the thread. */
  async close(): Promise<void> {
    this.#isClosing = true;
    await Promise.all([this.#worker.terminate(), this.#compiler?.close()]);
    this.#port?.close();
  }

  /** Ends the thread as a fault would; for tests. */
  kill(): Promise<number> {
    return this.#worker.terminate();
  }

  #take(message: PcpuMessage): void {
    if (message.kind === 'vm') return this.#listener.vm(message.vm, message.message);
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.kind === 'done') waiting?.resolve(message.value);
    else waiting?.reject(receivedError(message.error));
  }

  /** Without what it needs it cannot go on. */
  #end(reason: string): void {
    this.#ending ??= reason;
    void this.#worker.terminate();
  }

  #die(reason: string): void {
    if (this.#isDead || this.#isClosing) return;
    this.#isDead = true;
    for (const waiting of this.#waiting.values()) waiting.reject(this.#gone(reason));
    this.#waiting.clear();
    this.#port?.close();
    void this.#compiler?.close();
    this.#listener.died(reason);
  }

  #gone(reason: string): HostError {
    return new HostError('host-limit', { what: `pCPU ${this.index}`, reason });
  }
}
