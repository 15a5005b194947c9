/** Files as the datastore browser tells them: a type for each kind of file, with as much of it as is asked for. */
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import type {
  FileInfo,
  FileQuery,
  FileQueryFlags,
  VmDiskFileInfo,
  VmDiskFileQuery,
} from '../table/vim25.d.ts';
import { diskFacts } from '../vm/vm-object.ts';
import { make } from '../vm/vmx-context.ts';

/** A kind of file: how it is called, and VIM's types of it and of the question for it. */
interface FileKind {
  readonly pattern: RegExp;
  readonly info: string;
  readonly query: string;
}

/** The first that fits counts. Extents of disks are files like any other. */
// biome-ignore format: a table reads in columns
const KINDS: readonly FileKind[] = [
  { pattern: /-(?:flat|delta|sesparse|ctk|s\d{3}|f\d{3})\.vmdk$/i, info: 'FileInfo', query: '' },
  { pattern: /\.vmdk$/i,          info: 'VmDiskFileInfo',      query: 'VmDiskFileQuery' },
  { pattern: /\.vmx$/i,           info: 'VmConfigFileInfo',    query: 'VmConfigFileQuery' },
  { pattern: /\.vmtx$/i,          info: 'TemplateConfigFileInfo', query: 'TemplateConfigFileQuery' },
  { pattern: /\.vmsn$/i,          info: 'VmSnapshotFileInfo',  query: 'VmSnapshotFileQuery' },
  { pattern: /\.nvram$/i,         info: 'VmNvramFileInfo',     query: 'VmNvramFileQuery' },
  { pattern: /\.log$/i,           info: 'VmLogFileInfo',       query: 'VmLogFileQuery' },
  { pattern: /\.iso$/i,           info: 'IsoImageFileInfo',    query: 'IsoImageFileQuery' },
  { pattern: /\.(?:flp|img)$/i,   info: 'FloppyImageFileInfo', query: 'FloppyImageFileQuery' },
];
const FOLDER: FileKind = { pattern: /$/, info: 'FolderFileInfo', query: 'FolderFileQuery' };
const OTHER: FileKind = { pattern: /$/, info: 'FileInfo', query: '' };
const KIB = 1024;

function kindOf(name: string, isFolder: boolean): FileKind {
  if (isFolder) return FOLDER;
  return KINDS.find(({ pattern }) => pattern.test(name)) ?? OTHER;
}

export interface Asked {
  /** Undefined or empty: files of all kinds. */
  readonly query?: readonly FileQuery[] | undefined;
  readonly details?: FileQueryFlags | undefined;
}

/** What is told of a file; undefined when it was not asked for. */
export function fileInfo(
  path: string,
  isFolder: boolean,
  { query = [], details }: Asked,
): FileInfo | undefined {
  const name = basename(path);
  const kind = kindOf(name, isFolder);
  // A query for files is one for those of every kind.
  const asked = query.find(
    ({ _type }) => _type === kind.query || _type === 'FileQuery' || _type === undefined,
  );
  if (query.length > 0 && asked === undefined) return undefined;
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  const common = {
    path: name,
    ...(details?.fileSize &&
      !isFolder && { fileSize: kind.info === 'VmDiskFileInfo' ? stat.blocks * 512 : stat.size }),
    ...(details?.fileSize && isFolder && { fileSize: stat.size }),
    ...(details?.modification && { modification: stat.mtime }),
    ...(details?.fileOwner && { owner: 'root' }),
  };
  const isTyped = details?.fileType === true || asked !== undefined;
  if (!isTyped) return make<FileInfo>('FileInfo', common);
  if (kind.info !== 'VmDiskFileInfo') return make<FileInfo>(kind.info, common);
  return diskInfo(
    path,
    common,
    asked && 'details' in asked ? (asked.details as VmDiskFileQuery['details']) : undefined,
  );
}

function diskInfo(path: string, common: FileInfo, details: VmDiskFileQuery['details']): VmDiskFileInfo {
  const facts = details ? diskFacts(path) : undefined;
  return make<VmDiskFileInfo>('VmDiskFileInfo', {
    ...common,
    ...(details?.diskType && { diskType: 'VirtualDiskFlatVer2BackingInfo' }),
    ...(details?.capacityKb && { capacityKb: Math.floor((facts?.capacityBytes ?? 0) / KIB) }),
    ...(details?.hardwareVersion && { hardwareVersion: 21 }),
    ...(details?.controllerType && { controllerType: 'VirtualLsiLogicController' }),
    ...(details?.diskExtents && { diskExtents: [basename(path).replace(/\.vmdk$/i, '-flat.vmdk')] }),
    ...(details?.thin && { thin: facts?.isThin ?? true }),
  });
}

/** Whether a name is one of the patterns: "*" stands for any characters, "?" for one. None: every name is. */
export function isMatch(name: string, patterns: readonly string[], isCaseInsensitive: boolean): boolean {
  const fold = (text: string) => (isCaseInsensitive ? text.toLowerCase() : text);
  return patterns.length === 0 || patterns.some((pattern) => glob(fold(pattern), fold(name)));
}

/** In time of the product of both lengths, whatever the pattern. */
function glob(pattern: string, name: string): boolean {
  let [p, n, star, mark] = [0, 0, -1, 0];
  while (n < name.length) {
    if (pattern[p] === '*') [star, mark, p] = [p, n, p + 1];
    else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === name[n])) [p, n] = [p + 1, n + 1];
    else if (star >= 0) [p, n, mark] = [star + 1, mark + 1, mark + 1];
    else return false;
  }
  return /^\**$/.test(pattern.slice(p));
}
