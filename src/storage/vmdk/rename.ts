/** A disk under another name, in another folder of its file system too, without a byte of it copied. */
import { existsSync, linkSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { HostError } from '#lib';
import { fileProblem } from '../image-file.ts';
import { syncFolder } from '../replace-file.ts';
import { parentPath } from './chain.ts';
import { CHANGES_ENTRY } from './change-tracking.ts';
import { writeNew } from './create.ts';
import { hintOf } from './delta.ts';
import { type Descriptor, formatDescriptor } from './descriptor.ts';
import { Link, readDescriptor } from './link.ts';
import { removeFiles } from './merge.ts';

const VMDK = '.vmdk';

/**
 * Its files get their new names beside the old ones, then its descriptor, and at last the old names go: after a crash the
 * disk is there under one name, or both. Preconditions: no disk is built on it. @throws HostError `file-io` also where a
 * file system cannot, `file-busy`, `disk-…`
 */
export function renameDisk(from: string, to: string): void {
  if (!to.endsWith(VMDK) || existsSync(to)) {
    const reason = existsSync(to) ? 'there is one already' : 'the name of a VMDK ends in ".vmdk"';
    throw new HostError('disk-refused', { action: 'make', path: to, reason });
  }
  // Nobody has it meanwhile.
  const link = Link.open(from, 'write');
  const made: string[] = [];
  try {
    if (readDescriptor(from).within === undefined) nameParts(link, to, made);
    else nameWhole(link, to, made);
    syncFolder(dirname(to));
  } catch (cause) {
    for (const path of made) rmSync(path, { force: true });
    throw fileProblem('rename', 'disk', from, cause);
  } finally {
    link.close();
  }
  removeFiles(link);
}

/** A disk whose descriptor is a file of its own. */
function nameParts({ path: from, descriptor }: Link, to: string, made: string[]): void {
  const names = new Map<string, string>();
  const renamed = (name: string): string => {
    const known = names.get(name);
    if (known !== undefined || name === '') return known ?? '';
    const [old, stem] = [basename(from, VMDK), basename(to, VMDK)];
    const next = name.startsWith(old) ? stem + name.slice(old.length) : `${stem}-${name}`;
    link(join(dirname(from), name), join(dirname(to), next), made);
    names.set(name, next);
    return next;
  };
  const extents = descriptor.extents.map((line) => ({ ...line, fileName: renamed(line.fileName) }));
  const entries = new Map(descriptor.entries);
  const changes = entries.get(CHANGES_ENTRY);
  if (changes !== undefined && existsSync(join(dirname(from), basename(changes))))
    entries.set(CHANGES_ENTRY, renamed(basename(changes)));
  writeNew(
    to,
    formatDescriptor({ ...descriptor, ...parentAt(from, to, descriptor), extents, entries }),
    made,
  );
}

/** A disk that is one file: it has both names at once, and a parent elsewhere by one that is right for both. */
function nameWhole(disk: Link, to: string, made: string[]): void {
  const parent = parentPath(disk);
  if (parent !== undefined && dirname(disk.path) !== dirname(to)) disk.describe({ parent });
  link(disk.path, to, made);
}

/** How its parent is named from its new place; nothing for a disk that has none, or one named by its whole path. */
function parentAt(from: string, to: string, descriptor: Descriptor): Pick<Descriptor, 'parent'> {
  const path = parentPath({ path: from, descriptor });
  return path === undefined || path === descriptor.parent ? {} : { parent: hintOf(to, path) };
}

/** Unlike a rename, it takes nobody's place. */
function link(from: string, to: string, made: string[]): void {
  linkSync(from, to);
  made.push(to);
}
