/** What keys of a remote screen type on a console. Source: X11 keysymdef.h; VT102, as xterm says them. */

const ESC = '\x1b';
// biome-ignore format: a table reads in columns
const KEYS: Readonly<Record<number, string>> = {
  0xff08: '\x7f', 0xff09: '\t', 0xff0d: '\r', 0xff8d: '\r', 0xff1b: ESC, 0xfe20: `${ESC}[Z`,
  0xff50: `${ESC}[H`, 0xff51: `${ESC}[D`, 0xff52: `${ESC}[A`, 0xff53: `${ESC}[C`, 0xff54: `${ESC}[B`,
  0xff55: `${ESC}[5~`, 0xff56: `${ESC}[6~`, 0xff57: `${ESC}[F`, 0xff63: `${ESC}[2~`, 0xffff: `${ESC}[3~`,
  0xffbe: `${ESC}OP`, 0xffbf: `${ESC}OQ`, 0xffc0: `${ESC}OR`, 0xffc1: `${ESC}OS`, 0xffc2: `${ESC}[15~`, 0xffc3: `${ESC}[17~`,
  0xffc4: `${ESC}[18~`, 0xffc5: `${ESC}[19~`, 0xffc6: `${ESC}[20~`, 0xffc7: `${ESC}[21~`, 0xffc8: `${ESC}[23~`, 0xffc9: `${ESC}[24~`,
  0xffaa: '*', 0xffab: '+', 0xffad: '-', 0xffae: '.', 0xffaf: '/',
};
const KEYPAD_0 = 0xffb0;
const CONTROL: ReadonlySet<number> = new Set([0xffe3, 0xffe4]);
const ALT: ReadonlySet<number> = new Set([0xffe9, 0xffea]);
const UNICODE = 0x0100_0000;
const LAST_CODE_POINT = 0x10_ffff;

/** A keyboard: which keys are held, and what a press types. */
export class Keyboard {
  readonly #held = new Set<number>();

  /** What is typed by a key that goes down, or up. */
  key(symbol: number, isDown: boolean): string {
    if (CONTROL.has(symbol) || ALT.has(symbol)) {
      if (isDown) this.#held.add(symbol);
      else this.#held.delete(symbol);
      return '';
    }
    if (!isDown) return '';
    const text = KEYS[symbol] ?? character(symbol);
    const isControlled = [...CONTROL].some((key) => this.#held.has(key));
    const typed = isControlled ? controlled(text) : text;
    return typed !== '' && [...ALT].some((key) => this.#held.has(key)) ? ESC + typed : typed;
  }
}

function character(symbol: number): string {
  if (symbol >= KEYPAD_0 && symbol <= KEYPAD_0 + 9) return String(symbol - KEYPAD_0);
  if ((symbol >= 0x20 && symbol <= 0x7e) || (symbol >= 0xa0 && symbol <= 0xff))
    return String.fromCharCode(symbol);
  const point = symbol - UNICODE;
  const isOne = point >= 0x100 && point <= LAST_CODE_POINT && !(point >= 0xd800 && point <= 0xdfff);
  return isOne ? String.fromCodePoint(point) : '';
}

/** Ctrl-A … Ctrl-_, Ctrl-Space; with other keys it changes nothing. */
function controlled(text: string): string {
  if (text === ' ') return '\0';
  const code = text.length === 1 ? text.toUpperCase().charCodeAt(0) : 0;
  return code >= 0x40 && code <= 0x5f ? String.fromCharCode(code & 0x1f) : text;
}
