/** Services that packages bring: a JSON file each in a folder of the root file system, with what is to be run. */
import { POLICIES, type Policy, type ServiceRow } from './service.ts';

/** Where packages put them. */
export const DESCRIPTOR_FOLDER = '/usr/lib/vmware/services';

export interface Descriptor {
  readonly row: ServiceRow;
  /** A program and its arguments, run as a process of the host. */
  readonly command: readonly string[];
}

export type ParsedDescriptor =
  | { readonly kind: 'descriptor'; readonly descriptor: Descriptor }
  | { readonly kind: 'wrong'; readonly reason: string };

const TEXT_CHARACTERS_MAX = 65_536;
const WORDS_MAX = 64;
const FIELDS = ['key', 'label', 'policy', 'rulesets', 'command', 'package'];

class Wrong extends Error {}

/** `{ "key": "web", "label": "Web server", "policy": "on", "rulesets": ["webAccess"], "command": ["/bin/httpd", "-f"] }`. */
export function parseDescriptor(text: string): ParsedDescriptor {
  try {
    return { kind: 'descriptor', descriptor: parse(text) };
  } catch (error) {
    if (error instanceof Wrong) return { kind: 'wrong', reason: error.message };
    throw error;
  }
}

function parse(text: string): Descriptor {
  if (text.length > TEXT_CHARACTERS_MAX)
    throw new Wrong(`it is longer than ${TEXT_CHARACTERS_MAX} characters`);
  const given = json(text);
  const unknown = Object.keys(given).find((name) => !FIELDS.includes(name));
  if (unknown !== undefined) throw new Wrong(`there is no field "${unknown.slice(0, 64)}"`);
  const key = word(given, 'key');
  if (!/^[A-Za-z][\w.-]{0,63}$/.test(key)) throw new Wrong(`key "${key.slice(0, 64)}" is no name`);
  const policy = (given['policy'] ?? 'off') as Policy;
  if (!POLICIES.includes(policy)) throw new Wrong(`policy is one of ${POLICIES.join(', ')}`);
  const command = words(given, 'command');
  if (command[0]?.startsWith('/') !== true) throw new Wrong('command begins with a path from /');
  const sourcePackage = given['package'] === undefined ? key : word(given, 'package');
  const rulesets = given['rulesets'] === undefined ? [] : words(given, 'rulesets');
  return {
    row: { key, label: word(given, 'label'), policy, requiredBy: undefined, rulesets, sourcePackage },
    command,
  };
}

function json(text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Wrong('it is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Wrong('it is not an object');
  return value as Readonly<Record<string, unknown>>;
}

function word(given: Readonly<Record<string, unknown>>, name: string): string {
  const value = given[name];
  if (typeof value === 'string' && /^[\x20-\x7e]{1,128}$/.test(value)) return value;
  throw new Wrong(`${name} is a text of 1 … 128 printable characters`);
}

function words(given: Readonly<Record<string, unknown>>, name: string): readonly string[] {
  const value = given[name];
  const isGood = (item: unknown) => typeof item === 'string' && item.length <= 4096 && !item.includes('\0');
  if (Array.isArray(value) && value.length <= WORDS_MAX && value.every(isGood)) return value as string[];
  throw new Wrong(`${name} is a list of at most ${WORDS_MAX} texts`);
}
