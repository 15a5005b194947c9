// What a file system is tested through: the same calls on a view of the VFS and on a folder of the machine, answers as plain data.
import * as fs from 'node:fs';
import { type FileView, isErrno, type OpenFile, OpenFlag } from '#kernel';

/** An answer that can be compared: the error's name, or what the call gives. */
export type Answer = string | number | bigint | boolean | readonly Answer[] | undefined;

/** Somebody to act as; undefined: as whoever runs the test. */
export type Actor = { readonly uid: number; readonly gid: number } | undefined;

/** Calls by path, and on open files by slot. Errors are answers of the form `!ENOENT`. */
export interface Subject {
  open(slot: number, path: string, flags: readonly FlagName[], mode: number): Answer;
  read(slot: number, length: number, position?: number): Answer;
  write(slot: number, text: string, position?: number): Answer;
  ftruncate(slot: number, size: number): Answer;
  fstat(slot: number): Answer;
  close(slot: number): Answer;
  stat(path: string): Answer;
  lstat(path: string): Answer;
  list(path: string): Answer;
  mkdir(path: string, mode: number): Answer;
  rmdir(path: string): Answer;
  unlink(path: string): Answer;
  rename(from: string, to: string): Answer;
  link(from: string, to: string): Answer;
  symlink(target: string, path: string): Answer;
  readlink(path: string): Answer;
  chmod(path: string, mode: number): Answer;
  chown(path: string, uid: number, gid: number): Answer;
  truncate(path: string, size: number): Answer;
  realpath(path: string): Answer;
  /** From here on the calls are his. */
  actAs(actor: Actor): void;
}

export type FlagName = Exclude<keyof typeof OpenFlag, never>;

/** The mode, links (of what is no directory), owner, and size (of files) of a status. */
function described(status: {
  kind: string;
  mode: number;
  links: number;
  uid: number;
  gid: number;
  size: number;
}): Answer {
  const { kind, mode, links, uid, gid, size } = status;
  // An absolute link is as long as the base makes it.
  const own = kind === 'directory' ? [] : kind === 'symlink' ? [links] : [links, size];
  return [kind, mode.toString(8), uid, gid, ...own];
}

/** A view of the VFS below a folder. `viewOf` gives the view of an actor. */
export function viewSubject(viewOf: (actor: Actor) => FileView, base: string): Subject {
  const open = new Map<number, OpenFile>();
  let view = viewOf(undefined);
  const at = (path: string) => (path === '' ? '' : `${base}/${path}`);
  const said = (result: unknown): Answer => (isErrno(result) ? `!${result.name}` : (result as Answer));
  const file = (slot: number, work: (file: OpenFile) => unknown): Answer => {
    const found = open.get(slot);
    return found === undefined ? '!EBADF' : said(work(found));
  };
  const status = (found: ReturnType<FileView['stat']>) =>
    isErrno(found) ? said(found) : described({ ...found, size: found.sizeBytes });
  return {
    open(slot, path, flags, mode) {
      open.get(slot)?.close();
      open.delete(slot);
      const result = view.open(
        at(path),
        flags.reduce((all, flag) => all | OpenFlag[flag], 0),
        mode,
      );
      if (isErrno(result)) return said(result);
      open.set(slot, result);
      return undefined;
    },
    read: (slot, length, position) =>
      file(slot, (found) => {
        const into = new Uint8Array(length);
        const count = position === undefined ? found.read(into) : found.readAt(into, position);
        return isErrno(count) ? count : new TextDecoder('latin1').decode(into.subarray(0, count));
      }),
    write: (slot, text, position) =>
      file(slot, (found) => {
        const bytes = new TextEncoder().encode(text);
        return position === undefined ? found.write(bytes) : found.writeAt(bytes, position);
      }),
    ftruncate: (slot, size) => file(slot, (found) => found.truncate(size)),
    fstat: (slot) => file(slot, (found) => status(found.status())),
    close(slot) {
      open.get(slot)?.close();
      return open.delete(slot) ? undefined : '!EBADF';
    },
    stat: (path) => status(view.stat(at(path))),
    lstat: (path) => status(view.lstat(at(path))),
    list(path) {
      const entries = view.list(at(path));
      return isErrno(entries) ? said(entries) : entries.map(({ name, kind }) => `${name} ${kind}`).sort();
    },
    mkdir: (path, mode) => said(view.mkdir(at(path), mode)),
    rmdir: (path) => said(view.rmdir(at(path))),
    unlink: (path) => said(view.unlink(at(path))),
    rename: (from, to) => said(view.rename(at(from), at(to))),
    link: (from, to) => said(view.link(at(from), at(to))),
    symlink: (target, path) => said(view.symlink(target.replace(/^\//, `${base}/`), at(path))),
    readlink: (path) => relative(said(view.readlink(at(path))), base),
    chmod: (path, mode) => said(view.chmod(at(path), mode)),
    chown: (path, uid, gid) => said(view.lchown(at(path), uid, gid)),
    truncate: (path, size) => said(view.truncate(at(path), size)),
    realpath: (path) => relative(said(view.realPath(at(path))), base),
    actAs(actor) {
      view = viewOf(actor);
    },
  };
}

/** The machine's own file system below a folder: the known-good one. */
export function machineSubject(base: string): Subject {
  const open = new Map<number, number>();
  const flagOf: Record<FlagName, number> = {
    readOnly: fs.constants.O_RDONLY,
    writeOnly: fs.constants.O_WRONLY,
    readWrite: fs.constants.O_RDWR,
    create: fs.constants.O_CREAT,
    exclusive: fs.constants.O_EXCL,
    truncate: fs.constants.O_TRUNC,
    append: fs.constants.O_APPEND,
    directory: fs.constants.O_DIRECTORY,
    noFollow: fs.constants.O_NOFOLLOW,
  };
  const at = (path: string) => (path === '' ? '' : `${base}/${path}`);
  let actor: Actor;
  const tried = (work: () => Answer): Answer => {
    become(actor);
    try {
      return work();
    } catch (error) {
      return `!${(error as NodeJS.ErrnoException).code}`;
    } finally {
      become(undefined);
    }
  };
  const file = (slot: number, work: (fd: number) => Answer): Answer => {
    const fd = open.get(slot);
    return fd === undefined ? '!EBADF' : tried(() => work(fd));
  };
  return {
    open(slot, path, flags, mode) {
      const old = open.get(slot);
      if (old !== undefined) fs.closeSync(old);
      open.delete(slot);
      return tried(() => {
        open.set(
          slot,
          fs.openSync(
            at(path),
            flags.reduce((all, flag) => all | flagOf[flag], 0),
            mode,
          ),
        );
        return undefined;
      });
    },
    read: (slot, length, position) =>
      file(slot, (fd) => {
        const into = new Uint8Array(length);
        const count = fs.readSync(fd, into, 0, length, position ?? null);
        return new TextDecoder('latin1').decode(into.subarray(0, count));
      }),
    write: (slot, text, position) =>
      file(slot, (fd) => fs.writeSync(fd, new TextEncoder().encode(text), 0, undefined, position)),
    ftruncate: (slot, size) =>
      file(slot, (fd) => {
        fs.ftruncateSync(fd, size);
        return undefined;
      }),
    fstat: (slot) => file(slot, (fd) => describedStats(fs.fstatSync(fd))),
    close(slot) {
      const fd = open.get(slot);
      if (fd !== undefined) fs.closeSync(fd);
      return open.delete(slot) ? undefined : '!EBADF';
    },
    stat: (path) => tried(() => describedStats(fs.statSync(at(path)))),
    lstat: (path) => tried(() => describedStats(fs.lstatSync(at(path)))),
    list: (path) =>
      tried(() =>
        fs
          .readdirSync(at(path), { withFileTypes: true })
          .map((entry) => `${entry.name} ${kindOf(entry)}`)
          .sort(),
      ),
    mkdir: (path, mode) => tried(() => fs.mkdirSync(at(path), { mode }) as undefined),
    rmdir: (path) => tried(() => fs.rmdirSync(at(path)) as undefined),
    unlink: (path) => tried(() => fs.unlinkSync(at(path)) as undefined),
    rename: (from, to) => tried(() => fs.renameSync(at(from), at(to)) as undefined),
    link: (from, to) => tried(() => fs.linkSync(at(from), at(to)) as undefined),
    symlink: (target, path) =>
      tried(() => fs.symlinkSync(target.replace(/^\//, `${base}/`), at(path)) as undefined),
    readlink: (path) =>
      relative(
        tried(() => fs.readlinkSync(at(path))),
        base,
      ),
    chmod: (path, mode) => tried(() => fs.chmodSync(at(path), mode) as undefined),
    chown: (path, uid, gid) => tried(() => fs.lchownSync(at(path), uid, gid) as undefined),
    truncate: (path, size) =>
      tried(() => {
        // truncateSync would want the right to read too.
        const fd = fs.openSync(at(path), fs.constants.O_WRONLY);
        try {
          fs.ftruncateSync(fd, size);
        } finally {
          fs.closeSync(fd);
        }
        return undefined;
      }),
    realpath: (path) =>
      relative(
        tried(() => fs.realpathSync.native(at(path))),
        base,
      ),
    actAs(next) {
      actor = next;
    },
  };
}

function describedStats(stats: fs.Stats): Answer {
  const { mode, nlink, uid, gid, size } = stats;
  return described({ kind: kindOf(stats), mode: mode & 0o7777, links: nlink, uid, gid, size });
}

function kindOf(entry: fs.Stats | fs.Dirent): string {
  if (entry.isDirectory()) return 'directory';
  return entry.isSymbolicLink() ? 'symlink' : 'file';
}

/** Absolute paths as the test says them: below the base, or below the folders above it. */
function relative(answer: Answer, base: string): Answer {
  if (typeof answer !== 'string') return answer;
  const top = base.replace(/(?:\/r)+$/, '');
  if (answer.startsWith(`${base}/`)) return answer.slice(base.length);
  return answer.startsWith(top) ? `^${answer.slice(top.length)}` : answer;
}

/** Changes the identity of the process for the next calls; only root can. */
function become(actor: Actor): void {
  if (actor === undefined && process.geteuid?.() === process.getuid?.()) return;
  if (actor === undefined) {
    process.seteuid?.(process.getuid?.() ?? 0);
    process.setegid?.(process.getgid?.() ?? 0);
    return;
  }
  process.setegid?.(actor.gid);
  process.seteuid?.(actor.uid);
}
