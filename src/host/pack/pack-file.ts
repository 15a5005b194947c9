/** The files of a pack: a line of JSON that says what is in it, then the bytes. They lie where Node keeps compiled code. */
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { getCompileCacheDir } from 'node:module';
import { dirname, join } from 'node:path';

/** A module of the program. */
export interface PackedModule {
  /** Below the root of the program. */
  readonly path: string;
  /** Of the file, when it was packed: with others it is not what it was. */
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  /** Modules that it names, by how it names them. */
  readonly imports: Readonly<Record<string, number>>;
  readonly textBytes: number;
}

/** A pack; its texts follow. */
export interface PackIndex {
  readonly id: string;
  /** See engineKey. */
  readonly engineSources: string;
  readonly modules: readonly PackedModule[];
}

/** What V8 has made of a pack's modules in one kind of thread. */
export interface CodeIndex {
  readonly pack: string;
  /** V8's version and flags, for which it is good. */
  readonly tag: number;
  /** By module; 0 for one that was not loaded. */
  readonly codeBytes: readonly number[];
}

/** Where the program is: all modules are below it. */
export const ROOT = join(import.meta.dirname, '..', '..', '..');

const LINE_END = 10;
const FOR_OTHERS = 0o022;

/**
 * Of this program, as far as it lies where it does; undefined when nothing is kept. It does not lie in Node's own folder but beside
 * it: that is another one for other flags of V8, and threads that begin later find others set.
 */
export function packPath(kind: string): string | undefined {
  const folder = getCompileCacheDir();
  const maker = `${process.version}-${process.getuid?.()}`;
  return folder && join(folder, '..', `vmkernel-${maker}-${encodeURIComponent(ROOT).slice(-150)}.${kind}`);
}

/** @returns undefined where there is none, or somebody else may have written it */
export function readPackFile(path: string): { readonly index: unknown; readonly body: Buffer } | undefined {
  try {
    const { uid, mode } = statSync(path);
    if (uid !== process.getuid?.() || (mode & FOR_OTHERS) !== 0) return undefined;
    const bytes = readFileSync(path);
    const end = bytes.indexOf(LINE_END);
    return { index: JSON.parse(bytes.toString('utf8', 0, end)) as unknown, body: bytes.subarray(end + 1) };
  } catch {
    return undefined;
  }
}

/** Others see all of it or nothing. What cannot be kept is made again. */
export function writePackFile(
  path: string,
  index: PackIndex | CodeIndex | { readonly pack: string },
  parts: readonly Uint8Array[],
): void {
  const part = `${path}.${process.pid}`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(part, Buffer.concat([Buffer.from(`${JSON.stringify(index)}\n`), ...parts]), {
      mode: 0o600,
    });
    renameSync(part, path);
  } catch {
    // No place for it, or no right to it.
  }
}

/** Whether the module's file is as it was when it was packed. */
export function isFresh({ path, sizeBytes, modifiedMs }: PackedModule): boolean {
  const found = statSync(`${ROOT}/${path}`, { throwIfNoEntry: false });
  return found?.size === sizeBytes && found.mtimeMs === modifiedMs;
}
