/** The host's ramdisks: a table of names, bounds and mount points, and the tree that they make together. */
import { assert, type Clock } from '#lib';
import { PAGE_BYTES } from './content.ts';
import { type Errno, isErrno } from './errno.ts';
import { MemoryFileSystem } from './memory-file-system.ts';
import type { Mount } from './mounts.ts';
import { type RamdiskAccount, RamdiskBudget } from './ramdisk-account.ts';
import { Vfs } from './vfs.ts';

/** A row: one ramdisk. `system` ones are the host's and cannot be removed. */
export interface RamdiskRow {
  readonly name: string;
  readonly mountPoint: string;
  readonly system: boolean;
  readonly inCoredumps: boolean;
  readonly reservedKib: number;
  readonly maximumKib: number;
  readonly maximumInodes: number;
  readonly mode: number;
  /** Whether changed files are marked for the saved state. */
  readonly marks: boolean;
}

type Row = readonly [
  name: string,
  mountPoint: string,
  system: boolean,
  inCoredumps: boolean,
  reservedKib: number,
  maximumKib: number,
  maximumInodes: number,
  mode: number,
  marks: boolean,
];

// biome-ignore format: a table reads in columns
const ROWS: readonly Row[] = [
  ['root', '/',        true,  true,  32_768,  32_768, 8192, 0o755,  false],
  ['etc',  '/etc',     true,  true,  28_672,  28_672, 4096, 0o755,  true],
  ['opt',  '/opt',     true,  true,       0,  32_768, 8192, 0o755,  false],
  ['var',  '/var',     true,  true,    5120,  49_152, 8192, 0o755,  false],
  ['log',  '/var/log', true,  true,  16_384, 131_072, 8192, 0o755,  false],
  ['tmp',  '/tmp',     false, false,   2048, 262_144, 8192, 0o1777, false],
];

/** The host's ramdisks in the order in which they are mounted. Source: ESXi 8.0, esxcli system visorfs ramdisk list. */
export const RAMDISKS: readonly RamdiskRow[] = ROWS.map(
  ([name, mountPoint, system, inCoredumps, reservedKib, maximumKib, maximumInodes, mode, marks]) => ({
    ...{ name, mountPoint, system, inCoredumps, reservedKib, maximumKib, maximumInodes, mode, marks },
  }),
);

/** What all ramdisks of a host may use together, unless it is told otherwise. */
export const RAMDISK_BUDGET_BYTES = 512 * 2 ** 20;

/** One ramdisk at work. */
export interface Ramdisk {
  readonly row: RamdiskRow;
  readonly fileSystem: MemoryFileSystem;
  readonly mount: Mount;
}

/** A ramdisk as it is listed. */
export interface RamdiskStatus {
  readonly name: string;
  readonly system: boolean;
  readonly inCoredumps: boolean;
  readonly reservedKib: number;
  readonly maximumKib: number;
  readonly usedKib: number;
  readonly peakUsedKib: number;
  /** Of the maximum. */
  readonly freePercent: number;
  /** Of the reservation. */
  readonly reservedFreePercent: number;
  readonly maximumInodes: number;
  readonly allocatedInodes: number;
  readonly usedInodes: number;
  readonly mountPoint: string;
}

/** The root file system: a tree of ramdisks that share one budget. */
export class Ramdisks {
  readonly vfs: Vfs;
  readonly #clock: Pick<Clock, 'wallNanoseconds'>;
  readonly #budget: RamdiskBudget;
  readonly #ramdisks: Ramdisk[] = [];

  constructor(
    clock: Pick<Clock, 'wallNanoseconds'>,
    budgetBytes = RAMDISK_BUDGET_BYTES,
    rows: readonly RamdiskRow[] = RAMDISKS,
  ) {
    this.#clock = clock;
    this.#budget = new RamdiskBudget(budgetBytes);
    const [root, ...others] = rows;
    assert(root?.mountPoint === '/', 'the first ramdisk is the root');
    const fileSystem = this.#open(root);
    assert(!isErrno(fileSystem), 'the budget holds the root ramdisk');
    this.vfs = new Vfs(fileSystem, clock);
    this.#ramdisks.push({ row: root, fileSystem, mount: this.vfs.mounts[0] as Mount });
    for (const row of others) {
      // Its mount point belongs to the ramdisk that holds it, and costs that one an inode.
      this.vfs.view().mkdir(row.mountPoint, 0o755);
      const added = this.add(row);
      assert(!isErrno(added), `the budget holds ramdisk ${row.name}`);
    }
  }

  get all(): readonly Ramdisk[] {
    return this.#ramdisks;
  }

  /** Mounts a further ramdisk on a directory that exists. ENOMEM: its reservation does not fit. */
  add(row: RamdiskRow): Ramdisk | Errno {
    const fileSystem = this.#open(row);
    if (isErrno(fileSystem)) return fileSystem;
    const mount = this.vfs.mount(fileSystem, row.mountPoint);
    if (isErrno(mount)) {
      this.#budget.close(fileSystem.account);
      return mount;
    }
    const ramdisk = { row, fileSystem, mount };
    this.#ramdisks.push(ramdisk);
    return ramdisk;
  }

  /** EBUSY while something is mounted in it. What was in it is lost. */
  remove(ramdisk: Ramdisk): Errno | undefined {
    const refused = this.vfs.unmount(ramdisk.mount);
    if (refused) return refused;
    this.#budget.close(ramdisk.fileSystem.account);
    this.#ramdisks.splice(this.#ramdisks.indexOf(ramdisk), 1);
    return undefined;
  }

  list(): RamdiskStatus[] {
    return this.#ramdisks.map(({ row, fileSystem }) => statusOf(row, fileSystem.account));
  }

  #open(row: RamdiskRow): MemoryFileSystem | Errno {
    const account = this.#budget.open({
      reservedBytes: row.reservedKib * 1024,
      maximumBytes: row.maximumKib * 1024,
      maximumInodes: row.maximumInodes,
    });
    if (isErrno(account)) return account;
    return new MemoryFileSystem({ account, clock: this.#clock, rootMode: row.mode, marks: row.marks });
  }
}

function statusOf(row: RamdiskRow, account: RamdiskAccount): RamdiskStatus {
  const { name, system, inCoredumps, reservedKib, maximumKib, maximumInodes, mountPoint } = row;
  const { usedPages, peakPages, reservedPages, maximumPages, allocatedInodes, usedInodes } = account;
  return {
    ...{ name, system, inCoredumps, reservedKib, maximumKib, maximumInodes, mountPoint },
    ...{ allocatedInodes, usedInodes },
    usedKib: (usedPages * PAGE_BYTES) / 1024,
    peakUsedKib: (peakPages * PAGE_BYTES) / 1024,
    freePercent: percentFree(usedPages, maximumPages),
    reservedFreePercent: percentFree(usedPages, reservedPages),
  };
}

function percentFree(used: number, all: number): number {
  return all === 0 ? 0 : Math.max(0, Math.floor((100 * (all - used)) / all));
}
