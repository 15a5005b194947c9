/**
 * The files of many packages as one tar archive, with dpkg's records of them: each is unpacked, and what is left is to
 * configure them, on the machine that they are for. Source: deb(5), dpkg(1), dpkg's doc/triggers.txt.
 */
import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, mkdtemp, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  HostError,
  isTarEnd,
  isTarExtension,
  parseTarExtension,
  parseTarHeader,
  TAR_BLOCK_BYTES,
  type TarEntry,
  type TarExtension,
  tarDamaged,
  tarPadding,
  writeTarEntries,
} from '#lib';
import type { Run } from '../process.ts';
import type { Report } from '../report.ts';

const DPKG = 'var/lib/dpkg';
const MAX_EXTENSION_BYTES = 2 ** 20;
const COPY_BYTES = 2 ** 20;
/** First: they make the folders and links that others lie in. */
const FIRST = ['base-files_', 'base-passwd_'];

/** What dpkg keeps of one package. */
interface Unpacked {
  readonly name: string;
  readonly stanza: string;
  readonly info: readonly TarEntry[];
  readonly interests: readonly string[];
}

/** Writes the archive to `path`; `extra` are files of ours, which come last. @throws HostError */
export async function writeRootArchive(
  path: string,
  debs: readonly string[],
  extra: readonly TarEntry[],
  run: Run,
  report: Report,
): Promise<void> {
  const scratch = await mkdtemp(`${path}-`);
  const target = await open(path, 'w');
  try {
    const ordered = [...debs].sort((a, b) => rank(a) - rank(b));
    const all: Unpacked[] = [];
    for (const [index, deb] of ordered.entries()) {
      report('unpacking packages', index / ordered.length);
      all.push(await unpack(deb, target, scratch, run));
    }
    await target.write(writeTarEntries([...records(all), ...extra]));
  } finally {
    await target.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

/** A file as an entry of an archive, of root's. */
export function rootFile(path: string, text: string, mode = 0o644): TarEntry {
  const data = new TextEncoder().encode(text);
  return { kind: 'file', path, mode, uid: 0, gid: 0, mtimeSeconds: 0, data };
}

function rank(deb: string): number {
  const index = FIRST.findIndex((name) => deb.includes(`/${name}`));
  return index < 0 ? FIRST.length : index;
}

/** Copies the files of a package to the end of `target`. */
async function unpack(deb: string, target: FileHandle, scratch: string, run: Run): Promise<Unpacked> {
  const control = join(scratch, 'control');
  const data = join(scratch, 'data.tar');
  await rm(control, { recursive: true, force: true });
  await mkdir(control);
  await run('dpkg-deb', ['--control', deb, control]);
  // dpkg-deb writes to its standard output only.
  await run('sh', ['-c', 'exec dpkg-deb --fsys-tarfile "$1" >"$2"', 'sh', deb, data]);
  const stanza = (await readFile(join(control, 'control'), 'utf8')).trimEnd();
  const field = (name: string) => new RegExp(`^${name}: *(.*)$`, 'm').exec(stanza)?.[1];
  const name = field('Package');
  if (name === undefined)
    throw new HostError('archive-damaged', { what: `package "${deb}"`, reason: 'it has no name' });
  const conffiles = await linesOf(join(control, 'conffiles'));
  const { paths, sums } = await copyMembers(data, target, new Set(conffiles));
  const stem = field('Multi-Arch') === 'same' ? `${name}:${field('Architecture')}` : name;
  const info = [rootFile(`${DPKG}/info/${stem}.list`, `${['/.', ...paths].join('\n')}\n`)];
  for (const file of await readdir(control)) {
    if (file === 'control') continue;
    const { mode } = await stat(join(control, file));
    info.push({
      ...rootFile(`${DPKG}/info/${stem}.${file}`, '', mode & 0o777),
      data: await readFile(join(control, file)),
    });
  }
  const triggers = await linesOf(join(control, 'triggers'));
  const interests = triggers.filter((line) => line.startsWith('interest')).map((line) => `${line} ${stem}`);
  return { name, stanza: statusOf(stanza, conffiles, sums), info, interests };
}

/** A package's part of dpkg's status: unpacked, and not configured yet. */
function statusOf(stanza: string, conffiles: readonly string[], sums: ReadonlyMap<string, string>): string {
  const known = conffiles.filter((path) => sums.has(path)).map((path) => ` ${path} ${sums.get(path)}`);
  const status = stanza.replace(/^(Package: .*)$/m, '$1\nStatus: install ok unpacked');
  return known.length === 0 ? status : `${status}\nConffiles:\n${known.join('\n')}`;
}

/** dpkg's own files. */
function records(all: readonly Unpacked[]): TarEntry[] {
  const files: string[] = [];
  const named = new Map<string, string[]>();
  for (const line of all.flatMap(({ interests }) => interests)) {
    const [directive = '', trigger = '', owner = ''] = line.split(/\s+/);
    const entry = directive.endsWith('-noawait') ? `${owner}/noawait` : owner;
    if (trigger.startsWith('/')) files.push(`${trigger} ${entry}`);
    else named.set(trigger, [...(named.get(trigger) ?? []), entry]);
  }
  return [
    rootFile(`${DPKG}/status`, `${all.map(({ stanza }) => stanza).join('\n\n')}\n\n`),
    rootFile(`${DPKG}/available`, ''),
    rootFile(`${DPKG}/info/format`, '1\n'),
    rootFile(`${DPKG}/triggers/File`, files.map((line) => `${line}\n`).join('')),
    ...[...named].map(([trigger, owners]) =>
      rootFile(`${DPKG}/triggers/${trigger}`, owners.map((owner) => `${owner}\n`).join('')),
    ),
    ...all.flatMap(({ info }) => info),
  ];
}

async function linesOf(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
}

/** Appends the members of an archive, without its end; their paths as dpkg tells them, and MD5 sums of some. */
async function copyMembers(
  path: string,
  target: FileHandle,
  summed: ReadonlySet<string>,
): Promise<{ paths: string[]; sums: ReadonlyMap<string, string> }> {
  const source = await open(path);
  const [paths, sums] = [[] as string[], new Map<string, string>()];
  try {
    let extension: TarExtension = {};
    let at = 0;
    for (;;) {
      const block = await span(source, at, TAR_BLOCK_BYTES);
      if (isTarEnd(block)) break;
      const header = parseTarHeader(block, extension);
      const dataAt = at + TAR_BLOCK_BYTES;
      at = dataAt + header.sizeBytes + tarPadding(header.sizeBytes);
      if (isTarExtension(header.type)) {
        if (header.sizeBytes > MAX_EXTENSION_BYTES) throw tarDamaged('a name is too long');
        extension = {
          ...extension,
          ...parseTarExtension(header.type, await span(source, dataAt, header.sizeBytes)),
        };
        continue;
      }
      extension = {};
      const name = `/${header.path.replace(/^\.?\/*/, '').replace(/\/+$/, '')}`;
      if (name !== '/') paths.push(name);
      if (summed.has(name))
        sums.set(
          name,
          createHash('md5')
            .update(await span(source, dataAt, header.sizeBytes))
            .digest('hex'),
        );
    }
    for (let from = 0; from < at; from += COPY_BYTES) {
      await target.write(await span(source, from, Math.min(COPY_BYTES, at - from)));
    }
    return { paths, sums };
  } finally {
    await source.close();
  }
}

async function span(file: FileHandle, at: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  const { bytesRead } = await file.read(bytes, 0, length, at);
  if (bytesRead < length) throw tarDamaged(`it ends behind byte ${at}`);
  return bytes;
}
