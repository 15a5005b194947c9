/** What can be told of a disk in a file without opening its extents for anything. */
import { Chain, parentPath } from './chain.ts';
import type { DiskFormat } from './create.ts';
import type { Descriptor } from './descriptor.ts';
import type { Link } from './link.ts';

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
  /** The last state of change tracking; absent: it is off. */
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

/** The disk, then its parents. @throws HostError */
export function chainInfo(path: string): DiskInfo[] {
  const chain = Chain.open(path, { use: 'look' });
  try {
    return chain.links.map(infoOf);
  } finally {
    chain.close();
  }
}

function infoOf(link: Link): DiskInfo {
  const { path, descriptor, sizeBytes, usedBytes } = link;
  const files = new Set(link.extents.map(({ extent }) => extent.path).filter((file) => file !== undefined));
  const changes = descriptor.entries.get('changeTrackPath');
  return {
    ...{ path, format: formatOf(descriptor), createType: descriptor.createType, sizeBytes, usedBytes },
    uuid: descriptor.entries.get('ddb.uuid') ?? '',
    cid: descriptor.cid.toString(16).padStart(8, '0'),
    parent: parentPath(link),
    extents: [...files],
    isOpen: link.isOpen,
    ...(changes !== undefined && { changeId: changes }),
  };
}
