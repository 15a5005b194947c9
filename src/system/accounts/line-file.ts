/** A text file with one named entry a line, such as /etc/passwd: what cannot be read is kept as it is. */
import type { FileProblem } from './files.ts';

export interface Entry {
  readonly name: string;
}

/** How the lines of one kind of file are read and written. */
export interface LineFormat<E extends Entry> {
  /** The entry, or what is wrong with the line. */
  parse(line: string): E | string;
  print(entry: E): string;
}

interface Line<E extends Entry> {
  readonly text: string;
  readonly entry?: E;
}

const MAX_FILE_CHARACTERS = 4 * 2 ** 20;

/** A file as it was read; changes make a new one. */
export class LineFile<E extends Entry> {
  readonly problems: readonly FileProblem[];
  readonly #format: LineFormat<E>;
  readonly #lines: readonly Line<E>[];

  private constructor(format: LineFormat<E>, lines: readonly Line<E>[], problems: readonly FileProblem[]) {
    this.#format = format;
    this.#lines = lines;
    this.problems = problems;
  }

  /** Reads all lines; comments, empty and bad ones stay, and of two entries with one name the first counts. */
  static parse<E extends Entry>(path: string, text: string, format: LineFormat<E>): LineFile<E> {
    if (text.length > MAX_FILE_CHARACTERS) {
      return new LineFile<E>(format, [{ text }], [{ path, line: 0, reason: 'it is larger than 4 MiB' }]);
    }
    const problems: FileProblem[] = [];
    const seen = new Set<string>();
    const lines = text.split('\n').map((line, i): Line<E> => {
      if (line.trim() === '' || line.startsWith('#')) return { text: line };
      const entry = format.parse(line);
      const reason =
        typeof entry === 'string'
          ? entry
          : seen.has(entry.name)
            ? `"${entry.name}" is there twice`
            : undefined;
      if (reason !== undefined || typeof entry === 'string') {
        problems.push({ path, line: i + 1, reason: reason ?? '' });
        return { text: line };
      }
      seen.add(entry.name);
      return { text: line, entry };
    });
    if (lines.at(-1)?.text === '') lines.pop();
    return new LineFile(format, lines, problems);
  }

  get entries(): readonly E[] {
    return this.#lines.flatMap(({ entry }) => (entry === undefined ? [] : [entry]));
  }

  find(name: string): E | undefined {
    return this.#lines.find(({ entry }) => entry?.name === name)?.entry;
  }

  /** With this entry in place of the one of its name, or at the end. */
  with(entry: E): LineFile<E> {
    const line = { text: this.#format.print(entry), entry };
    const at = this.#lines.findIndex((other) => other.entry?.name === entry.name);
    const lines = at < 0 ? [...this.#lines, line] : this.#lines.toSpliced(at, 1, line);
    return new LineFile(this.#format, lines, this.problems);
  }

  without(name: string): LineFile<E> {
    return new LineFile(
      this.#format,
      this.#lines.filter(({ entry }) => entry?.name !== name),
      this.problems,
    );
  }

  /** The text: lines that did not change are as they were, to the byte. */
  print(): string {
    return this.#lines.map(({ text }) => `${text}\n`).join('');
  }
}

/** Splits a line at its colons; what is wrong when there are not as many fields. */
export function colonFields(line: string, count: number): readonly string[] | string {
  const fields = line.split(':');
  return fields.length === count ? fields : `it has ${fields.length} fields, not ${count}`;
}

const MAX_ID = 2 ** 32 - 2;

/** A user or group number; undefined when it is none. */
export function idNumber(text: string): number | undefined {
  return /^\d{1,10}$/.test(text) && Number(text) <= MAX_ID ? Number(text) : undefined;
}
