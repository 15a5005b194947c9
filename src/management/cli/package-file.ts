/** The JSON file from which "vmk package build" makes a descriptor: its fields as a table. */
import { usageError } from '#lib';
import {
  ACCEPTANCE_LEVELS,
  type Constraint,
  DESCRIPTOR_FOLDER,
  type Descriptor,
  isAcceptanceLevel,
  RELATIONS,
} from '#system';

type Parts = Omit<Descriptor, 'payloads' | 'files'>;

/** One field: how its value is taken, and what stands when it is absent; without that it must be there. */
interface Field<T> {
  readonly what: string;
  readonly help: string;
  readonly initial?: T;
  take(value: unknown): T | undefined;
}

const text = (help: string, initial?: string): Field<string> => ({
  what: 'a text',
  help,
  ...(initial === undefined ? {} : { initial }),
  take: (value) => (typeof value === 'string' ? value : undefined),
});
const flag = (help: string): Field<boolean> => ({
  what: 'true or false',
  help,
  initial: false,
  take: (value) => (typeof value === 'boolean' ? value : undefined),
});
const constraints = (help: string): Field<readonly Constraint[]> => ({
  what: 'a list of texts such as "lib >= 2.0"',
  help,
  initial: [],
  take(value) {
    if (!Array.isArray(value)) return undefined;
    const found = value.map(constraintOf);
    return found.includes(undefined) ? undefined : (found as Constraint[]);
  },
});

const FIELDS: { readonly [K in keyof Parts]: Field<Parts[K]> } = {
  name: text('letters, digits, "-", "_" and "."'),
  version: text('such as 1.0-1'),
  vendor: text('who makes it'),
  summary: text('what it is, in a line', ''),
  description: text('what it is, at length', ''),
  releaseDate: text('such as 2026-01-31', ''),
  acceptance: {
    what: 'an acceptance level, such as PartnerSupported',
    help: `${ACCEPTANCE_LEVELS.join(', ')} (the last)`,
    initial: 'CommunitySupported',
    take: (value) => (typeof value === 'string' && isAcceptanceLevel(value) ? value : undefined),
  },
  depends: constraints('packages that must be there, as ["lib >= 2.0"]'),
  conflicts: constraints('packages that must not be there'),
  replaces: constraints('packages that go when it comes'),
  provides: constraints('what others may depend on, besides its name'),
  maintenanceMode: flag('whether the host must be in maintenance mode for it'),
  liveInstall: flag('whether it may come while the host runs; else it comes with the next boot'),
  liveRemove: flag('whether it may go while the host runs'),
};

const EXAMPLE = `  $ cat web.json
  { "name": "web", "version": "1.0-1", "vendor": "Us", "acceptance": "PartnerSupported", "liveInstall": true }
  $ mkdir -p tree/opt/web tree${DESCRIPTOR_FOLDER}; echo hello > tree/opt/web/index.html
  $ cat tree${DESCRIPTOR_FOLDER}/web.json
  { "key": "web", "label": "Web server", "policy": "on", "command": ["/bin/httpd", "-f"] }
  $ vmk package key key.pem --level PartnerSupported --name us > line
  $ vmk package build tree web.json --key key.pem
  $ curl -k -u root -T line https://127.0.0.1:8443/host/package-keys
  $ curl -k -u root -T web-1.0-1.vib https://127.0.0.1:8443/tmp/
  $ vmk esxcli software vib install -v /tmp/web-1.0-1.vib`;

/** For the help of the command: what the file may say, and a package from its beginning to its end. */
export const PACKAGE_FILE_HELP = `DESCRIPTOR is a JSON object of these fields:
${Object.entries(FIELDS)
  .map(
    ([name, { help, initial }]) =>
      `  ${name.padEnd(15)}  ${help}${initial === undefined ? ' (needed)' : ''}\n`,
  )
  .join('')}
The folder's files come to the same paths of the host. A JSON file in ${DESCRIPTOR_FOLDER} is a service: key,
label, command, and policy (on, off, automatic), rulesets, package if you like.

${EXAMPLE}
`;

/** Throws HostError `usage` that names the file and the field. */
export function readPackageFile(path: string, content: string): Parts {
  const given = parse(path, content);
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(FIELDS, name));
  if (unknown !== undefined) throw usageError(`"${path}": there is no field "${unknown}"`);
  const values = Object.entries(FIELDS).map(([name, field]) => {
    if (!Object.hasOwn(given, name)) {
      if (field.initial === undefined) throw usageError(`"${path}" does not say "${name}"`);
      return [name, field.initial];
    }
    const value = field.take(given[name]);
    if (value === undefined) throw usageError(`"${path}": "${name}" must be ${field.what}`);
    return [name, value];
  });
  return Object.fromEntries(values) as Parts;
}

function parse(path: string, content: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (cause) {
    throw usageError(`"${path}" is no JSON: ${(cause as Error).message}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw usageError(`"${path}" is no JSON object`);
  return value as Readonly<Record<string, unknown>>;
}

function constraintOf(value: unknown): Constraint | undefined {
  const [, name, relation, version] =
    /^\s*([\w.-]+)\s*(?:(<<|<=|=|>=|>>)\s*([\w.-]+)\s*)?$/.exec(typeof value === 'string' ? value : '') ?? [];
  if (name === undefined) return undefined;
  const known = RELATIONS.find((each) => each === relation);
  return { name, ...(known === undefined || version === undefined ? {} : { relation: known, version }) };
}
