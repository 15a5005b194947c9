/** The log service of a host: takes records, writes each into its logger's file, and sends it to the remote hosts. */
import { HostError, LOG_LEVELS, type LogRecord, type LogSink } from '#lib';
import { entryOf, fileLine, type LogEntry, type Writer } from './entry.ts';
import { LOCAL_LOG_FOLDER } from './log-dir.ts';
import type { LogFolder } from './log-folder.ts';
import {
  logFolderPath,
  type OptionValues,
  queueBytesMax,
  rotationOf,
  targetsOf,
  thresholdOf,
} from './log-settings.ts';
import { DEFAULT_LOGGER, LOGGERS, type LoggerRow, loggerFor } from './loggers.ts';
import type { SyslogNetwork } from './remote/network.ts';
import { type RemoteSettings, type RemoteStatus, RemoteTarget } from './remote/remote-target.ts';
import type { After } from './remote/sender.ts';
import { fullTargetText, type LogTarget } from './remote/target.ts';
import { type Compress, RotatingFile } from './rotating-file.ts';

export interface HostLogsParts {
  readonly options: OptionValues;
  readonly hostName: () => string;
  /** A folder of the host's file system, made when it is missing. @throws HostError */
  readonly openFolder: (path: string) => LogFolder;
  readonly compress: Compress;
  readonly network: SyslogNetwork;
  readonly after: After;
  readonly wallNanoseconds: () => bigint;
  /** Whether the firewall lets lines out. */
  readonly maySend: (address: string, target: LogTarget) => boolean;
  /** The PEM of authorities that remote hosts' certificates are checked by; undefined: those that Node knows. */
  readonly authorities: () => string | undefined;
  readonly processId: number;
  /** For what cannot be logged. */
  readonly lastResort: (line: string) => void;
}

/** A logger as it is listed. */
export interface LoggerStatus {
  readonly row: LoggerRow;
  /** As the options have them; 0: what holds for all. */
  readonly ownSizeKib: number;
  readonly ownRotations: number;
  readonly sizeKib: number;
  readonly rotations: number;
  readonly path: string;
  readonly lost: number;
}

const OLD_TARGET_MS = 10_000;
/** A remote host that stands still so long may get lines out of order afterwards. */
const CONFIRM_MS = 180_000;

export class HostLogs {
  readonly #parts: HostLogsParts;
  readonly #writer: Writer;
  readonly #files = new Map<string, RotatingFile>();
  readonly #targets = new Map<string, RemoteTarget>();
  readonly #leaving = new Set<Promise<void>>();
  #folder: LogFolder | undefined;
  #path = '';

  constructor(parts: HostLogsParts) {
    this.#parts = parts;
    this.#writer = { processId: parts.processId };
    this.#open();
    this.#connect();
  }

  /** Where the host's loggers write to. Never throws. */
  readonly sink: LogSink = (record) => this.write(record);

  write(record: LogRecord): void {
    const id = loggerFor(record.source);
    const row = LOGGERS.find((candidate) => candidate.id === id) as LoggerRow;
    const threshold = thresholdOf(this.#parts.options, row);
    if (threshold === 'none' || LOG_LEVELS.indexOf(record.level) > LOG_LEVELS.indexOf(threshold)) return;
    const entry = entryOf(record, row, this.#writer);
    this.#write(entry, entry.program === 'vmkwarning' ? [id, 'vmkwarning'] : [id]);
  }

  /** Into every log and to every remote host. */
  mark(message: string): void {
    const record = {
      level: 'info',
      source: 'mark',
      message,
      wallNanoseconds: this.#parts.wallNanoseconds(),
    } as const;
    const row = LOGGERS.find(({ id }) => id === DEFAULT_LOGGER) as LoggerRow;
    this.#write({ ...entryOf(record, row, this.#writer), program: 'mark' }, [...this.#files.keys()]);
  }

  /** Makes the options count: folder and remote hosts. Waiting remote hosts are tried at once. */
  reload(): void {
    if (this.#path !== this.#wantedPath()) {
      this.#files.clear();
      this.#open();
    }
    this.#connect();
    for (const target of this.#targets.values()) target.hurry();
  }

  /** Whether a change of this option needs a `reload`. */
  static concerns(key: string): boolean {
    return key.startsWith('Syslog.global.log') || key.startsWith('Syslog.global.certificate.');
  }

  get path(): string {
    return this.#path;
  }

  loggers(): LoggerStatus[] {
    const { options } = this.#parts;
    return LOGGERS.map((row) => {
      const { sizeBytes, count } = rotationOf(options, row);
      return {
        row,
        ownSizeKib: options.integer(`Syslog.loggers.${row.id}.size`),
        ownRotations: options.integer(`Syslog.loggers.${row.id}.rotate`),
        sizeKib: sizeBytes / 1024,
        rotations: count,
        path: `${this.#path}/${row.file}`,
        lost: this.#files.get(row.id)?.lost ?? 0,
      };
    });
  }

  remotes(): RemoteStatus[] {
    return [...this.#targets.values()].map((target) => target.status());
  }

  /** Puts the log of a logger away now. @throws HostError */
  rotate(id: string): void {
    const file = this.#files.get(id);
    if (file === undefined)
      throw new HostError('setting-refused', {
        what: 'logger',
        value: id,
        reason: 'there is none of that name',
      });
    file.rotate();
  }

  /** Sends what waits, as long as the time allows, and ends. */
  async close(milliseconds: number): Promise<void> {
    const targets = [...this.#targets.values()].map((target) => target.close(milliseconds));
    await Promise.all([...targets, ...this.#leaving]);
    this.#targets.clear();
    await Promise.all([...this.#files.values()].map((file) => file.settled()));
    this.#folder?.close?.();
  }

  #write(entry: LogEntry, ids: readonly string[]): void {
    const line = fileLine(entry);
    for (const id of ids) this.#files.get(id)?.write(line);
    for (const target of this.#targets.values()) target.send(entry);
  }

  /** The log service about itself. */
  #report(level: 'warning' | 'info', message: string): void {
    const wallNanoseconds = this.#parts.wallNanoseconds();
    const row = LOGGERS.find(({ id }) => id === DEFAULT_LOGGER) as LoggerRow;
    const entry = entryOf({ level, source: DEFAULT_LOGGER, message, wallNanoseconds }, row, this.#writer);
    if (level === 'warning') this.#parts.lastResort(`syslog: ${entry.text}`);
    this.#write(entry, [DEFAULT_LOGGER]);
  }

  #wantedPath(): string {
    return logFolderPath(this.#parts.options, this.#parts.hostName());
  }

  #open(): void {
    const problems = [this.#wantedPath(), LOCAL_LOG_FOLDER].map((path) => {
      if (this.#files.size > 0) return undefined;
      try {
        return this.#openIn(path);
      } catch (error) {
        return `logs cannot be in ${path}: ${(error as Error).message}`;
      }
    });
    for (const problem of problems) if (problem !== undefined) this.#report('warning', problem);
  }

  #openIn(path: string): undefined {
    const { openFolder, options, compress } = this.#parts;
    const folder = openFolder(path);
    this.#folder?.close?.();
    this.#folder = folder;
    this.#path = path;
    const report = (message: string) => this.#report('warning', message);
    for (const row of LOGGERS) {
      const rotation = rotationOf(options, row);
      this.#files.set(row.id, new RotatingFile({ folder, name: row.file, rotation, compress, report }));
    }
  }

  /** Remote hosts that are still wanted go on; others send what they have and end. */
  #connect(): void {
    const { options } = this.#parts;
    const secrets = `${options.flag('Syslog.global.certificate.checkSSLCerts')} ${options.flag('Syslog.global.certificate.strictX509Compliance')}`;
    const wanted = new Map(
      targetsOf(options).map((target) => [`${fullTargetText(target)} ${secrets}`, target]),
    );
    for (const [key, target] of this.#targets) {
      if (wanted.has(key)) continue;
      this.#targets.delete(key);
      const leaving: Promise<void> = target
        .close(OLD_TARGET_MS)
        .then(() => void this.#leaving.delete(leaving));
      this.#leaving.add(leaving);
    }
    for (const [key, target] of wanted) {
      if (!this.#targets.has(key)) this.#targets.set(key, this.#remote(target));
    }
  }

  #remote(target: LogTarget): RemoteTarget {
    const { network, after, maySend, wallNanoseconds, processId } = this.#parts;
    return new RemoteTarget(target, {
      ...{ network, after, maySend, wallNanoseconds, processId },
      settings: () => this.#remoteSettings(),
      report: (level, text) => this.#report(level, text),
    });
  }

  #remoteSettings(): RemoteSettings {
    const { options, hostName, authorities } = this.#parts;
    const retryMs = options.integer('Syslog.global.remoteHost.connectRetryDelay') * 1000;
    return {
      hostName: hostName(),
      messageBytesMax: options.integer('Syslog.global.remoteHost.maxMsgLen'),
      queueBytesMax: queueBytesMax(options),
      retryMsMax: retryMs,
      confirmMsMax: CONFIRM_MS,
      checks: () => ({
        checkCertificate: options.flag('Syslog.global.certificate.checkSSLCerts'),
        strict: options.flag('Syslog.global.certificate.strictX509Compliance'),
        authorities: authorities(),
      }),
    };
  }
}
