/** `/vmfs/volumes`: a directory by UUID for each volume that is mounted, and its name as a link to it. */
import { assert, type Clock } from '#lib';
import { ERRNO, type Errno, isErrno } from './errno.ts';
import type { FileSystem } from './file-system.ts';
import { MemoryDirectory } from './memory-directory.ts';
import { MemoryFileSystem } from './memory-file-system.ts';
import { MemoryLink } from './memory-inode.ts';
import type { Mount } from './mounts.ts';
import { joinPath } from './paths.ts';
import { RamdiskBudget } from './ramdisk-account.ts';
import type { Vfs } from './vfs.ts';

/** A volume to mount: a datastore. */
export interface Volume {
  /** As people call it: `datastore1`. */
  readonly name: string;
  readonly uuid: string;
  readonly fileSystem: FileSystem;
}

interface Mounted extends Volume {
  readonly mount: Mount;
}

const PATH = '/vmfs/volumes';
const OWNER = { uid: 0, gid: 0 };

/** The volumes of one host. Nobody makes anything in the directory itself: it is read-only. */
export class Volumes {
  readonly path = PATH;
  readonly #vfs: Vfs;
  readonly #tree: MemoryFileSystem;
  readonly #mounted = new Map<string, Mounted>();

  /** Makes the directory and mounts it. */
  constructor(vfs: Vfs, clock: Pick<Clock, 'wallNanoseconds'>) {
    this.#vfs = vfs;
    const account = new RamdiskBudget(0).open({ reservedBytes: 0, maximumBytes: 0, maximumInodes: 0 });
    assert(!isErrno(account), 'nothing was asked for');
    this.#tree = new MemoryFileSystem({ account, clock, readOnly: true });
    const view = vfs.view();
    for (const folder of ['/vmfs', PATH]) {
      const made = view.mkdir(folder, 0o755);
      assert(made === undefined || made === ERRNO.EEXIST, `${folder} can be made`);
    }
    assert(!isErrno(vfs.mount(this.#tree, PATH)), `${PATH} is free`);
  }

  get all(): readonly Volume[] {
    return [...this.#mounted.values()];
  }

  /** EEXIST when another has its name or UUID; EINVAL when they are no names. */
  add(volume: Volume): Errno | undefined {
    const { name, uuid, fileSystem } = volume;
    if (!isName(name) || !isName(uuid) || name === uuid) return ERRNO.EINVAL;
    for (const taken of this.#mounted.values()) {
      if ([taken.name, taken.uuid].some((each) => each === name || each === uuid)) return ERRNO.EEXIST;
    }
    const { root } = this.#tree;
    root.place(uuid, new MemoryDirectory(this.#tree, { ...OWNER, mode: 0o755 }, true, root));
    const mount = this.#vfs.mount(fileSystem, joinPath(PATH, uuid));
    if (isErrno(mount)) {
      root.withdraw(uuid);
      return mount;
    }
    this.#mounted.set(name, { ...volume, mount });
    this.#link(name, uuid);
    return undefined;
  }

  /** ENOENT when there is none of this name. */
  remove(name: string): Errno | undefined {
    const found = this.#mounted.get(name);
    if (found === undefined) return ERRNO.ENOENT;
    const refused = this.#vfs.unmount(found.mount);
    if (refused) return refused;
    this.#mounted.delete(name);
    this.#tree.root.withdraw(name);
    this.#tree.root.withdraw(found.uuid);
    return undefined;
  }

  rename(name: string, newName: string): Errno | undefined {
    const found = this.#mounted.get(name);
    if (found === undefined) return ERRNO.ENOENT;
    if (!isName(newName)) return ERRNO.EINVAL;
    if (!isErrno(this.#tree.root.lookup(newName))) return ERRNO.EEXIST;
    this.#mounted.delete(name);
    this.#mounted.set(newName, { ...found, name: newName });
    this.#tree.root.withdraw(name);
    this.#link(newName, found.uuid);
    return undefined;
  }

  #link(name: string, target: string): void {
    this.#tree.root.place(name, new MemoryLink(this.#tree, { ...OWNER, mode: 0o777, target }, true));
  }
}

function isName(text: string): boolean {
  return /^[^/\0]{1,80}$/.test(text) && text !== '.' && text !== '..';
}
