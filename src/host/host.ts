/** A host with one VM, on the person's terminal: what `vmk run` runs on. */
import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import type { RunConfig, RunResult, Terminal } from '#management';
import { machineSize } from '#vmm/size';
import { Cpus, EarlyThread } from './cpus.ts';
import { codeFolder } from './kept-code/folder.ts';
import { late } from './late-rooms.ts';
import { formatStats } from './stats.ts';
import { type Span, touchAhead } from './touch-ahead.ts';
import type { VmHandle } from './vm-handle.ts';

const VM_NAME = 'vm';
/** What the boot of a Linux kernel takes at least: pages of the guest, and decoded code. */
const BOOT_BYTES = { pages: 64 * 2 ** 20, code: 32 * 2 ** 20 } as const;
/** When this process started, in milliseconds since 1970. */
const STARTED_MS = performance.timeOrigin;

export class Host {
  readonly #early: readonly EarlyThread[];

  /**
   * @param thread - of its first pCPU, where it was started early: it loads its code while the rest of the program finds
   *   out what to run
   */
  constructor(thread?: Worker) {
    this.#early = [new EarlyThread(0, thread)];
  }

  /** Runs a VM to its end; once. @throws HostError for what cannot be started, and when the pCPU dies. */
  async run(config: RunConfig, terminal: Terminal): Promise<RunResult> {
    const isWhole = config.deterministic || config.trace.length > 0 || config.engine === 'reference';
    const pcpus = isWhole ? 1 : Math.min(config.cpus, availableParallelism());
    const net = config.net && new (await import('./network/run-network.ts')).RunNetwork(config.net);
    const { machineBytes } = machineSize(config.memoryBytes, config.cpus, pcpus);
    const begunMs = performance.timeOrigin + performance.now();
    const cpus = new Cpus(
      {
        ...{ cpus: pcpus, memoryBytes: machineBytes, engine: config.engine, isAlone: pcpus === 1 },
        ...{ checkCode: config.checkCode, codeFolder: config.keepsNoCode ? undefined : codeFolder() },
        ...(net && { hasNetwork: true }),
        report: (line) => process.stderr.write(`vmk: ${line}\n`),
      },
      this.#early,
    );
    try {
      net?.start(cpus);
      const input = new TypedInput(terminal);
      const symbols = config.profile && late.bootFiles.kernelSymbols(config);
      if (config.profile) await cpus.startProfile();
      const starting = cpus.startVm(
        { ...config, name: VM_NAME, ...(net && { nics: net.nics }) },
        {
          write: (bytes) => terminal.write(bytes),
          drained: () => terminal.drained(),
          lines: (text, done) => void process.stderr.write(text, () => done()),
          inputRoom: () => input.pass(),
        },
        undefined,
        undefined,
        net,
      );
      if (cpus.hasHugePages && availableParallelism() > 1) {
        void touchAhead(cpus.memory.memory.buffer, ahead(cpus, config), () => terminal.stop.aborted);
      }
      const vm = await starting;
      input.connect(vm);
      await net?.forward((line) => process.stderr.write(`vmk: ${line}\n`));
      const stop = (): void => void vm.powerOff();
      terminal.stop.addEventListener('abort', stop, { once: true });
      if (terminal.stop.aborted) stop();
      const { result, stats } = await vm.ended;
      terminal.stop.removeEventListener('abort', stop);
      if (config.stats && stats) {
        process.stderr.write(formatStats({ ...stats, startMs: stats.startMs + begunMs - STARTED_MS }));
      }
      if (symbols && stats) {
        const { Summary, formatProfile } = late.profile;
        const summary = new Summary(await cpus.takeProfile(), stats, symbols);
        const text = config.profile?.json ? `${JSON.stringify(summary)}\n` : formatProfile(summary);
        process.stderr.write(text);
      }
      return result;
    } finally {
      await net?.close();
      await cpus.close();
    }
  }
}

/** What a machine touches before its first program runs; a small one less of it. */
function ahead({ soonUsed: { pages, code } }: Cpus, { memoryBytes }: RunConfig): readonly Span[] {
  return [
    { base: pages, bytes: Math.min(memoryBytes / 8, BOOT_BYTES.pages) },
    { base: code, bytes: BOOT_BYTES.code },
  ];
}

/** What is typed, on its way to a VM that may not take it yet. */
class TypedInput {
  readonly #terminal: Terminal;
  #vm: VmHandle | undefined;
  #waiting: Uint8Array = new Uint8Array(0);

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    terminal.onInput((bytes) => this.#take(bytes));
  }

  connect(vm: VmHandle): void {
    this.#vm = vm;
    this.pass();
  }

  /** There may be room for what waits. */
  pass(): void {
    if (this.#waiting.length === 0) return;
    this.#waiting = this.#waiting.subarray(this.#vm?.input(this.#waiting) ?? 0);
    this.#terminal.pauseInput(this.#waiting.length > 0);
  }

  #take(bytes: Uint8Array): void {
    this.#waiting = this.#waiting.length === 0 ? bytes : Buffer.concat([this.#waiting, bytes]);
    this.pass();
  }
}
