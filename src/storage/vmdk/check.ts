/** Looks for what is wrong in the files of a disk: tables that point outside, at one another, at the same place twice. */
import { Chain } from './chain.ts';
import { SECTOR_BYTES } from './descriptor.ts';
import { ZEROED } from './grain-tables.ts';
import { SparseExtent } from './sparse-extent.ts';
import { StreamExtent } from './stream-extent.ts';

export interface CheckResult {
  readonly errors: readonly string[];
  /** Grains that are there. */
  readonly grains: number;
  /** It was not closed. */
  readonly wasOpen: boolean;
}

const MAX_ERRORS = 100;

/** Checks a disk with its parents. @throws HostError for one that cannot even be opened */
export function checkDisk(path: string): CheckResult {
  const chain = Chain.open(path, { use: 'look' });
  const errors: string[] = [];
  let grains = 0;
  try {
    for (const { extents } of chain.links) {
      for (const { extent } of extents) {
        try {
          if (extent instanceof SparseExtent) grains += checkSparse(extent, errors);
          else if (extent instanceof StreamExtent) grains += extent.check();
        } catch (error) {
          errors.push(`${extent.path}: ${(error as Error).message}`);
        }
      }
    }
    return { errors, grains, wasOpen: chain.links.some(({ isOpen }) => isOpen) };
  } finally {
    chain.close();
  }
}

function checkSparse(extent: SparseExtent, errors: string[]): number {
  const { header, tables, fileBytes } = extent;
  const owners = new Map<number, number>();
  const say = (grain: number, what: string): void => {
    if (errors.length < MAX_ERRORS) errors.push(`${extent.path}: grain ${grain} ${what}`);
  };
  tables.each((grain, sector) => {
    if (sector === ZEROED) return;
    const owner = owners.get(sector);
    if (grain * header.grainSectors >= header.capacity) say(grain, 'is behind the end of the disk');
    if (sector * SECTOR_BYTES >= fileBytes) say(grain, `is outside the file, at sector ${sector}`);
    if (tables.isTable(sector, header.grainSectors)) say(grain, `is where a table is, at sector ${sector}`);
    if (owner !== undefined) say(grain, `is where grain ${owner} is, at sector ${sector}`);
    owners.set(sector, grain);
  });
  return owners.size;
}
