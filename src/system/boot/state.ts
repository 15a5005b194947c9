/** state.tgz: what under /etc differs from the layers, taken from the file system, written, read and put back. */
import { gunzipSync, gzipSync } from 'node:zlib';
import {
  ERRNO,
  type Errno,
  type FileView,
  isErrno,
  joinPath,
  type LayerStack,
  ModeBit,
  type Vfs,
} from '#kernel';
import { HostError, readTarEntries, type TarEntry, writeTarEntries } from '#lib';

/** A state: what was changed, with paths as in tar, and what was removed. */
export interface SavedState {
  readonly entries: readonly TarEntry[];
  /** Absolute paths. */
  readonly removed: readonly string[];
}

export const EMPTY_STATE: SavedState = { entries: [], removed: [] };

/** What is saved. */
export const STATE_FOLDER = '/etc';
/** The first member: what was removed, and that this is a state at all. */
const MANIFEST = 'state.json';
const MANIFEST_VERSION = 1;
const MAX_STATE_BYTES = 256 * 2 ** 20;

/** The state of a tree: all that differs from its layers under /etc. */
export function captureState(vfs: Vfs, layers: LayerStack): SavedState {
  const { changed, removed } = layers.changesIn(STATE_FOLDER);
  const view = vfs.view();
  const firstNames = new Map<number, string>();
  const entries = changed.flatMap((path) => {
    const entry = entryOf(view, path, firstNames);
    return entry === undefined ? [] : [entry];
  });
  return { entries, removed };
}

/** The bytes of a state: the same for the same state. */
export function packState({ entries, removed }: SavedState): Uint8Array {
  const text = JSON.stringify({ version: MANIFEST_VERSION, removed });
  const data = new TextEncoder().encode(text);
  const manifest: TarEntry = {
    kind: 'file',
    path: MANIFEST,
    mode: 0o600,
    uid: 0,
    gid: 0,
    mtimeSeconds: 0,
    data,
  };
  return gzipSync(writeTarEntries([manifest, ...entries]));
}

/** Reads a state whole, or not at all. Throws HostError `archive-damaged`. */
export function unpackState(bytes: Uint8Array): SavedState {
  const [manifest, ...entries] = readTarEntries(unzipped(bytes));
  if (manifest?.path !== MANIFEST || manifest.data === undefined) throw damaged('it is not a saved state');
  for (const { path } of entries)
    if (!isInside(`/${path}`)) throw damaged(`"${path}" is not in ${STATE_FOLDER}`);
  return { entries, removed: removedOf(new TextDecoder().decode(manifest.data)) };
}

/** Makes a tree as the state says. Throws HostError `file-system` at what cannot be. */
export function applyState(vfs: Vfs, { entries, removed }: SavedState): void {
  const view = vfs.view();
  for (const path of removed) removeTree(view, path);
  for (const entry of entries) {
    const path = `/${entry.path}`;
    const failed = put(view, path, entry);
    if (failed) throw new HostError('file-system', { action: 'restore', path, reason: failed.text });
  }
}

function entryOf(view: FileView, path: string, firstNames: Map<number, string>): TarEntry | undefined {
  const status = view.lstat(path);
  if (isErrno(status)) return undefined;
  const { uid, gid, kind, id, links } = status;
  const common = {
    path: path.slice(1),
    uid,
    gid,
    mtimeSeconds: Number(status.mtimeNanoseconds / 1_000_000_000n),
  };
  const first = links > 1 ? firstNames.get(id) : undefined;
  if (kind === 'directory') return { ...common, kind, mode: status.mode };
  if (first !== undefined) return { ...common, kind: 'hardlink', mode: 0, target: first };
  firstNames.set(id, common.path);
  if (kind === 'symlink') return { ...common, kind, mode: 0o777, target: must(view.readlink(path)) };
  // The mark is shown as the sticky bit; it comes by itself.
  const mode = status.mode & ~ModeBit.sticky;
  return kind === 'file' ? { ...common, kind, mode, data: must(view.readFile(path)) } : undefined;
}

/** What was just listed is there: nobody else runs in between. */
function must<T>(result: T | Errno): T {
  if (isErrno(result)) {
    throw new HostError('file-system', { action: 'save', path: STATE_FOLDER, reason: result.text });
  }
  return result;
}

function put(view: FileView, path: string, entry: TarEntry): Errno | undefined {
  const made = entry.kind === 'directory' ? putFolder(view, path) : putOther(view, path, entry);
  if (made || entry.kind === 'hardlink') return made;
  const times = BigInt(entry.mtimeSeconds) * 1_000_000_000n;
  return (
    view.lchown(path, entry.uid, entry.gid) ??
    (entry.kind === 'symlink' ? undefined : view.chmod(path, entry.mode)) ??
    view.utimes(path, { atimeNanoseconds: times, mtimeNanoseconds: times }, false)
  );
}

function putFolder(view: FileView, path: string): Errno | undefined {
  const made = view.mkdir(path);
  if (made !== ERRNO.EEXIST) return made;
  const status = view.lstat(path);
  if (!isErrno(status) && status.kind === 'directory') return undefined;
  return view.unlink(path) ?? view.mkdir(path);
}

function putOther(view: FileView, path: string, entry: TarEntry): Errno | undefined {
  removeTree(view, path);
  if (entry.kind === 'symlink') return view.symlink(entry.target ?? '', path);
  if (entry.kind === 'hardlink') return view.link(`/${entry.target}`, path);
  return view.writeFile(path, entry.data ?? new Uint8Array(), 0o600);
}

function removeTree(view: FileView, path: string): void {
  const failed = view.unlink(path);
  if (failed !== ERRNO.EISDIR) return;
  const entries = view.list(path);
  if (!isErrno(entries)) for (const { name } of entries) removeTree(view, joinPath(path, name));
  view.rmdir(path);
}

function unzipped(bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_STATE_BYTES });
  } catch (cause) {
    throw damaged((cause as Error).message, cause);
  }
}

function removedOf(text: string): readonly string[] {
  let manifest: unknown;
  try {
    manifest = JSON.parse(text);
  } catch (cause) {
    throw damaged('its manifest is no JSON', cause);
  }
  const { version, removed } = (manifest ?? {}) as { version?: unknown; removed?: unknown };
  if (version !== MANIFEST_VERSION) throw damaged(`its version is ${JSON.stringify(version)}`);
  if (!Array.isArray(removed) || !removed.every((path) => typeof path === 'string' && isInside(path))) {
    throw damaged('its manifest has no list of removed paths');
  }
  return removed as string[];
}

/** Whether a path lies under /etc, as it stands. */
function isInside(path: string): boolean {
  const names = path.slice(1).split('/');
  const isPlain = names.every((name) => name !== '' && name !== '.' && name !== '..') && !path.includes('\0');
  return isPlain && path.isWellFormed() && path.startsWith(`${STATE_FOLDER}/`);
}

function damaged(reason: string, cause?: unknown): HostError {
  return new HostError('archive-damaged', { what: 'state.tgz', reason }, { cause });
}
