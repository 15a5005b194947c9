/** Password quality as ESXi asks for it: what is wrong with a new password, and what to do. Source: pam_passwdqc(8). */
import { type HostError, usageError } from '#lib';
import { SEQUENCES, WORDS, YEARS } from './known-texts.ts';
import { isBasedOn, type MatchMode } from './likeness.ts';
import { DISABLED, isSimple, type QualityRules } from './strength.ts';

/** The value of Security.PasswordQualityControl on a new host. */
export const DEFAULT_QUALITY = 'retry=3 min=disabled,disabled,disabled,7,7';

/** The rules with how often a person may try at a prompt. */
export interface QualityControl extends QualityRules {
  readonly retry: number;
  readonly similarDeny: boolean;
}

const DEFAULTS: QualityControl = {
  retry: 3,
  min: [DISABLED, DISABLED, DISABLED, 7, 7],
  max: 40,
  passphraseWords: 3,
  matchLength: 4,
  similarDeny: true,
};

const MAX_NUMBER = 511;

/** Parses `retry=3 min=N0,N1,N2,N3,N4 …`. Throws HostError `usage` that names the part which is wrong. */
export function parseQuality(text: string): QualityControl {
  let control = DEFAULTS;
  for (const part of text.split(/\s+/).filter((word) => word !== '')) {
    const [, name, value] = /^([a-z]+)=(.*)$/.exec(part) ?? [];
    control = { ...control, ...take(part, name, value ?? '', control) };
  }
  return control;
}

function take(
  part: string,
  name: string | undefined,
  value: string,
  before: QualityControl,
): Partial<QualityControl> {
  switch (name) {
    case 'retry':
      return { retry: number(part, value) };
    case 'max':
      return { max: number(part, value) };
    case 'passphrase':
      return { passphraseWords: number(part, value) };
    case 'match':
      return { matchLength: number(part, value) };
    case 'similar':
      if (value !== 'permit' && value !== 'deny') throw wrong(part, 'it is neither permit nor deny');
      return { similarDeny: value === 'deny' };
    case 'min':
      return { min: minima(part, value) };
    // Modules of ESXi's PAM configuration that do not change what is asked of a password.
    case 'enforce':
    case 'random':
    case 'oldauthtok':
      return before;
    default:
      throw wrong(part, 'there is no such setting');
  }
}

function minima(part: string, value: string): QualityRules['min'] {
  const numbers = value.split(',').map((word) => (word === 'disabled' ? DISABLED : number(part, word)));
  if (numbers.length !== 5) throw wrong(part, `it has ${numbers.length} lengths, not 5`);
  if (numbers.some((length, i) => i > 0 && length > (numbers[i - 1] as number))) {
    throw wrong(part, 'a length is larger than the one before it');
  }
  return numbers as unknown as QualityRules['min'];
}

function number(part: string, text: string): number {
  if (!/^\d{1,3}$/.test(text) || Number(text) > MAX_NUMBER)
    throw wrong(part, `"${text}" is not in 0 … ${MAX_NUMBER}`);
  return Number(text);
}

function wrong(part: string, reason: string): HostError {
  return usageError(`Security.PasswordQualityControl "${part}": ${reason}`);
}

/** Who the password is for, and what it replaces. */
export interface PasswordContext {
  readonly userName: string;
  readonly description?: string;
  readonly home?: string;
  readonly oldPassword?: string;
}

/** What is wrong with a new password, with what to do; undefined when it is good. */
export function passwordTrouble(
  control: QualityControl,
  password: string,
  context: PasswordContext,
): string | undefined {
  const { oldPassword } = context;
  const length = new TextEncoder().encode(password).length;
  const based = (known: string | undefined, mode: MatchMode) =>
    known !== undefined && isBasedOn(control, password, known, mode);
  if (password === oldPassword) return 'Weak password: it is the same as the old one. Choose another one.';
  if (length < control.min[4]) return `Weak password: too short. ${advice(control)}`;
  if (length > control.max) return `Weak password: too long. It can have at most ${control.max} characters.`;
  if (isSimple(control, password)) {
    return `Weak password: not enough different characters or classes for this length. ${advice(control)}`;
  }
  if (control.similarDeny && based(oldPassword, 'remove')) {
    return 'Weak password: it is based on the old one. Choose another one.';
  }
  if ([context.userName, context.description, context.home].some((known) => based(known, 'remove'))) {
    return 'Weak password: it is based on personal login information. Leave out the names of the user.';
  }
  if (WORDS.some((known) => based(known, 'word'))) {
    return 'Weak password: it is based on a dictionary word. Use words that are less common, or none.';
  }
  if ([...SEQUENCES, ...YEARS].some((known) => based(known, 'discount'))) {
    return 'Weak password: it is based on a common sequence of characters. Leave the sequence out.';
  }
  return undefined;
}

/** What a good password looks like. */
export function advice(control: QualityControl): string {
  const kinds = ['one class', 'two classes', 'a passphrase', 'three classes', 'four classes'];
  const lengths = kinds.flatMap((kind, i) => {
    const least = control.min[i] as number;
    if (least === DISABLED) return [];
    return [
      kind === 'a passphrase'
        ? `${least} in ${control.passphraseWords} words`
        : `${least} characters of ${kind}`,
    ];
  });
  return `Use at least ${lengths.join(', or ')}: lower case, upper case, digits, others; an upper case letter at the start and a digit at the end do not count.`;
}
