/**
 * A .vmx file: lines `key = "value"`, kept in their order with comments and what we do not know, so that writing gives
 * back what was read. Keys are case-insensitive; in values `|22` is a quote, `|7C` a bar, `|0A` a newline.
 */

/** Larger ones are refused: a real one has a few KiB. */
export const MAX_VMX_BYTES = 2 ** 20;

const LINE = /^\s*([^\s=#"]+)\s*=\s*"([^"]*)"\s*$/;
const IGNORED = /^\s*(?:#.*)?$/;
const ESCAPED = /["|\p{Cc}]/gu;
const ESCAPE = /\|([0-9A-Fa-f]{2})/g;
/** `[^\s=#"]+`: what a key is made of. */
const KEY = /^[^\s=#"]+$/;

/** A line that is none: where, and what stands there. */
export interface BadLine {
  readonly line: number;
  readonly text: string;
}

type Line = { readonly key: string; value: string } | { readonly text: string };

export class Vmx {
  readonly #lines: Line[] = [];
  readonly #byKey = new Map<string, Extract<Line, { key: string }>>();

  /** Of keys and values, in their order. */
  static of(entries: Iterable<readonly [key: string, value: string]>): Vmx {
    const vmx = new Vmx();
    for (const [key, value] of entries) vmx.set(key, value);
    return vmx;
  }

  /** The file in `text`, or its first bad line. A key that comes twice has its last value. */
  static parse(text: string): Vmx | BadLine {
    const vmx = new Vmx();
    for (const [index, line] of text
      .replace(/^\uFEFF/, '')
      .split(/\r?\n/)
      .entries()) {
      const match = LINE.exec(line);
      if (match) vmx.set(match[1] as string, unescape(match[2] as string));
      else if (IGNORED.test(line)) vmx.#lines.push({ text: line });
      else return { line: index + 1, text: line.slice(0, 80) };
    }
    while (vmx.#lines.length > 0 && isEmpty(vmx.#lines.at(-1) as Line)) vmx.#lines.pop();
    return vmx;
  }

  get(key: string): string | undefined {
    return this.#byKey.get(key.toLowerCase())?.value;
  }

  /** Sets a key, where it stands or at the end. @throws RangeError for a key that cannot be written. */
  set(key: string, value: string): void {
    if (!KEY.test(key)) throw new RangeError(`"${key}" cannot be a key of a .vmx file`);
    const known = this.#byKey.get(key.toLowerCase());
    if (known) {
      known.value = value;
      return;
    }
    const line = { key, value };
    this.#byKey.set(key.toLowerCase(), line);
    this.#lines.push(line);
  }

  delete(key: string): void {
    const known = this.#byKey.get(key.toLowerCase());
    if (!known) return;
    this.#byKey.delete(key.toLowerCase());
    this.#lines.splice(this.#lines.indexOf(known), 1);
  }

  /** Keys and values in their order. */
  *entries(): Generator<[key: string, value: string]> {
    for (const { key, value } of this.#byKey.values()) yield [key, value];
  }

  toString(): string {
    const lines = this.#lines.map((line) =>
      'text' in line ? line.text : `${line.key} = "${escape(line.value)}"`,
    );
    return `${lines.join('\n')}\n`;
  }
}

function isEmpty(line: Line): boolean {
  return 'text' in line && line.text.trim() === '';
}

function escape(value: string): string {
  return value.replace(
    ESCAPED,
    (character) => `|${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

function unescape(value: string): string {
  return value.replace(ESCAPE, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** Takes away a device, such as `scsi0:1`, with all that is said of it and of what it is owed. */
export function removeDevice(vmx: Vmx, name: string): void {
  const own = `${name.toLowerCase()}.`;
  for (const [key] of [...vmx.entries()]) {
    const lower = key.toLowerCase();
    if (lower.startsWith(own) || lower.startsWith(`sched.${own}`)) vmx.delete(key);
  }
}
