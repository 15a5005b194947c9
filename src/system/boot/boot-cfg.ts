/** boot.cfg: what a boot bank says of itself, as lines `key=value`. Source: ESXi 8.0, About the boot.cfg File. */
import { HostError } from '#lib';

/** How far a bank has come. */
export const BootState = {
  /** It came up. */
  good: 0,
  /** Written, and not tried yet. */
  untried: 1,
  /** Tried: whoever finds this at a boot knows that it did not come up. */
  tried: 2,
  /** Not to be booted. */
  bad: 3,
} as const;
export type BootStateCode = (typeof BootState)[keyof typeof BootState];

export interface BootCfg {
  readonly bootstate: BootStateCode;
  readonly title: string;
  readonly timeout: number;
  readonly prefix: string;
  readonly kernel: string;
  readonly kernelopt: string;
  /** Files of the bank: layers from the lowest, the image database, the state. */
  readonly modules: readonly string[];
  readonly build: string;
  /** Counts the updates: the bank with the highest number is the newest. */
  readonly updated: number;
  /** Lines that this version does not know: kept. */
  readonly others: readonly (readonly [key: string, value: string])[];
}

const MODULE_SEPARATOR = ' --- ';
const MAX_BYTES = 2 ** 16;
const KEYS = [
  'bootstate',
  'title',
  'timeout',
  'prefix',
  'kernel',
  'kernelopt',
  'modules',
  'build',
  'updated',
] as const;
type Key = (typeof KEYS)[number];
/** Without these there is no bank. */
const NEEDED: readonly Key[] = ['bootstate', 'modules', 'build', 'updated'];

/** Reads a boot.cfg. Throws HostError `boot-cfg` that names the line. */
export function parseBootCfg(text: string): BootCfg {
  if (text.length > MAX_BYTES) throw wrong('it is too long');
  const values = new Map<string, string>();
  const others: [string, string][] = [];
  for (const [i, line] of text.split('\n').entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [, key, value] = /^([A-Za-z_][\w.-]*)=(.*)$/.exec(line) ?? [];
    if (key === undefined || value === undefined) throw wrong(`line ${i + 1} is not key=value`);
    if (values.has(key) || others.some(([other]) => other === key)) throw wrong(`it has "${key}" twice`);
    if ((KEYS as readonly string[]).includes(key)) values.set(key, value.trim());
    else others.push([key, value]);
  }
  const missing = NEEDED.find((key) => !values.has(key));
  if (missing !== undefined) throw wrong(`it does not say "${missing}"`);
  const text_ = (key: Key) => values.get(key) ?? '';
  return {
    bootstate: number('bootstate', text_('bootstate'), 3) as BootStateCode,
    title: text_('title'),
    timeout: number('timeout', text_('timeout') || '0', 86_400),
    prefix: text_('prefix'),
    kernel: text_('kernel'),
    kernelopt: text_('kernelopt'),
    modules: text_('modules')
      .split(MODULE_SEPARATOR.trim())
      .map(moduleName)
      .filter((name) => name !== ''),
    build: text_('build'),
    updated: number('updated', text_('updated'), Number.MAX_SAFE_INTEGER),
    others,
  };
}

/** The text of a boot.cfg; `parseBootCfg` reads the same from it. */
export function formatBootCfg(cfg: BootCfg): string {
  const line = (key: Key) =>
    `${key}=${key === 'modules' ? cfg.modules.join(MODULE_SEPARATOR) : String(cfg[key])}\n`;
  return KEYS.map(line).join('') + cfg.others.map(([key, value]) => `${key}=${value}\n`).join('');
}

function number(key: Key, text: string, most: number): number {
  const value = Number(text);
  if (!/^\d{1,16}$/.test(text) || value > most)
    throw wrong(`"${key}" is "${text}", not a number in 0 … ${most}`);
  return value;
}

/** A file of the bank itself: nothing that leads elsewhere. */
function moduleName(text: string): string {
  const name = text.trim().replace(/^\//, '');
  if (/[/\0\\]/.test(name) || name.startsWith('.')) throw wrong(`module "${name}" is not a file of the bank`);
  return name;
}

function wrong(reason: string): HostError {
  return new HostError('boot-cfg', { reason });
}
