/** Whether a password is long and mixed enough for its kind. Source: passwdqc.conf(5) "min"; pam_passwdqc(8). */

/** No password of this kind is taken. */
export const DISABLED = Number.MAX_SAFE_INTEGER;

/** Least lengths: one class, two classes, a passphrase, three classes, four classes; and the other numbers. */
export interface QualityRules {
  readonly min: readonly [number, number, number, number, number];
  readonly max: number;
  /** Words that a passphrase has. */
  readonly passphraseWords: number;
  /** Characters in a row that make two texts alike; 0 switches it off. */
  readonly matchLength: number;
}

/** The sizes of the alphabets that a password of 1 … 4 classes, and a passphrase, draws from. */
const ALPHABET = { classes: [0, 10, 36, 62, 95], passphrase: 27 } as const;

interface Counts {
  readonly length: number;
  readonly words: number;
  readonly different: number;
  /** Kinds of characters that count. */
  readonly classes: number;
}

/**
 * Whether it is too simple. `credit` is added to its length, and `wordCredit` to its length as a passphrase: what has
 * been taken out of it, or what in it does not count.
 */
export function isSimple(rules: QualityRules, password: string, credit = 0, wordCredit = credit): boolean {
  const counts = count(password);
  if (counts.length === 0) return true;
  const [one, two, phrase, three, four] = rules.min;
  const strong = (least: number, alphabet: number, extra: number) =>
    counts.length + extra >= least && counts.different >= expectedDifferent(alphabet, least) - 1;
  const byClasses = [DISABLED, one, two, three, four];
  for (let classes = counts.classes; classes > 0; classes--) {
    if (strong(byClasses[classes] as number, ALPHABET.classes[classes] as number, credit)) return false;
    const isPhrase = classes === 2 && rules.passphraseWords > 0 && counts.words >= rules.passphraseWords;
    if (isPhrase && strong(phrase, ALPHABET.passphrase, wordCredit)) return false;
  }
  return true;
}

/** A capital at the start and a digit at the end are no variety: nearly everybody puts them there. */
function count(password: string): Counts {
  const bytes = new TextEncoder().encode(password);
  const has = { digits: 0, lowers: 0, uppers: 0, others: 0, unknowns: 0 };
  let words = 0;
  let before = 0x20;
  for (const byte of bytes) {
    has[kindOf(byte)]++;
    if (before < 0x80 && (byte < 0x80 ? isLetter(byte) && !isLetter(before) : isSpace(before))) words++;
    before = byte;
  }
  if (has.uppers > 0 && kindOf(bytes[0] as number) === 'uppers') has.uppers--;
  if (has.digits > 0 && kindOf(bytes.at(-1) as number) === 'digits') has.digits--;
  let classes = [has.digits, has.lowers, has.uppers, has.others].filter((n) => n > 0).length;
  if (has.unknowns > 0 && classes <= 1 && (classes === 0 || has.digits > 0 || words >= 2)) classes++;
  return { length: bytes.length, words, different: new Set(bytes).size, classes };
}

function kindOf(byte: number): 'digits' | 'lowers' | 'uppers' | 'others' | 'unknowns' {
  if (byte >= 0x80) return 'unknowns';
  if (byte >= 0x30 && byte <= 0x39) return 'digits';
  if (byte >= 0x61 && byte <= 0x7a) return 'lowers';
  return byte >= 0x41 && byte <= 0x5a ? 'uppers' : 'others';
}

function isLetter(byte: number): boolean {
  const kind = kindOf(byte);
  return kind === 'lowers' || kind === 'uppers';
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || (byte >= 9 && byte <= 13);
}

/** How many different characters a random text of this length has on average, rounded down. */
function expectedDifferent(alphabet: number, length: number): number {
  return length === 0 ? 0 : Math.floor(alphabet * (1 - ((alphabet - 1) / alphabet) ** length) + 1e-9);
}
