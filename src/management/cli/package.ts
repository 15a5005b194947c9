/** "vmk package …": makes packages, bundles and keys from files; no host is needed. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HostError, type TarEntry, usageError } from '#lib';
import {
  type AcceptanceLevel,
  buildVib,
  isAcceptanceLevel,
  privateKey,
  readVib,
  trustedKeyLine,
  vibId,
  writeBundle,
} from '#system';
import { command, type Group } from './group.ts';
import type { Option } from './options.ts';
import { PACKAGE_FILE_HELP, readPackageFile } from './package-file.ts';

const text = (value: string, help: string): Option<string | undefined> => ({
  value,
  help,
  initial: undefined,
  take: (given) => given,
});

const level: Option<AcceptanceLevel> = {
  value: 'LEVEL',
  help: 'how far what it signs is trusted (CommunitySupported)',
  initial: 'CommunitySupported',
  take(given) {
    if (!isAcceptanceLevel(given))
      throw new RangeError('it is no acceptance level, such as PartnerSupported');
    return given;
  },
};

/** ar has sixteen characters for a name, and one payload is enough. */
const PAYLOAD = 'files';

export const PACKAGE_COMMANDS: Group = {
  build: command(
    ['FOLDER', 'DESCRIPTOR'],
    'makes a package of the files in a folder, and a JSON file that says what it is',
    {
      key: text('FILE', 'the private key to sign with, in PEM; without it, it is not signed'),
      output: text('FILE', 'where it goes (NAME-VERSION.vib)'),
    },
    async ({ words: [folder = '', file = ''], values, print }) => {
      const descriptor = readPackageFile(file, readInput('descriptor', file).toString('utf8'));
      const key = values.key === undefined ? undefined : readKey(values.key);
      const entries = [...folderEntries(folder, '')];
      const vib = buildVib({
        descriptor,
        payloadName: PAYLOAD,
        entries,
        ...(key === undefined ? {} : { key }),
      });
      if (typeof vib === 'string')
        throw new HostError('package-refused', { package: descriptor.name, reason: vib });
      const path = values.output ?? `${descriptor.name}-${descriptor.version}.vib`;
      writeOutput('package', path, vib);
      print({ path, sizeBytes: vib.length }, () => `${path}: ${vib.length} bytes\n`);
    },
    PACKAGE_FILE_HELP,
  ),
  bundle: command(
    ['NAME', 'PACKAGE…'],
    'puts packages together as an image profile',
    { vendor: text('TEXT', 'who makes it'), output: text('FILE', 'where it goes (NAME.tgz)') },
    async ({ words: [name = '', ...files], values, print }) => {
      const packages = files.map((file) => {
        const bytes = readInput('package', file);
        const vib = readVib(bytes);
        if (typeof vib === 'string') throw new HostError('package-refused', { package: file, reason: vib });
        return { name: `vibs/${vibId(vib)}.vib`, bytes };
      });
      const bytes = writeBundle({ name, vendor: values.vendor ?? '', packages });
      const path = values.output ?? `${name}.tgz`;
      writeOutput('bundle', path, bytes);
      print({ path, sizeBytes: bytes.length }, () => `${path}: ${bytes.length} bytes\n`);
    },
  ),
  key: command(
    ['FILE'],
    'makes a private key to sign with, and prints its line for /etc/vmware/package-keys',
    { level, name: text('TEXT', 'whose key it is') },
    async ({ words: [file = ''], values, process }) => {
      const { privateKey: key, publicKey } = generateKeyPairSync('ed25519');
      writeOutput('key', file, key.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
      process.stdout.write(trustedKeyLine(publicKey, values.level, values.name ?? 'unnamed'));
    },
  ),
  show: command(['PACKAGE'], 'shows what a package is', {}, async ({ words: [file = ''], print }) => {
    const vib = readVib(readInput('package', file));
    if (typeof vib === 'string') throw new HostError('package-refused', { package: file, reason: vib });
    const { descriptor, signature } = vib;
    print(
      { ...descriptor, signed: signature !== undefined },
      ({ name, version, vendor, acceptance, files }) =>
        [
          `${name} ${version}, by ${vendor}`,
          `${acceptance}, ${signature === undefined ? 'not signed' : 'signed'}`,
          ...files.map((path) => `/${path}`),
          '',
        ].join('\n'),
    );
  }),
};

/** What lies in a folder, sorted: the same package each time. */
function* folderEntries(folder: string, below: string): Generator<TarEntry> {
  const names = attempt('read', 'folder', join(folder, below), () => readdirSync(join(folder, below))).sort();
  for (const name of names) {
    const path = below === '' ? name : `${below}/${name}`;
    const whole = join(folder, path);
    const stats = lstatSync(whole);
    const common = { path, mode: stats.mode & 0o7777, uid: 0, gid: 0, mtimeSeconds: 0 };
    if (stats.isDirectory()) {
      yield { ...common, kind: 'directory' };
      yield* folderEntries(folder, path);
    } else if (stats.isSymbolicLink()) {
      yield { ...common, kind: 'symlink', mode: 0o777, target: readlinkSync(whole) };
    } else if (stats.isFile()) {
      yield { ...common, kind: 'file', data: readInput('file', whole) };
    } else {
      throw usageError(`"${whole}" is neither a file, a folder nor a link`);
    }
  }
}

function readKey(file: string): KeyObject {
  const key = privateKey(readInput('key', file).toString('utf8'));
  if (key === undefined)
    throw usageError(`"${file}" is no Ed25519 private key in PEM; "vmk package key" makes one`);
  return key;
}

function readInput(what: string, path: string): Buffer {
  return attempt('read', what, path, () => readFileSync(path));
}

function writeOutput(
  what: string,
  path: string,
  content: string | Uint8Array,
  options: { readonly mode?: number; readonly flag?: string } = {},
): void {
  attempt('write', what, path, () => writeFileSync(path, content, options));
}

function attempt<T>(action: string, what: string, path: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT' && action === 'read') {
      throw new HostError('file-missing', { what, path }, { cause });
    }
    const reason = (cause as Error).message;
    throw new HostError('file-io', { action, what, path, reason }, { cause });
  }
}
