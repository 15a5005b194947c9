/** Parses the words after a command by its table of options. Source: the error texts of esxcli. */
import { OPTION_TYPES, type Option, type Options, optionName } from './option.ts';

/** What the words mean, or what is wrong with them: one message a line. */
export type Parsed =
  | {
      readonly kind: 'args';
      readonly args: Readonly<Record<string, unknown>>;
      readonly asks: readonly string[];
    }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly messages: readonly string[] };

/** The words that stand for false and true. */
// biome-ignore format: a table reads in columns
const BOOLEANS: Readonly<Record<string, boolean>> = {
  0: false, n: false, no: false, f: false, false: false, off: false,
  1: true, y: true, yes: true, t: true, true: true, on: true,
};
const BOOLEAN_WORDS = '{0, 1, n[o], y[es], f[alse], t[rue], off, on}';
const MAX_WORDS = 4096;

class Wrong extends Error {}

/** Parses `words`; `asks` names the secrets that were given without a value. */
export function parseArgs(options: Options, words: readonly string[]): Parsed {
  if (words.some((word) => word === '--help' || word === '-?')) return { kind: 'help' };
  try {
    return new Parser(options, words).parse();
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    return { kind: 'wrong', messages: [error.message] };
  }
}

class Parser {
  readonly #options: Options;
  readonly #words: readonly string[];
  readonly #args: Record<string, unknown> = {};
  readonly #asks = new Set<string>();
  #at = 0;

  constructor(options: Options, words: readonly string[]) {
    this.#options = options;
    this.#words = words;
    for (const [name, option] of Object.entries(options)) {
      if (option.type === 'flag') this.#args[name] = false;
      if (option.type === 'list') this.#args[name] = [];
    }
  }

  parse(): Parsed {
    if (this.#words.length > MAX_WORDS) throw new Wrong(`More than ${MAX_WORDS} words`);
    while (this.#at < this.#words.length) this.#take(this.#words[this.#at++] as string);
    const messages = Object.entries(this.#options)
      .filter(([name, option]) => option.required && !this.#given(name))
      .map(([name, option]) => `Missing required parameter ${optionName(name, option)}`);
    if (messages.length > 0) return { kind: 'wrong', messages };
    return { kind: 'args', args: this.#args, asks: [...this.#asks] };
  }

  #given(name: string): boolean {
    const value = this.#args[name];
    return this.#asks.has(name) || (Array.isArray(value) ? value.length > 0 : value !== undefined);
  }

  #take(word: string): void {
    const { spelled, name, inline } = this.#split(word);
    const option = this.#options[name] as Option;
    if (option.type === 'flag') {
      if (inline !== undefined) throw new Wrong(`While processing '${spelled}'. It takes no value`);
      this.#args[name] = true;
    } else if (option.type === 'list') {
      this.#args[name] = [...(this.#args[name] as string[]), ...this.#several(spelled, inline)];
    } else {
      const value = inline ?? this.#next();
      this.#asks.delete(name);
      if (value !== undefined) this.#args[name] = convert(spelled, option, value);
      else if (option.secret === true) this.#asks.add(name);
      else throw new Wrong(`While processing '${spelled}'. Argument expected`);
    }
  }

  /** `--name`, `--name=value`, `-n`, `-n=value`, `-nvalue`. */
  #split(word: string): { spelled: string; name: string; inline: string | undefined } {
    const long = /^--([^=]+)(?:=([\s\S]*))?$/.exec(word);
    if (long !== null && Object.hasOwn(this.#options, long[1] as string)) {
      return { spelled: `--${long[1]}`, name: long[1] as string, inline: long[2] };
    }
    const short = /^-([^-=])(=?)([\s\S]*)$/.exec(word);
    const found = Object.entries(this.#options).find(([, option]) => short?.[1] === option.short);
    if (short === null || found === undefined) throw new Wrong(unknown(word));
    const inline = short[2] === '' && short[3] === '' ? undefined : short[3];
    return { spelled: `-${short[1]}`, name: found[0], inline };
  }

  /** The word that follows, unless it is an option. A single dash and negative numbers are values. */
  #next(): string | undefined {
    const word = this.#words[this.#at];
    if (word === undefined || (/^-./.test(word) && !/^-\d+$/.test(word))) return undefined;
    this.#at++;
    return word;
  }

  #several(spelled: string, inline: string | undefined): string[] {
    const values = inline === undefined ? [] : [inline];
    if (inline === undefined) {
      for (let value = this.#next(); value !== undefined; value = this.#next()) values.push(value);
    }
    if (values.length === 0) throw new Wrong(`While processing '${spelled}'. Argument expected`);
    return values;
  }
}

function unknown(word: string): string {
  return word.startsWith('-') ? `Invalid option ${word.split('=', 1)[0]}` : `Unexpected argument '${word}'`;
}

function convert(spelled: string, option: Option, value: string): unknown {
  const mismatch = (expecting: string) =>
    new Wrong(
      `While processing '${spelled}'. Argument type mismatch. Expecting ${expecting}. Got '${value}'`,
    );
  if (option.choices !== undefined && !option.choices.includes(value)) {
    throw mismatch(`one of {${option.choices.join(', ')}}`);
  }
  if (option.type === 'long') {
    const number = Number(value);
    if (!/^[-+]?\d+$/.test(value) || !Number.isSafeInteger(number)) throw mismatch('integer value');
    return number;
  }
  if (option.type !== 'bool') return value;
  const word = value.toLowerCase();
  if (!Object.hasOwn(BOOLEANS, word)) throw mismatch(`one of ${BOOLEAN_WORDS}`);
  return BOOLEANS[word];
}

/** The left half of an option's line in the help text: `-i|--id=<str>`. */
export function optionUsage(name: string, option: Option): string {
  const takes = OPTION_TYPES[option.type];
  return `${optionName(name, option)}${takes === '' ? '' : `=${takes}`}`;
}
