/** GuestFileManager: files in a guest listed, moved, removed, copied in and out. */
import { randomBytes } from 'node:crypto';
import type { VimContext } from '../context.ts';
import type { Call } from '../model/call.ts';
import { FAULTS } from '../model/faults.ts';
import { ASKED, managed } from '../model/managed.ts';
import { VimFault } from '../model/value.ts';
import type { GuestFileAttributes } from '../table/vim25.d.ts';
import { VM_FAULTS } from '../vm/vm-faults.ts';
import {
  changeAttributes,
  isGuestPath,
  listFiles,
  makeFolder,
  makeTemporary,
  mayRead,
  mayWrite,
  moveFile,
  moveFolder,
  nameTest,
  readFiles,
  removeFile,
  removeFolder,
  replaceFile,
  setAttributes,
  why,
} from './file-scripts.ts';
import { asUser, type GuestUser, guestUser, type InGuest, PRIVILEGE, runAs } from './guest-login.ts';

const MAX_RESULTS = 1000;
const DEFAULT_RESULTS = 50;
const MAX_FILE_BYTES = 2 ** 40;
const PART_BYTES = 6;

/** A row: the script that does it, and the paths that it is about, by the names of their arguments. */
function scripted<Args extends InGuest>(
  paths: (args: Args) => Readonly<Record<string, string>>,
  script: (args: Args) => string,
) {
  return {
    privilege: ASKED,
    async invoke(vim: VimContext, args: Args, call: Call): Promise<undefined | VimFault> {
      const done = await changed(vim, args, { paths: paths(args), script: () => script(args) }, call);
      return done instanceof VimFault ? done : undefined;
    },
  };
}

interface Change {
  readonly paths: Readonly<Record<string, string>>;
  readonly script: () => string;
}

/** What the script printed; faults are about the first path. */
async function changed(
  vim: VimContext,
  args: InGuest,
  { paths, script }: Change,
  call: Call,
  privilege: string = PRIVILEGE.modify,
): Promise<string | VimFault> {
  const wrong = Object.entries(paths).find(([, path]) => !isGuestPath(path));
  if (wrong) return FAULTS.invalidArgument(wrong[0], 'a path begins with "/"');
  const user = await guestUser(vim, args, privilege, call);
  const [path = ''] = Object.values(paths);
  return user instanceof VimFault ? user : await runAs(user, script(), why(path));
}

interface Temporary extends InGuest {
  readonly prefix: string;
  readonly suffix: string;
  readonly directoryPath?: string | undefined;
}

function temporary(what: 'file' | 'folder') {
  return {
    privilege: ASKED,
    invoke(vim: VimContext, args: Temporary, call: Call): VimFault | Promise<string | VimFault> {
      const { prefix, suffix, directoryPath: given } = args;
      if (/[/\0]/.test(prefix + suffix))
        return FAULTS.invalidArgument(/[/\0]/.test(prefix) ? 'prefix' : 'suffix');
      const folder = given === undefined || given === '' ? '/tmp' : given;
      const script = () => makeTemporary(what, { folder, prefix, suffix });
      return changed(vim, args, { paths: { directoryPath: folder }, script }, call);
    },
  };
}

interface List extends InGuest {
  readonly filePath: string;
  readonly index?: number | undefined;
  readonly maxResults?: number | undefined;
  readonly matchPattern?: string | undefined;
}

async function list(vim: VimContext, args: List, call: Call) {
  const { filePath, index = 0, maxResults = DEFAULT_RESULTS, matchPattern } = args;
  const fits = nameTest(matchPattern);
  if (fits === undefined) return FAULTS.invalidArgument('matchPattern');
  if (!isGuestPath(filePath)) return FAULTS.invalidArgument('filePath', 'a path begins with "/"');
  const user = await guestUser(vim, args, PRIVILEGE.query, call);
  if (user instanceof VimFault) return user;
  const output = await runAs(user, listFiles(filePath), why(filePath), { isLong: true });
  if (output instanceof VimFault) return output;
  const all = readFiles(output)
    .filter(({ path }) => fits(path))
    .slice(Math.max(0, index));
  const files = all.slice(0, Math.min(Math.max(0, maxResults), MAX_RESULTS));
  return { ...(files.length > 0 && { files }), remaining: all.length - files.length };
}

/** "*" is what clients put the host in for that they know. */
function urlOf(vim: VimContext, { vm }: GuestUser, token: string | undefined): string | VimFault {
  if (token === undefined) return FAULTS.systemError('too many transfers wait');
  return `https://*:${vim.host.machines?.httpsPort() ?? 443}/guestFile?id=${vm.id}&token=${token}`;
}

async function fromGuest(vim: VimContext, user: GuestUser, path: string) {
  const output = await runAs(user, `${mayRead(path)}\n${listFiles(path)}`, why(path), { isLong: true });
  if (output instanceof VimFault) return output;
  const [file] = readFiles(output);
  if (file === undefined) return VM_FAULTS.fileNotFound(path);
  const token = vim.guestFiles.open({ ...user, path, direction: 'from-guest' });
  const url = urlOf(vim, user, token);
  return url instanceof VimFault ? url : { attributes: file.attributes, size: Number(file.size), url };
}

interface ToGuest extends InGuest {
  readonly guestFilePath: string;
  readonly fileAttributes: GuestFileAttributes;
  readonly fileSize: number | bigint;
  readonly overwrite: boolean;
}

async function toGuest(vim: VimContext, user: GuestUser, args: ToGuest): Promise<string | VimFault> {
  const { guestFilePath: path, fileAttributes, fileSize, overwrite } = args;
  const bytes = Number(fileSize);
  const output = await runAs(user, mayWrite(path, overwrite), why(path));
  if (output instanceof VimFault) return output;
  const part = `${path}.vmk-${randomBytes(PART_BYTES).toString('hex')}`;
  const finish = asUser(user, `${replaceFile(part, path)}\n${setAttributes(path, fileAttributes)}`);
  return urlOf(vim, user, vim.guestFiles.open({ ...user, path: part, direction: 'to-guest', bytes, finish }));
}

export const GuestFileManager = managed<'GuestFileManager', VimContext>('GuestFileManager', {
  properties: {},
  methods: {
    MakeDirectoryInGuest: scripted(
      ({ directoryPath }: InGuest & { directoryPath: string; createParentDirectories: boolean }) => ({
        directoryPath,
      }),
      ({ directoryPath, createParentDirectories }) => makeFolder(directoryPath, createParentDirectories),
    ),
    DeleteFileInGuest: scripted(
      ({ filePath }: InGuest & { filePath: string }) => ({ filePath }),
      ({ filePath }) => removeFile(filePath),
    ),
    DeleteDirectoryInGuest: scripted(
      ({ directoryPath }: InGuest & { directoryPath: string; recursive: boolean }) => ({ directoryPath }),
      ({ directoryPath, recursive }) => removeFolder(directoryPath, recursive),
    ),
    MoveDirectoryInGuest: scripted(
      ({
        srcDirectoryPath,
        dstDirectoryPath,
      }: InGuest & { srcDirectoryPath: string; dstDirectoryPath: string }) => ({
        srcDirectoryPath,
        dstDirectoryPath,
      }),
      ({ srcDirectoryPath, dstDirectoryPath }) => moveFolder(srcDirectoryPath, dstDirectoryPath),
    ),
    MoveFileInGuest: scripted(
      ({
        srcFilePath,
        dstFilePath,
      }: InGuest & { srcFilePath: string; dstFilePath: string; overwrite: boolean }) => ({
        srcFilePath,
        dstFilePath,
      }),
      ({ srcFilePath, dstFilePath, overwrite }) => moveFile(srcFilePath, dstFilePath, overwrite),
    ),
    CreateTemporaryFileInGuest: temporary('file'),
    CreateTemporaryDirectoryInGuest: temporary('folder'),
    ListFilesInGuest: { privilege: ASKED, invoke: list },
    ChangeFileAttributesInGuest: scripted(
      ({ guestFilePath }: InGuest & { guestFilePath: string; fileAttributes: GuestFileAttributes }) => ({
        guestFilePath,
      }),
      ({ guestFilePath, fileAttributes }) => changeAttributes(guestFilePath, fileAttributes),
    ),
    InitiateFileTransferFromGuest: {
      privilege: ASKED,
      async invoke(vim, args, call) {
        if (!isGuestPath(args.guestFilePath)) return FAULTS.invalidArgument('guestFilePath');
        const user = await guestUser(vim, args, PRIVILEGE.query, call);
        return user instanceof VimFault ? user : await fromGuest(vim, user, args.guestFilePath);
      },
    },
    InitiateFileTransferToGuest: {
      privilege: ASKED,
      async invoke(vim, args, call) {
        if (!isGuestPath(args.guestFilePath)) return FAULTS.invalidArgument('guestFilePath');
        if (!(args.fileSize >= 0 && args.fileSize <= MAX_FILE_BYTES))
          return FAULTS.invalidArgument('fileSize');
        const user = await guestUser(vim, args, PRIVILEGE.modify, call);
        return user instanceof VimFault ? user : await toGuest(vim, user, args);
      },
    },
  },
});
