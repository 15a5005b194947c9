/** The logs of VMs: a vmware.log in each one's folder, begun anew with every run. */
import type { Logger } from '#lib';
import type { VmToRun } from '#management';
import { machineLogFolder, VmLog } from '#system';

/** By the folders of the VMs that run. */
export class VmLogs {
  readonly #version: string;
  readonly #wallNanoseconds: () => bigint;
  readonly #logger: Logger;
  readonly #logs = new Map<string, VmLog>();

  constructor(version: string, wallNanoseconds: () => bigint, logger: Logger) {
    this.#version = version;
    this.#wallNanoseconds = wallNanoseconds;
    this.#logger = logger;
  }

  /** A VM is about to run. */
  begin({ id, name, folder, settings }: VmToRun): void {
    const log = new VmLog({
      folder: machineLogFolder(folder),
      wallNanoseconds: this.#wallNanoseconds,
      report: (message) => this.#logger.warning(`${name}: ${message}`),
    });
    this.#logs.set(folder, log);
    log.write('info', 'vmx', `Log for VMkernel pid=${process.pid} version=${this.#version}`);
    const { memoryMib, vcpus, engine, console } = settings;
    const facts = `"${name}", id ${id}, ${memoryMib} MiB, ${vcpus} vCPUs, engine ${engine}, console ${console}`;
    log.write('info', 'vmx', facts);
    for (const { fileName, readOnly } of settings.disks) {
      log.write('info', 'vmx', `disk ${fileName}${readOnly ? ', readonly' : ''}`);
    }
  }

  /** What becomes of it; nothing is written between its runs. */
  write(folder: string, line: string): void {
    this.#logs.get(folder)?.write(/fault|cannot/.test(line) ? 'error' : 'info', 'vmx', line);
  }

  end(folder: string): void {
    this.#logs.delete(folder);
  }
}
