/** Keys of a USB keyboard as what a person at a serial console would send. Source: USB HID Usage Tables 1.5 §10. */

/** What is pressed with a key. */
export interface Modifiers {
  readonly leftShift?: boolean | undefined;
  readonly rightShift?: boolean | undefined;
  readonly leftControl?: boolean | undefined;
  readonly rightControl?: boolean | undefined;
  readonly leftAlt?: boolean | undefined;
}

const FIRST_LETTER = 0x04;
const LETTERS = 26;
const FIRST_DIGIT = 0x1e;
const DIGITS = '1234567890';
const SHIFTED_DIGITS = '!@#$%^&*()';
const CONTROL_BITS = 0x1f;

/** Other keys: usage, alone, with shift. */
// biome-ignore format: a table reads in columns
const KEYS: Readonly<Record<number, readonly [plain: string, shifted: string]>> = {
  0x28: ['\r', '\r'],    0x29: ['\x1b', '\x1b'], 0x2a: ['\x7f', '\x7f'], 0x2b: ['\t', '\x1b[Z'], 0x2c: [' ', ' '],
  0x2d: ['-', '_'],      0x2e: ['=', '+'],       0x2f: ['[', '{'],       0x30: [']', '}'],       0x31: ['\\', '|'],
  0x33: [';', ':'],      0x34: ["'", '"'],       0x35: ['`', '~'],       0x36: [',', '<'],       0x37: ['.', '>'],
  0x38: ['/', '?'],      0x58: ['\r', '\r'],
  0x3a: ['\x1bOP', '\x1bOP'],     0x3b: ['\x1bOQ', '\x1bOQ'],     0x3c: ['\x1bOR', '\x1bOR'],     0x3d: ['\x1bOS', '\x1bOS'],
  0x3e: ['\x1b[15~', '\x1b[15~'], 0x3f: ['\x1b[17~', '\x1b[17~'], 0x40: ['\x1b[18~', '\x1b[18~'], 0x41: ['\x1b[19~', '\x1b[19~'],
  0x42: ['\x1b[20~', '\x1b[20~'], 0x43: ['\x1b[21~', '\x1b[21~'], 0x44: ['\x1b[23~', '\x1b[23~'], 0x45: ['\x1b[24~', '\x1b[24~'],
  0x49: ['\x1b[2~', '\x1b[2~'],   0x4a: ['\x1b[H', '\x1b[H'],     0x4b: ['\x1b[5~', '\x1b[5~'],   0x4c: ['\x1b[3~', '\x1b[3~'],
  0x4d: ['\x1b[F', '\x1b[F'],     0x4e: ['\x1b[6~', '\x1b[6~'],
  0x4f: ['\x1b[C', '\x1b[C'],     0x50: ['\x1b[D', '\x1b[D'],     0x51: ['\x1b[B', '\x1b[B'],     0x52: ['\x1b[A', '\x1b[A'],
};

/** What a key sends; undefined for one that sends nothing, such as Shift itself. */
export function typed(usbHidCode: number, modifiers: Modifiers = {}): string | undefined {
  const usage = (usbHidCode >>> 16) & 0xffff;
  const isShifted = modifiers.leftShift === true || modifiers.rightShift === true;
  const isControl = modifiers.leftControl === true || modifiers.rightControl === true;
  const plain = plainKey(usage, isShifted);
  if (plain === undefined) return undefined;
  const sent =
    isControl && plain.length === 1
      ? String.fromCharCode(plain.toUpperCase().charCodeAt(0) & CONTROL_BITS)
      : plain;
  return modifiers.leftAlt === true ? `\x1b${sent}` : sent;
}

function plainKey(usage: number, isShifted: boolean): string | undefined {
  if (usage >= FIRST_LETTER && usage < FIRST_LETTER + LETTERS) {
    const letter = String.fromCharCode(0x61 + usage - FIRST_LETTER);
    return isShifted ? letter.toUpperCase() : letter;
  }
  if (usage >= FIRST_DIGIT && usage < FIRST_DIGIT + DIGITS.length)
    return (isShifted ? SHIFTED_DIGITS : DIGITS)[usage - FIRST_DIGIT];
  return KEYS[usage]?.[isShifted ? 1 : 0];
}
