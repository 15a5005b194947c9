/** The JSON file from which "vmk package build" makes a descriptor: its fields as a table. */
import { type Constraint, type Descriptor, isAcceptanceLevel, RELATIONS } from '#system';
import { usage } from './options.ts';

type Parts = Omit<Descriptor, 'payloads' | 'files'>;

/** One field: how its value is taken, and what stands when it is absent; without that it must be there. */
interface Field<T> {
  readonly what: string;
  readonly initial?: T;
  take(value: unknown): T | undefined;
}

const text = (initial?: string): Field<string> => ({
  what: 'a text',
  ...(initial === undefined ? {} : { initial }),
  take: (value) => (typeof value === 'string' ? value : undefined),
});
const flag: Field<boolean> = {
  what: 'true or false',
  initial: false,
  take: (value) => (typeof value === 'boolean' ? value : undefined),
};
const constraints: Field<readonly Constraint[]> = {
  what: 'a list of texts such as "lib >= 2.0"',
  initial: [],
  take(value) {
    if (!Array.isArray(value)) return undefined;
    const found = value.map(constraintOf);
    return found.includes(undefined) ? undefined : (found as Constraint[]);
  },
};

const FIELDS: { readonly [K in keyof Parts]: Field<Parts[K]> } = {
  name: text(),
  version: text(),
  vendor: text(),
  summary: text(''),
  description: text(''),
  releaseDate: text(''),
  acceptance: {
    what: 'an acceptance level, such as PartnerSupported',
    initial: 'CommunitySupported',
    take: (value) => (typeof value === 'string' && isAcceptanceLevel(value) ? value : undefined),
  },
  depends: constraints,
  conflicts: constraints,
  replaces: constraints,
  provides: constraints,
  maintenanceMode: flag,
  liveInstall: flag,
  liveRemove: flag,
};

/** Throws HostError `usage` that names the file and the field. */
export function readPackageFile(path: string, content: string): Parts {
  const given = parse(path, content);
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(FIELDS, name));
  if (unknown !== undefined) throw usage(`"${path}": there is no field "${unknown}"`);
  const values = Object.entries(FIELDS).map(([name, field]) => {
    if (!Object.hasOwn(given, name)) {
      if (field.initial === undefined) throw usage(`"${path}" does not say "${name}"`);
      return [name, field.initial];
    }
    const value = field.take(given[name]);
    if (value === undefined) throw usage(`"${path}": "${name}" must be ${field.what}`);
    return [name, value];
  });
  return Object.fromEntries(values) as Parts;
}

function parse(path: string, content: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (cause) {
    throw usage(`"${path}" is no JSON: ${(cause as Error).message}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw usage(`"${path}" is no JSON object`);
  return value as Readonly<Record<string, unknown>>;
}

function constraintOf(value: unknown): Constraint | undefined {
  const [, name, relation, version] =
    /^\s*([\w.-]+)\s*(?:(<<|<=|=|>=|>>)\s*([\w.-]+)\s*)?$/.exec(typeof value === 'string' ? value : '') ?? [];
  if (name === undefined) return undefined;
  const known = RELATIONS.find((each) => each === relation);
  return { name, ...(known === undefined || version === undefined ? {} : { relation: known, version }) };
}
