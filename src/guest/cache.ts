/** The folder of the user where fetched guests are kept: each in a folder of its own with a manifest of checksums. */
import { createHash, randomUUID } from 'node:crypto';
import { access, constants, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { HostError, reasonOf } from '#lib';

export { cacheFolder } from './cache-folder.ts';

/** What lies in an entry of the cache, beside the manifest itself. */
export interface Manifest {
  /** The packages it was made from: name to version. */
  readonly packages: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>;
}

/** The files of an entry, by name. */
export type Files = Readonly<Record<string, Uint8Array>>;

const MANIFEST = 'manifest.json';

/**
 * The entry in `folder` with every file read and checked; undefined when it is not there or not what its manifest
 * says, be it cut short, changed, or half removed.
 */
export async function readEntry(folder: string): Promise<{ manifest: Manifest; files: Files } | undefined> {
  try {
    const manifest = JSON.parse(await readFile(join(folder, MANIFEST), 'utf8')) as Manifest;
    const files: Record<string, Uint8Array> = {};
    for (const [name, { bytes, sha256 }] of Object.entries(manifest.files)) {
      const data = await readFile(join(folder, name));
      if (data.length !== bytes || digest(data) !== sha256) return undefined;
      files[name] = data;
    }
    return { manifest, files };
  } catch (error) {
    if (isAccessProblem(error)) throw cannot('read', folder, error);
    return undefined;
  }
}

/** The entry in `folder`, made with what `fetch` brings when it is not there or not sound. Throws HostError. */
export async function keptEntry(
  folder: string,
  fetch: () => Promise<{ readonly packages: Manifest['packages']; readonly files: Files }>,
): Promise<{ manifest: Manifest; files: Files }> {
  const kept = await readEntry(folder);
  if (kept !== undefined) return kept;
  await makeFolder(dirname(folder));
  const { packages, files } = await fetch();
  await writeEntry(folder, packages, files);
  const entry = await readEntry(folder);
  if (entry !== undefined) return entry;
  const reason = 'what was written is not what is read';
  throw new HostError('file-io', { action: 'keep', what: 'packages in', path: folder, reason });
}

/** Makes sure that the folder can be written in: better known before a download than after. Throws HostError. */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (error) {
    throw cannot('write', folder, error);
  }
}

/**
 * Writes an entry so that others see all of it or nothing: under another name first, then renamed. Who comes second
 * leaves a sound entry of the first alone and replaces a damaged one.
 */
export async function writeEntry(
  folder: string,
  packages: Manifest['packages'],
  files: Files,
): Promise<void> {
  const temporary = `${folder}.${randomUUID()}`;
  try {
    await mkdir(temporary, { recursive: true });
    for (const [name, data] of Object.entries(files)) await writeFile(join(temporary, name), data);
    await writeFile(join(temporary, MANIFEST), manifestText(packages, files));
    await moveInPlace(temporary, folder);
  } catch (error) {
    throw cannot('write', folder, error);
  } finally {
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Writes one file so that others see all of it or nothing, unless it is there already. */
export async function writeOnce(path: string, data: Uint8Array): Promise<void> {
  const present = await readFile(path).catch(() => undefined);
  if (present !== undefined && digest(present) === digest(data)) return;
  const temporary = `${path}.${randomUUID()}`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(temporary, data);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw cannot('write', path, error);
  }
}

async function moveInPlace(temporary: string, folder: string): Promise<void> {
  try {
    await rename(temporary, folder);
  } catch {
    // Something is there: another start's sound entry, or a damaged one.
    if ((await readEntry(folder)) !== undefined) return;
    const aside = `${folder}.${randomUUID()}`;
    await rename(folder, aside);
    await rm(aside, { recursive: true, force: true });
    await rename(temporary, folder);
  }
}

function manifestText(packages: Manifest['packages'], files: Files): string {
  const rows = Object.entries(files).map(([name, data]) => [
    name,
    { bytes: data.length, sha256: digest(data) },
  ]);
  const manifest = { packages, files: Object.fromEntries(rows) };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

function digest(data: Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

function isAccessProblem(error: unknown): boolean {
  return ['EACCES', 'EPERM', 'EIO'].includes((error as NodeJS.ErrnoException).code ?? '');
}

function cannot(action: string, path: string, cause: unknown): HostError {
  const reason = reasonOf(cause);
  return new HostError('file-io', { action, what: 'the cache', path, reason }, { cause });
}
