/** What can be told of a disk in a file without opening its extents for anything. */
import { Chain, parentPath } from './chain.ts';
import { changeIdOf } from './change-tracking.ts';
import type { DiskFormat } from './create.ts';
import type { Descriptor } from './descriptor.ts';
import { Link } from './link.ts';

export interface DiskInfo {
  readonly path: string;
  readonly format: DiskFormat | 'delta' | 'other';
  readonly createType: string;
  readonly sizeBytes: number;
  /** What it takes on its file system, without its parents. */
  readonly usedBytes: number;
  readonly uuid: string;
  readonly cid: string;
  readonly parent: string | undefined;
  readonly extents: readonly string[];
  /** It was not closed: a VM has it open, or its host died. */
  readonly isOpen: boolean;
  /** Names the state that its writes count from, or, of a parent, that it was frozen in; absent: changes are not tracked. */
  readonly changeId?: string;
}

const DELTAS = new Set(['vmfsSparse']);

/** Which of our formats a descriptor describes. */
export function formatOf({ createType, entries, parent }: Descriptor): DiskFormat | 'delta' | 'other' {
  if (parent !== undefined || DELTAS.has(createType)) return 'delta';
  switch (createType) {
    case 'vmfs':
      if (entries.get('ddb.thinProvisioned') === '1') return 'thin';
      return entries.get('ddb.vmkernel.zeroed') === 'eager' ? 'eagerzeroedthick' : 'zeroedthick';
    case 'vmfsThin':
      return 'thin';
    case 'vmfsEagerZeroedThick':
      return 'eagerzeroedthick';
    case 'vmfsPreallocated':
      return 'zeroedthick';
    case 'monolithicFlat':
    case 'monolithicSparse':
    case 'twoGbMaxExtentFlat':
    case 'twoGbMaxExtentSparse':
    case 'streamOptimized':
      return createType;
    default:
      return 'other';
  }
}

/** The disk, then its parents, which are frozen. @throws HostError */
export function chainInfo(path: string): DiskInfo[] {
  const chain = Chain.open(path, { use: 'look' });
  try {
    return chain.links.map((link, level) => infoOf(link, level > 0));
  } finally {
    chain.close();
  }
}

/** The disk alone, whether its parents are there or not. @throws HostError */
export function diskInfo(path: string, { isFrozen } = { isFrozen: false }): DiskInfo {
  const link = Link.open(path, 'look');
  try {
    return infoOf(link, isFrozen);
  } finally {
    link.close();
  }
}

function infoOf(link: Link, isFrozen: boolean): DiskInfo {
  const { path, descriptor, sizeBytes, usedBytes } = link;
  const files = new Set(link.extents.map(({ extent }) => extent.path).filter((file) => file !== undefined));
  const changeId = changeIdOf(link, { isFrozen });
  return {
    ...{ path, format: formatOf(descriptor), createType: descriptor.createType, sizeBytes, usedBytes },
    uuid: descriptor.entries.get('ddb.uuid') ?? '',
    cid: descriptor.cid.toString(16).padStart(8, '0'),
    parent: parentPath(link),
    extents: [...files],
    isOpen: link.isOpen,
    ...(changeId !== undefined && { changeId }),
  };
}
