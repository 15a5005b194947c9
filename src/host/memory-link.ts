/** The main thread's side of the memory manager's thread: it starts with the first VM, and anew when it dies. */

import { Worker } from 'node:worker_threads';
import type { MemoryAllocation, MemoryOptions, MemoryPool, StoreProblem } from '#kernel';
import { reasonOf } from '#lib';
import type { MemoryBell } from './memory-bell.ts';
import type { KeptVm } from './memory-keeper.ts';
import type { MemoryMail, MemoryReport, MemoryThreadStart } from './memory-messages.ts';

export interface MemoryLinkParts {
  readonly start: Omit<MemoryThreadStart, 'options' | 'bell'>;
  readonly bell: MemoryBell;
  readonly options: MemoryOptions;
  /** Hears what goes wrong with the thread, in one line. */
  readonly report: (line: string) => void;
  readonly onProblem: (key: string, problem: StoreProblem, reason: string) => void;
  /** The thread has died, maybe while it was at pages of these VMs; another one comes. */
  readonly onDeath: (vms: readonly KeptVm[]) => void;
}

export class MemoryLink {
  readonly #parts: MemoryLinkParts;
  #options: MemoryOptions;
  readonly #vms = new Map<string, KeptVm>();
  readonly #leaving = new Map<string, () => void>();
  #pools: readonly MemoryPool[] = [];
  #worker: Worker | undefined;
  #isClosed = false;

  constructor(parts: MemoryLinkParts) {
    this.#parts = parts;
    this.#options = parts.options;
  }

  add(vm: KeptVm): void {
    this.#vms.set(vm.key, vm);
    if (this.#worker === undefined) this.#begin();
    else this.#post({ kind: 'add', vm });
  }

  /** Resolves when the thread is at none of the VM's pages, and will not be again. */
  async remove(key: string): Promise<void> {
    if (!this.#vms.delete(key) || this.#worker === undefined) return;
    const left = new Promise<void>((resolve) => this.#leaving.set(key, resolve));
    this.#post({ kind: 'remove', key });
    await left;
  }

  /** What a VM is owed from now on. */
  allocate(key: string, allocation: MemoryAllocation, pool: number): void {
    const vm = this.#vms.get(key);
    if (vm === undefined) return;
    this.#vms.set(key, { ...vm, allocation, pool });
    this.#post({ kind: 'allocate', key, allocation, pool });
  }

  /** All resource pools but the root. */
  setPools(pools: readonly MemoryPool[]): void {
    this.#pools = pools;
    this.#post({ kind: 'pools', pools });
  }

  setOptions(options: Partial<MemoryOptions>): void {
    this.#options = { ...this.#options, ...options };
    this.#post({ kind: 'options', options });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#worker?.terminate();
  }

  /** Ends the thread as a fault would; for tests. */
  async kill(): Promise<void> {
    await this.#worker?.terminate();
  }

  #begin(): void {
    const { start, bell } = this.#parts;
    const workerData: MemoryThreadStart = { ...start, bell: bell.buffer, options: this.#options };
    const worker = new Worker(new URL('./memory-worker.ts', import.meta.url), {
      workerData,
      name: 'vmk-memory',
    });
    this.#worker = worker;
    worker.on('message', (message: MemoryReport) => this.#take(message));
    let reason = '';
    worker.on('error', (error: unknown) => {
      reason = reasonOf(error);
    });
    worker.on('exit', (code) => this.#died(reason === '' ? `it exited with status ${code}` : reason));
    // The host lives for as long as its pCPUs do.
    worker.unref();
    this.#post({ kind: 'pools', pools: this.#pools });
    for (const vm of this.#vms.values()) this.#post({ kind: 'add', vm });
  }

  #died(reason: string): void {
    if (this.#isClosed) return;
    this.#parts.report(`the memory manager has died (${reason}); a new one takes its place`);
    this.#worker = undefined;
    for (const left of this.#leaving.values()) left();
    this.#leaving.clear();
    this.#parts.onDeath([...this.#vms.values()]);
    if (this.#vms.size > 0) this.#begin();
  }

  #take(message: MemoryReport): void {
    if (message.kind === 'problem') {
      this.#parts.onProblem(message.key, message.problem, message.reason);
      return;
    }
    this.#leaving.get(message.key)?.();
    this.#leaving.delete(message.key);
  }

  #post(mail: MemoryMail): void {
    if (this.#worker === undefined) return;
    this.#worker.postMessage(mail);
    this.#parts.bell.mail();
  }
}
