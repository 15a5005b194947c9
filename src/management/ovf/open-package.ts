/** A package of a stranger, opened: its descriptor read, every file of it there, as long as it says and as its manifest says. */
import { createReadStream, existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { HostError } from '#lib';
import { FileDigests, MAX_MANIFEST_BYTES, type Manifest, parseManifest } from './manifest.ts';
import type { OvfFile, OvfPackage } from './model.ts';
import { badPackage } from './names.ts';
import { type OvaMember, ovaMembers } from './ova-reader.ts';
import { fileTrouble, regularFile, writeNew } from './package-writer.ts';
import { MAX_DESCRIPTOR_BYTES, readDescriptor } from './read-descriptor.ts';

export interface OpenedPackage {
  readonly package: OvfPackage;
  /** Its descriptor. */
  readonly text: string;
  /** Where a file's bytes are. */
  pathOf(file: OvfFile): string;
}

export interface OpenOptions {
  /** For messages. */
  readonly path: string;
  /** A folder that is empty, and goes when the import ends. */
  readonly scratch: string;
  /** Hears of bytes that were read. */
  readonly progress: (what: string, done: number) => void;
  readonly stop: AbortSignal;
}

/** What a compressed file may become that is no disk. */
const MAX_PLAIN_BYTES = 2 ** 32;
const MIB = 2 ** 20;
/** No digest of anything is asked for. */
const NO_MANIFEST: Manifest = new Map();

/** @throws HostError `ovf-bad`, `file-…` */
export function openPackage(options: OpenOptions, input?: AsyncIterable<Uint8Array>): Promise<OpenedPackage> {
  if (input !== undefined) return openOva(input, options);
  if (/\.ovf$/i.test(options.path)) return openOvf(options);
  if (!/\.ova$/i.test(options.path))
    throw new HostError('usage', { reason: `"${options.path}" is neither an .ova nor an .ovf file` });
  return openOva(createReadStream(options.path, { highWaterMark: MIB }), options);
}

// A descriptor with its files beside it

async function openOvf(options: OpenOptions): Promise<OpenedPackage> {
  const { path } = options;
  const folder = dirname(path);
  const bytes = await readText(path, MAX_DESCRIPTOR_BYTES);
  const text = bytes.toString('utf8');
  const package_ = readDescriptor(text, path);
  const manifestPath = path.replace(/\.ovf$/i, '.mf');
  const manifest = existsSync(manifestPath)
    ? parseManifest((await readText(manifestPath, MAX_MANIFEST_BYTES)).toString('utf8'), path)
    : undefined;
  if (manifest) {
    const digests = new FileDigests(basename(path), manifest);
    digests.update(bytes);
    digests.finish()(manifest, path);
    requireKnown(manifest, [basename(path), ...package_.files.map(({ href }) => href)], path);
  }
  const places = new Map<OvfFile, string>();
  for (const file of package_.files) {
    const own = join(folder, file.href);
    const { size } = await fileTrouble('open', own, () => regularFile(own));
    requireSize(file, size, path);
    const place = file.isGzip ? join(options.scratch, String(places.size)) : own;
    places.set(file, place);
    // Nothing to hold it against, nothing to unpack.
    if (manifest === undefined && place === own) continue;
    const member = {
      ...{ name: file.href, sizeBytes: size },
      bytes: createReadStream(own, { highWaterMark: MIB }),
    };
    const target = place === own ? undefined : place;
    const check = await fileTrouble('read', own, () =>
      take(member, file, manifest ?? NO_MANIFEST, package_, options, target),
    );
    if (manifest) check(manifest, path);
  }
  return { package: package_, text, pathOf: (file) => places.get(file) as string };
}

async function readText(path: string, most: number): Promise<Buffer> {
  const { size } = await fileTrouble('open', path, () => regularFile(path));
  if (size > most) throw badPackage(path, `it has ${size} bytes, more than ${most / MIB} MiB`);
  return fileTrouble('read', path, () => collect(createReadStream(path), size, path));
}

// An archive, as it comes

async function openOva(input: AsyncIterable<Uint8Array>, options: OpenOptions): Promise<OpenedPackage> {
  const { path, scratch } = options;
  const places = new Map<OvfFile, string>();
  const checks: ((manifest: Manifest, path: string) => void)[] = [];
  let package_: OvfPackage | undefined;
  let manifest: Manifest | undefined;
  let ovf = '';
  let text = '';
  await fileTrouble('read', path, async () => {
    for await (const member of ovaMembers(input, path)) {
      if (package_ === undefined) {
        if (!/\.ovf$/i.test(member.name))
          throw badPackage(path, `it begins with "${member.name}", not with its descriptor`);
        ovf = member.name;
        const bytes = await wholeText(member, MAX_DESCRIPTOR_BYTES, path);
        text = bytes.toString('utf8');
        package_ = readDescriptor(text, path);
        const digests = new FileDigests(ovf, undefined);
        digests.update(bytes);
        checks.push(digests.finish());
      } else if (member.name === ovf.replace(/ovf$/i, 'mf')) {
        manifest = parseManifest((await wholeText(member, MAX_MANIFEST_BYTES, path)).toString('utf8'), path);
      } else if (member.name === ovf.replace(/ovf$/i, 'cert')) {
        await wholeText(member, MAX_MANIFEST_BYTES, path);
      } else {
        const file = package_.files.find(({ href }) => href === member.name);
        if (file === undefined) throw badPackage(path, `its descriptor does not have "${member.name}"`);
        requireSize(file, member.sizeBytes, path);
        await requireRoom(scratch, member, path);
        const place = join(scratch, String(places.size));
        checks.push(await take(member, file, manifest, package_, options, place));
        places.set(file, place);
      }
    }
  });
  if (package_ === undefined) throw badPackage(path, 'it is empty');
  const missing = package_.files.find((file) => !places.has(file));
  if (missing) throw badPackage(path, `"${missing.href}" is not in it`);
  if (manifest) {
    for (const check of checks) check(manifest, path);
    requireKnown(manifest, [ovf, ...package_.files.map(({ href }) => href)], path);
  }
  return { package: package_, text, pathOf: (file) => places.get(file) as string };
}

function wholeText({ name, sizeBytes, bytes }: OvaMember, most: number, path: string): Promise<Buffer> {
  if (sizeBytes > most)
    throw badPackage(path, `"${name}" has ${sizeBytes} bytes, more than ${most / MIB} MiB`);
  return collect(bytes, sizeBytes, path);
}

async function collect(bytes: AsyncIterable<Uint8Array>, size: number, path: string): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of bytes) parts.push(part);
  const whole = Buffer.concat(parts);
  if (whole.length !== size) throw badPackage(path, 'it changes while it is read');
  return whole;
}

/** No promise of an archive fills the datastore. */
async function requireRoom(folder: string, { name, sizeBytes }: OvaMember, path: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (sizeBytes > bavail * bsize)
    throw badPackage(path, `"${name}" has ${sizeBytes} bytes, and there is room for ${bavail * bsize}`);
}

// Both

function requireSize({ href, sizeBytes }: OvfFile, found: number, path: string): void {
  if (sizeBytes !== undefined && sizeBytes !== found)
    throw badPackage(path, `"${href}" has ${found} bytes, and its descriptor says ${sizeBytes}`);
}

/** A manifest of more than there is was made for another package. */
function requireKnown(manifest: Manifest, names: readonly string[], path: string): void {
  for (const name of manifest.keys())
    if (!names.includes(name)) throw badPackage(path, `its manifest has "${name}", which is not there`);
}

/** Lets a file go by its digests, and where `place` says so to there, unpacked; answers what holds it against a manifest. */
async function take(
  member: OvaMember,
  file: OvfFile,
  manifest: Manifest | undefined,
  package_: OvfPackage,
  { path, progress, stop }: OpenOptions,
  place: string | undefined,
): Promise<(manifest: Manifest, path: string) => void> {
  const digests = new FileDigests(file.href, manifest);
  async function* watched(): AsyncGenerator<Uint8Array> {
    let done = 0;
    for await (const bytes of member.bytes) {
      stop.throwIfAborted();
      digests.update(bytes);
      done += bytes.length;
      progress(`reading ${file.href}`, done / Math.max(1, member.sizeBytes));
      yield bytes;
    }
  }
  if (place === undefined) for await (const _ of watched());
  else if (file.isGzip) await unpack(watched(), place, mostBytes(file, package_), file, path);
  else await writeNew(place, watched());
  return digests.finish();
}

async function unpack(
  source: AsyncIterable<Uint8Array>,
  place: string,
  most: number,
  file: OvfFile,
  path: string,
) {
  try {
    await pipeline(source, createGunzip(), (bytes: AsyncIterable<Uint8Array>) =>
      writeNew(place, bytes, (size) => {
        if (size > most) throw badPackage(path, `"${file.href}" becomes larger than its disk can be`);
      }),
    );
  } catch (cause) {
    const { code = '', message } = cause as NodeJS.ErrnoException;
    if (!code.startsWith('Z_') && code !== 'ERR_STREAM_PREMATURE_CLOSE') throw cause;
    throw badPackage(path, `"${file.href}" cannot be decompressed: ${message}`);
  }
}

/** What a disk of that size can take in any format: all of it, and tables. */
function mostBytes(file: OvfFile, { disks }: OvfPackage): number {
  const capacity = disks.find((disk) => disk.file === file)?.capacityBytes;
  return capacity === undefined ? MAX_PLAIN_BYTES : capacity + capacity / 16 + 64 * MIB;
}
