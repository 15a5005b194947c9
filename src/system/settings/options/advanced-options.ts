/** The advanced options of a host: values by key, checked, kept in a file as far as they differ from their defaults. */
import { HostError, type Logger } from '#lib';
import type { SettingsFiles } from '../settings-files.ts';
import { OPTIONS } from './all-options.ts';
import { complaint, fromText, type OptionRow, type OptionValue } from './option.ts';

export const OPTIONS_PATH = '/etc/vmware/advanced-options.conf';

export interface OptionChange {
  readonly key: string;
  readonly value: OptionValue;
  readonly before: OptionValue;
}

export interface AdvancedOptionsParts {
  readonly files: SettingsFiles;
  readonly logger: Logger;
  readonly rows?: readonly OptionRow[];
}

/** A change is checked as a whole, written, and then told to listeners; when writing fails nothing has changed. */
export class AdvancedOptions {
  readonly #files: SettingsFiles;
  readonly #logger: Logger;
  readonly #rows: ReadonlyMap<string, OptionRow>;
  readonly #values = new Map<string, OptionValue>();
  readonly #listeners = new Set<(change: OptionChange) => void>();

  constructor({ files, logger, rows = OPTIONS }: AdvancedOptionsParts) {
    this.#files = files;
    this.#logger = logger;
    this.#rows = new Map(rows.map((row) => [row.key, row]));
    this.#load();
  }

  get rows(): readonly OptionRow[] {
    return [...this.#rows.values()];
  }

  /** Keys are the same in capitals and small letters, as on ESXi. @throws HostError */
  row(key: string): OptionRow {
    const exact = this.#rows.get(key);
    if (exact !== undefined) return exact;
    const wanted = key.toLowerCase();
    const row = this.rows.find((candidate) => candidate.key.toLowerCase() === wanted);
    if (row === undefined) throw new HostError('option-unknown', { key });
    return row;
  }

  get(key: string): OptionValue {
    const row = this.row(key);
    return this.#values.get(row.key) ?? row.default;
  }

  integer(key: string): number {
    return this.get(key) as number;
  }

  text(key: string): string {
    return this.get(key) as string;
  }

  flag(key: string): boolean {
    return this.get(key) as boolean;
  }

  isDefault(key: string): boolean {
    return !this.#values.has(this.row(key).key);
  }

  /** @throws HostError naming the key and what is allowed */
  set(key: string, value: unknown): void {
    this.setAll([[key, value]]);
  }

  /** What a person typed. @throws HostError */
  setText(key: string, text: string): void {
    this.set(key, fromText(this.row(key), text));
  }

  /** All of them or none. @throws HostError */
  setAll(wanted: readonly (readonly [key: string, value: unknown])[]): void {
    const changes: OptionChange[] = [];
    const next = new Map(this.#values);
    for (const [key, value] of wanted) {
      const row = this.row(key);
      const reason = complaint(row, value);
      if (reason !== undefined)
        throw new HostError('option-value', { key: row.key, value: shown(value), reason });
      const before = next.get(row.key) ?? row.default;
      if (value === row.default) next.delete(row.key);
      else next.set(row.key, value as OptionValue);
      if (before !== value) changes.push({ key: row.key, value: value as OptionValue, before });
    }
    this.#apply(next, changes);
  }

  /** To its default. */
  reset(key: string): void {
    this.set(key, this.row(key).default);
  }

  /** Tells of every change. Returns what ends it. */
  onChange(listener: (change: OptionChange) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #apply(next: ReadonlyMap<string, OptionValue>, changes: readonly OptionChange[]): void {
    if (changes.length === 0) return;
    this.#files.replace(OPTIONS_PATH, written(next));
    this.#values.clear();
    for (const [key, value] of next) this.#values.set(key, value);
    for (const change of changes) {
      this.#logger.info(`${change.key} = ${shown(change.value)}, before: ${shown(change.before)}`);
      for (const listener of this.#listeners) listener(change);
    }
  }

  /** A line that cannot be used is said and left out; the others count. */
  #load(): void {
    const lines = (this.#files.read(OPTIONS_PATH) ?? '').split('\n');
    for (const [index, line] of lines.entries()) {
      if (line.trim() === '' || line.startsWith('#')) continue;
      const problem = this.#loadLine(line);
      if (problem !== undefined) this.#logger.warning(`${OPTIONS_PATH}, line ${index + 1}: ${problem}`);
    }
  }

  #loadLine(line: string): string | undefined {
    const at = line.indexOf('=');
    const key = line.slice(0, Math.max(0, at)).trim();
    const row = this.#rows.get(key);
    if (row === undefined) return `there is no option "${key.slice(0, 100)}"`;
    let value: unknown;
    try {
      value = JSON.parse(line.slice(at + 1));
    } catch {
      return `${key}: the value is not JSON`;
    }
    const reason = complaint(row, value);
    if (reason !== undefined) return `${key}: ${reason}`;
    if (value !== row.default) this.#values.set(key, value as OptionValue);
    return undefined;
  }
}

/** `Key = JSON`, a line each, by key. */
function written(values: ReadonlyMap<string, OptionValue>): string {
  const lines = [...values]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`);
  return `# Advanced options that differ from their defaults.\n${lines.join('')}`;
}

function shown(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 200) ?? String(value);
}
