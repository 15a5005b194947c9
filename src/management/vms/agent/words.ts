/** Words and lines between host and guest agent: what the shell's `printf %b` takes, and lines put together again. */

/** A longer line is none of ours: the guest may say anything. */
const MAX_LINE_BYTES = 65_536;
const PLAIN = /^[\w./=,+@-]$/;
const ESCAPE = /\\(?:x([0-9a-fA-F]{1,2})|0([0-7]{1,3})|(\\))/g;

/** Any text as one word: ":" and what stands for each byte. */
export function toWord(text: string): string {
  let word = ':';
  for (const byte of Buffer.from(text, 'utf8')) {
    const character = String.fromCharCode(byte);
    word += PLAIN.test(character) ? character : `\\0${byte.toString(8).padStart(3, '0')}`;
  }
  return word;
}

/** The text of a word, or of "=" and base64; bytes that are no UTF-8 become U+FFFD. */
export function fromWord(word: string): string {
  if (word.startsWith('=')) return Buffer.from(word.slice(1), 'base64').toString('utf8');
  const bytes = word
    .replace(/^:/, '')
    .replace(ESCAPE, (_, hex?: string, octal?: string, slash?: string) =>
      String.fromCharCode(slash ? 0x5c : Number.parseInt(hex ?? octal ?? '0', hex ? 16 : 8) & 0xff),
    );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** A string as the shell's single-quoted word. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Puts lines together of bytes as they come. */
export class Lines {
  #rest = '';
  /** The line is too long: nothing counts before the next one begins. */
  #isSkipping = false;

  /** The lines that `bytes` complete. */
  add(bytes: Uint8Array): string[] {
    const parts = (this.#rest + Buffer.from(bytes).toString('latin1')).split('\n');
    this.#rest = parts.pop() ?? '';
    if (this.#isSkipping && parts.length > 0) {
      parts.shift();
      this.#isSkipping = false;
    }
    if (this.#rest.length > MAX_LINE_BYTES) {
      this.#rest = '';
      this.#isSkipping = true;
    }
    return parts.filter((line) => line.length <= MAX_LINE_BYTES);
  }
}
