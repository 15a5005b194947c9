/** Shell scripts by which files of a guest are listed, moved, made and removed, and what they say. */
import { quoted } from '../../vms/agent/words.ts';
import type { VimFault } from '../model/value.ts';
import type { GuestFileAttributes, GuestFileInfo, GuestPosixFileAttributes } from '../table/vim25.d.ts';
import { VM_FAULTS } from '../vm/vm-faults.ts';
import { GUEST_FAULTS } from './guest-faults.ts';

/** What scripts end with. */
const STATUS = { missing: 3, exists: 4, denied: 5, notEmpty: 6, notAFile: 7, notADirectory: 8 } as const;

/** The fault that a status stands for, about a path. */
export const why =
  (path: string) =>
  (status: number): VimFault => {
    if (status === STATUS.missing) return VM_FAULTS.fileNotFound(path);
    if (status === STATUS.exists) return VM_FAULTS.fileExists(path);
    if (status === STATUS.notEmpty) return GUEST_FAULTS.notEmpty(path);
    if (status === STATUS.notAFile) return GUEST_FAULTS.notAFile(path);
    if (status === STATUS.notADirectory) return GUEST_FAULTS.notADirectory(path);
    return GUEST_FAULTS.permission();
  };

const MAX_PATH_BYTES = 4095;

/** Whether a guest can have a file of that name: from its root on, as programs take it. */
export const isGuestPath = (path: string): boolean =>
  path.startsWith('/') && !path.includes('\0') && Buffer.byteLength(path) <= MAX_PATH_BYTES;

const orDenied = (command: string) => `${command} 2>/dev/null || exit ${STATUS.denied}`;
const needs = (path: string) => `[ -e ${quoted(path)} ] || [ -L ${quoted(path)} ] || exit ${STATUS.missing}`;
const needsFolder = (path: string) =>
  `${needs(path)}\n[ -d ${quoted(path)} ] || exit ${STATUS.notADirectory}`;
const needsFile = (path: string) =>
  `${needs(path)}\n[ ! -d ${quoted(path)} ] || [ -L ${quoted(path)} ] || exit ${STATUS.notAFile}`;
const needsFree = (path: string) =>
  `[ ! -e ${quoted(path)} ] && [ ! -L ${quoted(path)} ] || exit ${STATUS.exists}`;
const folderOf = (path: string) => path.replace(/\/+[^/]*\/*$/, '') || '/';
const script = (...lines: readonly string[]) => lines.join('\n');

export const makeFolder = (path: string, withParents: boolean): string =>
  script(
    withParents
      ? `[ ! -e ${quoted(path)} ] || [ -d ${quoted(path)} ] || exit ${STATUS.exists}`
      : script(needsFree(path), needsFolder(folderOf(path))),
    orDenied(`mkdir ${withParents ? '-p ' : ''}${quoted(path)}`),
  );

export const removeFile = (path: string): string =>
  script(needsFile(path), orDenied(`rm -f ${quoted(path)}`));

export const removeFolder = (path: string, isRecursive: boolean): string =>
  script(
    needsFolder(path),
    isRecursive
      ? orDenied(`rm -r ${quoted(path)}`)
      : script(
          `[ -z "$(ls -A ${quoted(path)})" ] || exit ${STATUS.notEmpty}`,
          orDenied(`rmdir ${quoted(path)}`),
        ),
  );

export const moveFolder = (from: string, to: string): string =>
  script(needsFolder(from), needsFree(to), orDenied(`mv ${quoted(from)} ${quoted(to)}`));

export const moveFile = (from: string, to: string, mayOverwrite: boolean): string =>
  script(
    needsFile(from),
    mayOverwrite ? `[ ! -d ${quoted(to)} ] || exit ${STATUS.notAFile}` : needsFree(to),
    orDenied(`mv -f ${quoted(from)} ${quoted(to)}`),
  );

/** Prints the path of a new file, or folder, with a name that nothing had. */
export const makeTemporary = (
  what: 'file' | 'folder',
  { folder, prefix, suffix }: { readonly folder: string; readonly prefix: string; readonly suffix: string },
): string =>
  script(
    needsFolder(folder),
    `f=$(mktemp ${what === 'folder' ? '-d ' : ''}${quoted(`${folder}/${prefix}XXXXXX`)} 2>/dev/null) || exit ${STATUS.denied}`,
    suffix === '' ? ':' : orDenied(`mv "$f" "$f"${quoted(suffix)}`),
    `printf %s "$f"${quoted(suffix)}`,
  );

/** Whether a file can be read, or put somewhere, before it is tried. */
export const mayRead = (path: string): string =>
  script(needsFile(path), `[ -r ${quoted(path)} ] || exit ${STATUS.denied}`);

export const mayWrite = (path: string, mayOverwrite: boolean): string =>
  script(
    needsFolder(folderOf(path)),
    mayOverwrite ? `[ ! -d ${quoted(path)} ] || exit ${STATUS.notAFile}` : needsFree(path),
    `[ -w ${quoted(folderOf(path))} ] || exit ${STATUS.denied}`,
  );

/** Puts a file that has come in the place of another, whose permissions it keeps. */
export const replaceFile = (part: string, path: string): string =>
  script(
    `[ -f ${quoted(path)} ] && chmod "$(stat -c %a ${quoted(path)})" ${quoted(part)} 2>/dev/null`,
    orDenied(`mv -f ${quoted(part)} ${quoted(path)}`),
  );

/** Gives a file what of its attributes is set. */
export function setAttributes(path: string, attributes: GuestFileAttributes): string {
  const { ownerId, groupId, permissions, modificationTime } = attributes as GuestPosixFileAttributes;
  const file = quoted(path);
  const seconds = modificationTime && Math.floor(modificationTime.getTime() / 1000);
  return script(
    ...(ownerId === undefined ? [] : [orDenied(`chown ${ownerId} ${file}`)]),
    ...(groupId === undefined ? [] : [orDenied(`chgrp ${groupId} ${file}`)]),
    // After the owner: a new one takes set-user-ID away.
    ...(permissions === undefined
      ? []
      : [orDenied(`chmod ${(Number(permissions) & 0o7777).toString(8)} ${file}`)]),
    ...(seconds === undefined ? [] : [orDenied(`touch -d @${seconds} ${file}`)]),
    ':',
  );
}

export const changeAttributes = (path: string, attributes: GuestFileAttributes): string =>
  script(needs(path), setAttributes(path, attributes));

const END = '\u0001';
const MIDDLE = '\u0002';
/** Kind, size, times, owner, group, permissions, name. */
const FORMAT = `%F|%s|%Y|%X|%u|%g|%a|%n${END}`;

/** Prints a file, or what a folder has, and then where links lead. */
export const listFiles = (path: string): string =>
  script(
    needs(path),
    `p=${quoted(path)}`,
    `if [ -d "$p" ] && [ ! -L "$p" ]; then cd "$p" 2>/dev/null && [ -r . ] || exit ${STATUS.denied}`,
    'set -- * .[!.]* ..?*; else set -- "$p"; fi',
    'for f; do [ -e "$f" ] || [ -L "$f" ] && printf "%s\\0" "$f"; done | xargs -0 -r stat -c ' +
      `${quoted(FORMAT)} -- 2>/dev/null`,
    `for f; do [ -L "$f" ] && printf "%s" ${quoted(MIDDLE)} "$f" ${quoted(MIDDLE)} "$(readlink "$f")" ${quoted(END)}; done; :`,
  );

/** Numbers that can be none too large. */
const FILE =
  /^([a-z ]{1,40})\|(\d{1,15})\|(\d{1,12})\|(\d{1,12})\|(\d{1,10})\|(\d{1,10})\|([0-7]{1,5})\|([^]+)$/;

export function readFiles(output: string): GuestFileInfo[] {
  const records = output.split(END).map((record) => record.replace(/^\n/, ''));
  const targets = new Map(
    records.flatMap((record) => {
      const [before, name, target] = record.split(MIDDLE);
      return before === '' && name !== undefined && target !== undefined ? [[name, target] as const] : [];
    }),
  );
  return records.flatMap((record) => {
    const [, kind, size, changed, used, owner, group, permissions = '0', path] = FILE.exec(record) ?? [];
    if (path === undefined) return [];
    const type = kind === 'directory' ? 'directory' : kind === 'symbolic link' ? 'symlink' : 'file';
    const attributes: GuestPosixFileAttributes = {
      _type: 'GuestPosixFileAttributes',
      modificationTime: new Date(Number(changed) * 1000),
      accessTime: new Date(Number(used) * 1000),
      symlinkTarget: targets.get(path) ?? '',
      ...{ ownerId: Number(owner), groupId: Number(group), permissions: Number.parseInt(permissions, 8) },
    };
    return [{ path, type, size: Number(size), attributes }];
  });
}

const MAX_PATTERN = 256;
/** So many can be tried in a moment, however a name is made. */
const MAX_REPEATS = 4;

/** Whether a name fits a regular expression; undefined for what is none, or could take long. */
export function nameTest(pattern: string | undefined): ((name: string) => boolean) | undefined {
  if (pattern === undefined || pattern === '') return () => true;
  const isLong = pattern.length > MAX_PATTERN || (pattern.match(/[*+{]/g)?.length ?? 0) > MAX_REPEATS;
  if (isLong || /\)[*+?{]|\\[1-9]|\(\?/.test(pattern)) return undefined;
  try {
    const expression = new RegExp(pattern, 'u');
    return (name) => expression.test(name);
  } catch {
    return undefined;
  }
}
