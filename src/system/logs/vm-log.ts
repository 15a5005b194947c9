/** A VM's own log: `vmware.log` in its folder; older ones are `vmware-N.log`, the highest number the newest. */
import type { LogLevel } from '#lib';
import { timestamp } from './entry.ts';
import { oneLine } from './escape.ts';
import type { LogFolder } from './log-folder.ts';

/** VMX's own numbers of the severities. Source: ESXi 8.0, vmware.log. */
const MARKS: Readonly<Record<LogLevel, string>> = {
  error: 'Er(02)',
  warning: 'Wa(03)',
  info: 'In(05)',
  debug: 'Db(06)',
};

const CURRENT = 'vmware.log';
const OLDER = /^vmware-(\d{1,9})\.log$/;

/** What a .vmx may say of its log. Source: ESXi 8.0, settings that affect the virtual machine log file. */
export interface VmLogSettings {
  /** `log.keepOld`. */
  readonly keepOld: number;
  /** `log.rotateSize`: a file of this size is put away; 0: only a start does it. */
  readonly rotateSizeBytes: number;
}

export const VM_LOG_DEFAULTS: VmLogSettings = { keepOld: 10, rotateSizeBytes: 2_048_000 };

export interface VmLogOptions {
  readonly folder: LogFolder;
  readonly wallNanoseconds: () => bigint;
  /** Says once that the log cannot be written. */
  readonly report: (message: string) => void;
  readonly settings?: VmLogSettings;
}

/** The log of one run of a VM; making it puts the log of the run before away. */
export class VmLog {
  readonly #options: VmLogOptions;
  readonly #settings: VmLogSettings;
  readonly #encoder = new TextEncoder();
  #sizeBytes = 0;
  #lost = 0;

  constructor(options: VmLogOptions) {
    this.#options = options;
    this.#settings = options.settings ?? VM_LOG_DEFAULTS;
    this.#putAway();
  }

  /** Lines that could not be written and are not yet told of. */
  get lost(): number {
    return this.#lost;
  }

  /** @param thread - who says it: `vmx`, `vcpu-0`. */
  write(level: LogLevel, thread: string, message: string): void {
    const { rotateSizeBytes } = this.#settings;
    if (rotateSizeBytes > 0 && this.#sizeBytes >= rotateSizeBytes) this.#putAway();
    const missing =
      this.#lost === 0 ? '' : this.#line('warning', 'vmx', `${this.#lost} lines were lost before this one`);
    const bytes = this.#encoder.encode(missing + this.#line(level, thread, message));
    try {
      this.#options.folder.append(CURRENT, bytes);
    } catch (error) {
      if (this.#lost++ === 0) {
        this.#options.report(
          `vmware.log cannot be written, its lines are lost from now on: ${(error as Error).message}`,
        );
      }
      return;
    }
    this.#sizeBytes += bytes.length;
    this.#lost = 0;
  }

  #line(level: LogLevel, thread: string, message: string): string {
    return `${timestamp(this.#options.wallNanoseconds())} ${MARKS[level]} ${oneLine(thread)} - ${oneLine(message)}\n`;
  }

  /** The current log gets the next number; so many as are to be kept stay. */
  #putAway(): void {
    const { folder, report } = this.#options;
    this.#sizeBytes = 0;
    try {
      const numbers = folder
        .list()
        .map((name) => Number(OLDER.exec(name)?.[1] ?? Number.NaN))
        .filter((number) => !Number.isNaN(number))
        .sort((a, b) => a - b);
      if (folder.sizeBytes(CURRENT) > 0) {
        const next = (numbers.at(-1) ?? 0) + 1;
        folder.rename(CURRENT, `vmware-${next}.log`);
        numbers.push(next);
      }
      const keep = Math.max(0, this.#settings.keepOld);
      for (const number of numbers.slice(0, Math.max(0, numbers.length - keep)))
        folder.remove(`vmware-${number}.log`);
    } catch (error) {
      report(`vmware.log could not be put away: ${(error as Error).message}`);
    }
  }
}
