/** The text that describes a VMDK: what kind it is, which extents it has, whose child it is. Source: VMware Virtual Disk Format 1.1, "The Descriptor File". */

/** Larger ones are refused: 62 TiB in extents of 2 GiB take 2 MiB. */
export const MAX_DESCRIPTOR_BYTES = 4 * 2 ** 20;
/** 62 TiB, as ESXi has it. */
export const MAX_DISK_BYTES = 62 * 2 ** 40;
export const SECTOR_BYTES = 512;

export type ExtentKind = 'FLAT' | 'VMFS' | 'SPARSE' | 'VMFSSPARSE' | 'ZERO';
export type Access = 'RW' | 'RDONLY' | 'NOACCESS';

/** One part of the disk; the parts follow each other. */
export interface ExtentLine {
  readonly access: Access;
  readonly sectors: number;
  readonly kind: ExtentKind;
  /** In the folder of the descriptor. */
  readonly fileName: string;
  /** Where it begins in that file; of flat ones. */
  readonly offsetSectors: number;
}

export interface Descriptor {
  /** Changes when the content does: a child knows by it whether its parent is still the one it was made on. */
  readonly cid: number;
  readonly parentCid: number;
  readonly createType: string;
  /** The parent's descriptor; absent of a disk that stands alone. */
  readonly parent?: string;
  readonly extents: readonly ExtentLine[];
  /** The lines "ddb.…" and others that are not above, in their order. */
  readonly entries: ReadonlyMap<string, string>;
}

export const NO_PARENT_CID = 0xffff_ffff;
/** Kinds of disks and of the extents that they have. */
const CREATE_TYPES: ReadonlySet<string> = new Set([
  ...['monolithicFlat', 'monolithicSparse', 'twoGbMaxExtentFlat', 'twoGbMaxExtentSparse'],
  ...[
    'streamOptimized',
    'vmfs',
    'vmfsSparse',
    'vmfsThin',
    'vmfsEagerZeroedThick',
    'vmfsPreallocated',
    'custom',
  ],
]);
const MAX_EXTENTS = 40_000;
const MAX_ENTRIES = 1000;
const MARK = '# Disk DescriptorFile';
const EXTENT =
  /^(RW|RDONLY|NOACCESS)\s+(\d{1,15})\s+(FLAT|VMFS|SPARSE|VMFSSPARSE|ZERO)(?:\s+"([^"]*)"(?:\s+(\d{1,15}))?)?\s*$/;
const UNKNOWN_EXTENT = /^(?:RW|RDONLY|NOACCESS)\s/;
const ENTRY = /^([A-Za-z][\w.]*)\s*=\s*(?:"([^"]*)"|([^\s"]*))\s*$/;
const CID = /^[0-9a-fA-F]{1,8}$/;

/** What is wrong with a descriptor. */
export interface Malformed {
  readonly reason: string;
}

/** Whether a file that begins so is a descriptor. */
export function isDescriptor(head: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(head.subarray(0, MARK.length)).toLowerCase() === MARK.toLowerCase();
}

/** The descriptor in `text`, or what is wrong with it. What lies behind a NUL is not of it. */
export function parseDescriptor(text: string): Descriptor | Malformed {
  const end = text.indexOf('\0');
  const lines = (end < 0 ? text : text.slice(0, end)).split(/\r?\n/);
  if (lines[0]?.trim().toLowerCase() !== MARK.toLowerCase())
    return { reason: 'its first line is not that of a descriptor' };
  const extents: ExtentLine[] = [];
  const entries = new Map<string, string>();
  for (const [index, line] of lines.entries()) {
    const wrong = takeLine(line.trim(), extents, entries);
    if (wrong !== undefined) return { reason: `line ${index + 1} of the descriptor: ${wrong}` };
  }
  return whole(extents, entries);
}

/** The text of a descriptor; parsing it gives the same again. */
export function formatDescriptor(descriptor: Descriptor): string {
  const { cid, parentCid, createType, parent, extents, entries } = descriptor;
  const line = ([key, value]: readonly [string, string]) => `${key} = "${value}"`;
  const head = [...entries].filter(([key]) => !key.startsWith('ddb.'));
  const data = [...entries].filter(([key]) => key.startsWith('ddb.'));
  return [
    MARK,
    'version=1',
    `CID=${cidText(cid)}`,
    `parentCID=${cidText(parentCid)}`,
    `createType="${createType}"`,
    ...(parent === undefined ? [] : [`parentFileNameHint="${parent}"`]),
    ...head.map(([key, value]) => `${key}="${value}"`),
    '',
    '# Extent description',
    ...extents.map(formatExtent),
    '',
    '# The Disk Data Base',
    '#DDB',
    '',
    ...data.map(line),
    '',
  ].join('\n');
}

/** Sectors of the whole disk. */
export function diskSectors({ extents }: Descriptor): number {
  return extents.reduce((sum, { sectors }) => sum + sectors, 0);
}

function cidText(cid: number): string {
  return cid.toString(16).padStart(8, '0');
}

function formatExtent({ access, sectors, kind, fileName, offsetSectors }: ExtentLine): string {
  const file = kind === 'ZERO' ? '' : ` "${fileName}"`;
  return `${access} ${sectors} ${kind}${file}${kind === 'FLAT' ? ` ${offsetSectors}` : ''}`;
}

/** Takes one line in; what is wrong with it, or undefined. */
function takeLine(line: string, extents: ExtentLine[], entries: Map<string, string>): string | undefined {
  if (line === '' || line.startsWith('#')) return undefined;
  const extent = EXTENT.exec(line);
  if (extent) return takeExtent(extent, extents);
  if (UNKNOWN_EXTENT.test(line)) return `"${line.slice(0, 80)}" is no extent that is known here`;
  const entry = ENTRY.exec(line);
  if (!entry) return `"${line.slice(0, 80)}" is not key = value`;
  if (entries.size >= MAX_ENTRIES) return `there are more than ${MAX_ENTRIES} entries`;
  entries.set(entry[1] as string, entry[2] ?? entry[3] ?? '');
  return undefined;
}

function takeExtent(match: RegExpExecArray, extents: ExtentLine[]): string | undefined {
  const [, access, sectorsText, kind, fileName = '', offset = '0'] = match;
  const sectors = Number(sectorsText);
  if (extents.length >= MAX_EXTENTS) return `there are more than ${MAX_EXTENTS} extents`;
  if (sectors === 0) return 'an extent of no sectors';
  const offsetSectors = Number(offset);
  if (sectors > MAX_DISK_BYTES / SECTOR_BYTES || offsetSectors > MAX_DISK_BYTES / SECTOR_BYTES)
    return 'an extent of more than 62 TiB';
  if (kind !== 'ZERO' && !isPlainName(fileName))
    return `extent "${fileName}" is not a file beside the descriptor`;
  if (access === 'NOACCESS') return 'an extent that may not be used';
  extents.push({
    access: access as Access,
    sectors,
    kind: kind as ExtentKind,
    fileName,
    offsetSectors,
  });
  return undefined;
}

/** The name of a file in the same folder. */
function isPlainName(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && !/[/\\\0]/.test(name) && name.length <= 255;
}

function whole(extents: readonly ExtentLine[], given: Map<string, string>): Descriptor | Malformed {
  const entries = new Map(given);
  const take = (key: string): string | undefined => {
    const value = entries.get(key);
    entries.delete(key);
    return value;
  };
  const version = take('version');
  const [cid, parentCid] = [take('CID'), take('parentCID')];
  const createType = take('createType');
  const parent = take('parentFileNameHint');
  if (version === undefined || !/^[1-4]$/.test(version)) return { reason: `descriptor version "${version}"` };
  if (cid === undefined || !CID.test(cid)) return { reason: `CID "${cid}"` };
  if (parentCid === undefined || !CID.test(parentCid)) return { reason: `parentCID "${parentCid}"` };
  if (createType === undefined || !CREATE_TYPES.has(createType))
    return { reason: `its createType "${createType}" is not known here` };
  if (extents.length === 0) return { reason: 'it has no extents' };
  const parentId = Number.parseInt(parentCid, 16);
  if (parentId !== NO_PARENT_CID && !parent)
    return { reason: 'it has a parentCID and no parentFileNameHint' };
  const descriptor = { cid: Number.parseInt(cid, 16), parentCid: parentId, createType, extents, entries };
  if (diskSectors(descriptor) > MAX_DISK_BYTES / SECTOR_BYTES) return { reason: 'it is larger than 62 TiB' };
  return parentId === NO_PARENT_CID ? descriptor : { ...descriptor, parent: parent as string };
}
