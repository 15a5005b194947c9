/** GuestFileManager: files in a guest listed, moved, removed, copied in and out. */
import { quoted } from '../../vms/agent/words.ts';
import type { VimContext } from '../context.ts';
import type { Call } from '../model/call.ts';
import { FAULTS } from '../model/faults.ts';
import { ASKED, managed } from '../model/managed.ts';
import { fault, type MoRef, VimFault } from '../model/value.ts';
import type {
  GuestAuthentication,
  GuestFileAttributes,
  GuestFileInfo,
  GuestPosixFileAttributes,
} from '../table/vim25.d.ts';
import { VM_FAULTS } from '../vm/vm-faults.ts';
import { GUEST_FAULTS, type GuestUser, guestUser, runAs } from './guest-login.ts';

const MODIFY = 'VirtualMachine.GuestOperations.Modify';
const QUERY = 'VirtualMachine.GuestOperations.Query';
const MAX_RESULTS = 1000;
const MAX_FILE_BYTES = 2 ** 40;
/** What scripts end with when a path is not there, is there already, or may not be touched. */
const STATUS = { missing: 3, exists: 4, denied: 5, notEmpty: 6 } as const;

const why =
  (path: string) =>
  (status: number): VimFault => {
    if (status === STATUS.missing) return VM_FAULTS.fileNotFound(path);
    if (status === STATUS.exists) return VM_FAULTS.fileExists(path);
    if (status === STATUS.notEmpty)
      return fault('DirectoryNotEmpty', { file: path }, `The directory ${path} is not empty.`);
    return GUEST_FAULTS.permission();
  };

interface Asked {
  readonly vm: MoRef;
  readonly auth: GuestAuthentication;
}

/** A row: the script that does it, and the path that faults are about. */
function scripted<Args extends Asked, Result>(
  privilege: string,
  script: (args: Args) => string,
  path: (args: Args) => string,
  result: (output: string, args: Args) => Result,
) {
  return {
    privilege: ASKED,
    async invoke(vim: VimContext, args: Args, call: Call): Promise<Result | VimFault> {
      const user = await guestUser(vim, args, privilege, call);
      if (user instanceof VimFault) return user;
      const output = await runAs(user, script(args), why(path(args)));
      return output instanceof VimFault ? output : result(output, args);
    },
  };
}

const done = () => undefined;
const isThere = (path: string) => `[ -e ${quoted(path)} ] || exit ${STATUS.missing}`;
const or = (command: string) => `${command} 2>/dev/null || exit ${STATUS.denied}`;

function temporary(option: string) {
  return ({
    prefix,
    suffix,
    directoryPath,
  }: Asked & {
    prefix: string;
    suffix: string;
    directoryPath?: string | undefined;
  }) => {
    const folder = directoryPath === undefined || directoryPath === '' ? '/tmp' : directoryPath;
    const made = `f=$(mktemp ${option} -p ${quoted(folder)} ${quoted(`${prefix}XXXXXX`)}) || exit ${STATUS.denied}`;
    return `${isThere(folder)}\n${made}\nmv "$f" "$f"${quoted(suffix)} 2>/dev/null; printf %s "$f"${quoted(suffix)}`;
  };
}

/** A line a file: kind, size, times, owner, group, permissions, target, name. */
const listScript = (path: string) =>
  [
    isThere(path),
    `p=${quoted(path)}`,
    'show() { printf "%s|%s|%s\\n" "$(stat -c "%F|%s|%Y|%X|%u|%g|%a" "$1")" "$(readlink "$1")" "${1##*/}"; }',
    'if [ -d "$p" ] && [ ! -L "$p" ]; then for f in "$p"/* "$p"/.[!.]*; do [ -e "$f" ] || [ -L "$f" ] && show "$f"; done; else show "$p"; fi; true',
  ].join('\n');

function readFiles(output: string): GuestFileInfo[] {
  return output.split('\n').flatMap((line) => {
    const [kind = '', size, changed, used, owner, group, permissions = '0', target = '', ...names] =
      line.split('|');
    if (names.length === 0) return [];
    const type = kind === 'directory' ? 'directory' : kind === 'symbolic link' ? 'symlink' : 'file';
    const attributes: GuestPosixFileAttributes = {
      _type: 'GuestPosixFileAttributes',
      modificationTime: new Date(Number(changed) * 1000),
      accessTime: new Date(Number(used) * 1000),
      symlinkTarget: target,
      ...{ ownerId: Number(owner), groupId: Number(group), permissions: Number.parseInt(permissions, 8) },
    };
    return [{ path: names.join('|'), type, size: Number(size), attributes }];
  });
}

/** A pattern of names: ESXi takes regular expressions, of which what cannot be one matches nothing. */
function matches(pattern: string | undefined): (file: GuestFileInfo) => boolean {
  if (pattern === undefined || pattern === '' || pattern === '.*') return () => true;
  const text = pattern.slice(0, 256);
  const simple = /^[\w.*^$ -]*$/.test(text);
  return ({ path }) => (simple ? new RegExp(text.replace(/\*+/g, '*')).test(path) : path === text);
}

function attributeScript(path: string, attributes: GuestFileAttributes): string {
  const { ownerId, groupId, permissions } = attributes as GuestPosixFileAttributes;
  const { modificationTime } = attributes;
  const file = quoted(path);
  return [
    ...(permissions === undefined || Number(permissions) === 0
      ? []
      : [or(`chmod ${(Number(permissions) & 0o7777).toString(8)} ${file}`)]),
    ...(ownerId === undefined ? [] : [or(`chown ${ownerId} ${file}`)]),
    ...(groupId === undefined ? [] : [or(`chgrp ${groupId} ${file}`)]),
    ...(modificationTime === undefined
      ? []
      : [or(`touch -d @${Math.floor(modificationTime.getTime() / 1000)} ${file}`)]),
    ':',
  ].join('\n');
}

function urlOf(vim: VimContext, { vm }: GuestUser, token: string): string {
  return `https://*:${vim.host.machines?.httpsPort() ?? 443}/guestFile?id=${vm.id}&token=${token}`;
}

async function fromGuest(vim: VimContext, user: GuestUser, path: string) {
  const output = await runAs(
    user,
    `${isThere(path)}\n[ -f ${quoted(path)} ] && [ -r ${quoted(path)} ] || exit ${STATUS.denied}\n${listScript(path)}`,
    why(path),
  );
  if (output instanceof VimFault) return output;
  const [file] = readFiles(output);
  if (file === undefined) return VM_FAULTS.fileNotFound(path);
  const bytes = Number(file.size);
  const token = vim.guestFiles.open({ vm: user.vm, path, direction: 'from-guest', bytes });
  if (token === undefined) return FAULTS.systemError('too many transfers wait');
  return { attributes: file.attributes, size: bytes, url: urlOf(vim, user, token) };
}

interface ToGuest {
  readonly guestFilePath: string;
  readonly fileAttributes: GuestFileAttributes;
  readonly fileSize: number | bigint;
  readonly overwrite: boolean;
}

async function toGuest(vim: VimContext, user: GuestUser, args: ToGuest): Promise<string | VimFault> {
  const { guestFilePath: path, fileAttributes, fileSize, overwrite } = args;
  const bytes = Number(fileSize);
  if (!(bytes >= 0 && bytes <= MAX_FILE_BYTES)) return FAULTS.invalidArgument('fileSize');
  const free = overwrite ? ':' : `[ ! -e ${quoted(path)} ] || exit ${STATUS.exists}`;
  const folder = path.replace(/\/[^/]*$/, '') || '/';
  const script = `${isThere(folder)}\n${free}\n[ ! -d ${quoted(path)} ] || exit ${STATUS.exists}\n${or(`touch ${quoted(path)}`)}`;
  const output = await runAs(user, script, why(path));
  if (output instanceof VimFault) return output;
  const own = user.name === 'root' ? '' : `chown ${quoted(user.name)} ${quoted(path)}\n`;
  const afterwards = own + user.as(attributeScript(path, fileAttributes));
  const token = vim.guestFiles.open({ vm: user.vm, path, direction: 'to-guest', bytes, afterwards });
  return token === undefined ? FAULTS.systemError('too many transfers wait') : urlOf(vim, user, token);
}

export const GuestFileManager = managed<'GuestFileManager', VimContext>('GuestFileManager', {
  properties: {},
  methods: {
    MakeDirectoryInGuest: scripted(
      MODIFY,
      ({
        directoryPath,
        createParentDirectories,
      }: Asked & { directoryPath: string; createParentDirectories: boolean }) =>
        `[ ! -e ${quoted(directoryPath)} ] || exit ${STATUS.exists}\n${or(`mkdir ${createParentDirectories ? '-p' : ''} ${quoted(directoryPath)}`)}`,
      ({ directoryPath }) => directoryPath,
      done,
    ),
    DeleteFileInGuest: scripted(
      MODIFY,
      ({ filePath }: Asked & { filePath: string }) =>
        `[ -L ${quoted(filePath)} ] || ${isThere(filePath)}\n${or(`rm ${quoted(filePath)}`)}`,
      ({ filePath }) => filePath,
      done,
    ),
    DeleteDirectoryInGuest: scripted(
      MODIFY,
      ({ directoryPath, recursive }: Asked & { directoryPath: string; recursive: boolean }) => {
        const path = quoted(directoryPath);
        const remove = recursive
          ? or(`rm -r ${path}`)
          : `[ -z "$(ls -A ${path})" ] || exit ${STATUS.notEmpty}\n${or(`rmdir ${path}`)}`;
        return `[ -d ${path} ] || exit ${STATUS.missing}\n${remove}`;
      },
      ({ directoryPath }) => directoryPath,
      done,
    ),
    MoveDirectoryInGuest: scripted(
      MODIFY,
      ({
        srcDirectoryPath,
        dstDirectoryPath,
      }: Asked & { srcDirectoryPath: string; dstDirectoryPath: string }) =>
        `[ -d ${quoted(srcDirectoryPath)} ] || exit ${STATUS.missing}\n[ ! -e ${quoted(dstDirectoryPath)} ] || exit ${STATUS.exists}\n${or(`mv ${quoted(srcDirectoryPath)} ${quoted(dstDirectoryPath)}`)}`,
      ({ srcDirectoryPath }) => srcDirectoryPath,
      done,
    ),
    MoveFileInGuest: scripted(
      MODIFY,
      ({
        srcFilePath,
        dstFilePath,
        overwrite,
      }: Asked & { srcFilePath: string; dstFilePath: string; overwrite: boolean }) =>
        `${isThere(srcFilePath)}\n${overwrite ? ':' : `[ ! -e ${quoted(dstFilePath)} ] || exit ${STATUS.exists}`}\n${or(`mv ${quoted(srcFilePath)} ${quoted(dstFilePath)}`)}`,
      ({ srcFilePath }) => srcFilePath,
      done,
    ),
    CreateTemporaryFileInGuest: scripted(
      MODIFY,
      temporary(''),
      ({ directoryPath = '/tmp' }) => directoryPath,
      (output) => output,
    ),
    CreateTemporaryDirectoryInGuest: scripted(
      MODIFY,
      temporary('-d'),
      ({ directoryPath = '/tmp' }) => directoryPath,
      (output) => output,
    ),
    ListFilesInGuest: scripted(
      QUERY,
      ({
        filePath,
      }: Asked & {
        filePath: string;
        index?: number | undefined;
        maxResults?: number | undefined;
        matchPattern?: string | undefined;
      }) => listScript(filePath),
      ({ filePath }) => filePath,
      (output, { index = 0, maxResults = 50, matchPattern }) => {
        const all = readFiles(output).filter(matches(matchPattern)).slice(Math.max(0, index));
        const files = all.slice(0, Math.min(Math.max(0, maxResults), MAX_RESULTS));
        return { ...(files.length > 0 && { files }), remaining: all.length - files.length };
      },
    ),
    ChangeFileAttributesInGuest: scripted(
      MODIFY,
      ({
        guestFilePath,
        fileAttributes,
      }: Asked & { guestFilePath: string; fileAttributes: GuestFileAttributes }) =>
        `${isThere(guestFilePath)}\n${attributeScript(guestFilePath, fileAttributes)}`,
      ({ guestFilePath }) => guestFilePath,
      done,
    ),
    InitiateFileTransferFromGuest: {
      privilege: ASKED,
      async invoke(vim, args, call) {
        const user = await guestUser(vim, args, QUERY, call);
        return user instanceof VimFault ? user : await fromGuest(vim, user, args.guestFilePath);
      },
    },
    InitiateFileTransferToGuest: {
      privilege: ASKED,
      async invoke(vim, args, call) {
        const user = await guestUser(vim, args, MODIFY, call);
        return user instanceof VimFault ? user : await toGuest(vim, user, args);
      },
    },
  },
});
