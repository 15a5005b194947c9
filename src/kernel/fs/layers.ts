/** Read-only layers under the ramdisks: each puts its files into the tree, the last wins, and what is changed is copied. */
import { isErrno } from './errno.ts';
import type { Inode } from './file-system.ts';
import { MemoryDirectory, type MemoryEntry } from './memory-directory.ts';
import { MemoryFile, MemoryLink } from './memory-inode.ts';
import { joinPath, splitLast } from './paths.ts';
import type { Vfs } from './vfs.ts';

/** One thing that a layer brings. Paths are absolute, without `.`, `..` and doubled slashes. */
export type LayerEntry = {
  readonly path: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly mtimeSeconds: number;
} & (
  | { readonly kind: 'directory'; readonly implied?: boolean }
  | { readonly kind: 'file'; readonly data: Uint8Array }
  | { readonly kind: 'symlink'; readonly target: string }
);

export interface Layer {
  readonly name: string;
  readonly entries: readonly LayerEntry[];
}

/** What one layer put under a path. */
interface Placed {
  readonly layer: Layer;
  readonly entry: LayerEntry;
  readonly inode: MemoryEntry;
}

/** A folder that a layer's paths need; where there is one, it stays as it is. */
const IMPLIED = { kind: 'directory', mode: 0o755, uid: 0, gid: 0, mtimeSeconds: 0, implied: true } as const;

/** How a part of the tree differs from what the layers say. */
export interface Changes {
  /** Paths of what is new or changed, a directory before what is in it. */
  readonly changed: readonly string[];
  /** Paths of what layers bring and is not there; not those within such a path. */
  readonly removed: readonly string[];
}

/** The layers of one host. Owner: the boot sequence and the package manager. */
export class LayerStack {
  readonly #vfs: Vfs;
  #layers: readonly Layer[] = [];
  readonly #placed = new Map<string, Placed[]>();

  constructor(vfs: Vfs) {
    this.#vfs = vfs;
  }

  /** From the lowest to the highest. */
  get layers(): readonly Layer[] {
    return this.#layers;
  }

  /** Puts a layer on top of the others. What somebody changed or removed stays as he wants it. */
  mount(layer: Layer): void {
    this.#layers = [...this.#layers, layer];
    for (const path of impliedFolders(layer)) this.#place(layer, { ...IMPLIED, path });
    for (const entry of layer.entries) this.#place(layer, entry);
  }

  /** Takes a layer away: what lay below it appears again. What somebody changed stays. */
  unmount(layer: Layer): void {
    this.#layers = this.#layers.filter((other) => other !== layer);
    const paths = [...this.#placed].filter(([, stack]) => stack.some((placed) => placed.layer === layer));
    // What lies in a directory goes before it.
    for (const [path] of paths.sort(([a], [b]) => b.length - a.length)) this.#withdraw(layer, path);
  }

  /** The name of the layer that a path's content comes from; undefined when it is nobody's, or changed. */
  originOf(path: string): string | undefined {
    const top = this.#placed.get(path)?.at(-1);
    return top !== undefined && this.#isUntouched(path, top) ? top.layer.name : undefined;
  }

  /** What differs from the layers in a folder, on the file system that it is on. */
  changesIn(folder: string): Changes {
    const changed: string[] = [];
    const root = this.#directoryAt(folder);
    if (root !== undefined) this.#collect(folder, root, changed);
    const missing = [...this.#placed.keys()].filter(
      (path) => path.startsWith(`${folder}/`) && this.#inodeAt(path) === undefined,
    );
    const gone = new Set(missing);
    return { changed, removed: missing.filter((path) => !gone.has(splitLast(path)[0])).sort() };
  }

  #collect(path: string, directory: MemoryDirectory, changed: string[]): void {
    for (const { name } of directory.entries()) {
      const inner = joinPath(path, name);
      const inode = directory.lookup(name);
      if (isErrno(inode)) continue;
      const top = this.#placed.get(inner)?.at(-1);
      if (!inode.layered || (top !== undefined && top.inode !== inode) || top === undefined)
        changed.push(inner);
      if (inode.kind === 'directory') this.#collect(inner, inode, changed);
    }
  }

  #place(layer: Layer, entry: LayerEntry): void {
    const stack = this.#placed.get(entry.path) ?? [];
    const below = stack.at(-1);
    const directory = this.#directoryAt(splitLast(entry.path)[0]);
    if (directory === undefined) return;
    const existing = this.#inodeAt(entry.path);
    const inode = existing instanceof MemoryDirectory && entry.kind === 'directory' ? existing : undefined;
    const placed = { layer, entry, inode: inode ?? make(directory, entry) };
    this.#placed.set(entry.path, [...stack, placed]);
    if (inode !== undefined) {
      if (inode.layered) dress(inode, entry);
      return;
    }
    // Taken away by somebody, or his own now: it stays so.
    if (below !== undefined && !this.#isUntouched(entry.path, below)) return;
    if (below === undefined && existing !== undefined) return;
    if (existing instanceof MemoryDirectory) return;
    directory.place(splitLast(entry.path)[1], placed.inode);
  }

  #withdraw(layer: Layer, path: string): void {
    const stack = this.#placed.get(path) ?? [];
    const top = stack.at(-1);
    const rest = stack.filter((placed) => placed.layer !== layer);
    if (rest.length === 0) this.#placed.delete(path);
    else this.#placed.set(path, rest);
    if (top === undefined || top.layer !== layer || !this.#isUntouched(path, top)) return;
    const [folder, name] = splitLast(path);
    const below = rest.at(-1);
    const directory = this.#directoryAt(folder);
    if (top.inode instanceof MemoryDirectory) {
      if (below !== undefined) for (const { entry } of rest) dress(top.inode, entry);
      else if (top.inode.isEmpty && !this.#isMountPoint(top.inode)) directory?.withdraw(name);
    } else if (below !== undefined) {
      if (directory !== undefined) this.#restore(path, directory, below);
    } else {
      directory?.withdraw(name);
    }
  }

  /** Puts back what lay below: as a new inode, for the old one ended when it was covered. */
  #restore(path: string, directory: MemoryDirectory, below: Placed): void {
    const placed = { ...below, inode: make(directory, below.entry) };
    this.#placed.set(path, [...(this.#placed.get(path) ?? []).slice(0, -1), placed]);
    directory.place(splitLast(path)[1], placed.inode);
  }

  /** Whether a layer's inode stands at its path as the layer has it. */
  #isUntouched(path: string, { inode }: Placed): boolean {
    return inode.layered && this.#inodeAt(path) === inode;
  }

  #directoryAt(path: string): MemoryDirectory | undefined {
    const inode = this.#inodeAt(path);
    return inode instanceof MemoryDirectory ? inode : undefined;
  }

  #inodeAt(path: string): Inode | undefined {
    const [folder, name] = splitLast(path);
    const parent = this.#vfs.view().folderAt(path === '/' ? '/' : folder);
    if (isErrno(parent)) return undefined;
    if (path === '/') return parent.inode;
    const inode = parent.inode.lookup(name);
    if (isErrno(inode)) return undefined;
    if (inode.kind !== 'directory') return inode;
    const down = this.#vfs.view().folderAt(path);
    return isErrno(down) ? inode : down.inode;
  }

  #isMountPoint(inode: MemoryDirectory): boolean {
    return inode.fileSystem.root === inode;
  }
}

/** The folders that a layer's paths need and it does not name itself, from the top. */
function impliedFolders({ entries }: Layer): string[] {
  const implied = new Set<string>();
  for (const { path } of entries) {
    for (let folder = splitLast(path)[0]; folder !== '/'; folder = splitLast(folder)[0]) implied.add(folder);
  }
  for (const { path } of entries) implied.delete(path);
  return [...implied].sort();
}

function make(directory: MemoryDirectory, entry: LayerEntry): MemoryEntry {
  const home = directory.fileSystem;
  const { mode, uid, gid } = entry;
  const timeNanoseconds = BigInt(entry.mtimeSeconds) * 1_000_000_000n;
  if (entry.kind === 'file') return new MemoryFile(home, { mode, uid, gid }, entry.data, timeNanoseconds);
  if (entry.kind === 'directory') return new MemoryDirectory(home, { mode, uid, gid }, true, directory);
  return new MemoryLink(home, { mode: 0o777, uid, gid, target: entry.target }, true, timeNanoseconds);
}

function dress(directory: MemoryDirectory, entry: LayerEntry): void {
  if (entry.kind === 'directory' && entry.implied === true) return;
  const { mode, uid, gid } = entry;
  directory.mode = mode;
  directory.uid = uid;
  directory.gid = gid;
}

/** What stands in the way of a layer: why it cannot be mounted as it is. */
export function layerProblem(layer: Layer): string | undefined {
  const kinds = new Map(layer.entries.map(({ path, kind }) => [path, kind]));
  if (kinds.size !== layer.entries.length) return 'it has a path twice';
  for (const { path } of layer.entries) {
    for (let folder = splitLast(path)[0]; folder !== '/'; folder = splitLast(folder)[0]) {
      if ((kinds.get(folder) ?? 'directory') !== 'directory')
        return `"${path}" lies below what is no directory`;
    }
  }
  return undefined;
}
