/** The resource pools of a host: a tree below "Resources", made, changed and removed, and kept over restarts. */
import { HostError, reasonOf } from '#lib';
import type { Limit, Shares } from '#vmm';
import type { KeptFile } from './kept-file.ts';

/** What the root of the tree is called. */
export const ROOT_POOL_NAME = 'Resources';

/** What a pool is owed. */
export interface PoolSettings {
  readonly cpuShares: Shares;
  readonly cpuReservationMhz: number;
  readonly cpuLimitMhz: Limit;
  /** Whether reservations inside may be taken from the pool above when its own is used up. */
  readonly cpuExpandable: boolean;
  readonly memShares: Shares;
  readonly memReservationMib: number;
  readonly memLimitMib: Limit;
  readonly memExpandable: boolean;
}

export interface Pool extends PoolSettings {
  /** Never used again on this host; the root has 0. */
  readonly id: number;
  readonly name: string;
  /** The id of the pool that it is in. */
  readonly parent: number;
}

export const DEFAULT_POOL: PoolSettings = {
  ...{ cpuShares: 'normal', cpuReservationMhz: 0, cpuLimitMhz: 'unlimited', cpuExpandable: true },
  ...{ memShares: 'normal', memReservationMib: 0, memLimitMib: 'unlimited', memExpandable: true },
};

/** Who divides CPU and memory by the pools. */
export interface PoolHost {
  /** A pool is new, or is owed something else. @throws HostError `cpu-admission`, `memory-admission`, `host-limit` */
  set(pool: Pool): void;
  remove(pool: Pool): void;
}

/** A VM in a pool. */
export interface PoolMember {
  readonly name: string;
  /** Its pool is called so now. */
  notePool(name: string): void;
}

export interface PoolParts {
  readonly file: KeptFile;
  readonly host: PoolHost;
  /** VMs whose settings name a pool so. */
  readonly members: (pool: string) => readonly PoolMember[];
  readonly warn: (line: string) => void;
}

/** As a VM may be called. */
const NAME = /^[^\s/\\.\p{Cc}][^/\\\p{Cc}]{0,79}$/u;
const MAX_DEPTH = 8;

export class Pools {
  readonly #parts: PoolParts;
  readonly #pools = new Map<number, Pool>();
  readonly #watchers = new Set<() => void>();
  #nextId = 1;

  constructor(parts: PoolParts) {
    this.#parts = parts;
  }

  /**
   * Takes in the pools of the last time. What cannot be guaranteed any more, as on a host with less memory, is not; it is
   * kept for a host that can. @throws HostError `archive-damaged` for a list that cannot be read.
   */
  load(): void {
    const text = this.#parts.file.read();
    if (text === undefined) return;
    const { nextId, pools } = parseKept(text);
    for (const pool of inOrder(pools)) this.#load(pool);
    this.#nextId = nextId;
  }

  /** Hears that pools are others now. Returns what ends it. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** A pool comes before those in it. */
  get all(): readonly Pool[] {
    return inOrder([...this.#pools.values()]);
  }

  /** By name or id; undefined for the root. @throws HostError `no-such-pool` */
  find(nameOrId: string): Pool | undefined {
    if (nameOrId === '' || nameOrId === '0' || nameOrId === ROOT_POOL_NAME) return undefined;
    const found =
      this.all.find(({ name }) => name === nameOrId) ??
      (/^\d+$/.test(nameOrId) ? this.#pools.get(Number(nameOrId)) : undefined);
    if (found === undefined) throw new HostError('no-such-pool', { pool: nameOrId });
    return found;
  }

  /** @throws HostError `no-such-pool`, also for the root, which cannot be changed */
  #findBelowRoot(nameOrId: string, action: string): Pool {
    const pool = this.find(nameOrId);
    if (pool === undefined) throw refused(action, ROOT_POOL_NAME, 'it is the host itself');
    return pool;
  }

  nameOf(id: number): string {
    return this.#pools.get(id)?.name ?? ROOT_POOL_NAME;
  }

  /** Names of the VMs in a pool. */
  membersOf({ name }: Pool): readonly string[] {
    return this.#parts.members(name).map((vm) => vm.name);
  }

  /** @throws HostError when it cannot be */
  create(name: string, parent: string, settings: Partial<PoolSettings>): Pool {
    this.#requireFree(name, 'make');
    const above = this.find(parent);
    if (above !== undefined && this.#depth(above) >= MAX_DEPTH) {
      throw refused('make', name, `pools are at most ${MAX_DEPTH} deep`);
    }
    const pool: Pool = { ...DEFAULT_POOL, ...settings, id: this.#nextId, name, parent: above?.id ?? 0 };
    this.#parts.host.set(pool);
    this.#nextId++;
    this.#pools.set(pool.id, pool);
    this.#save();
    return pool;
  }

  /** Changes what a pool is owed, or its name. @throws HostError when it cannot be, and nothing is changed */
  change(nameOrId: string, { name, ...settings }: Partial<PoolSettings> & { readonly name?: string }): Pool {
    const before = this.#findBelowRoot(nameOrId, 'change');
    if (name !== undefined && name !== before.name) this.#requireFree(name, 'rename');
    const after: Pool = { ...before, ...settings, name: name ?? before.name };
    this.#parts.host.set(after);
    this.#pools.set(after.id, after);
    if (after.name !== before.name) {
      for (const member of this.#parts.members(before.name)) member.notePool(after.name);
    }
    this.#save();
    return after;
  }

  /** @throws HostError `pool-refused` when something is inside */
  delete(nameOrId: string): void {
    const pool = this.#findBelowRoot(nameOrId, 'remove');
    const inside = [
      ...this.all.filter(({ parent }) => parent === pool.id).map(({ name }) => `pool "${name}"`),
      ...this.membersOf(pool).map((name) => `VM "${name}"`),
    ];
    if (inside.length > 0) {
      const more = inside.length > 3 ? ` and ${inside.length - 3} more` : '';
      throw refused('remove', pool.name, `there is something in it: ${inside.slice(0, 3).join(', ')}${more}`);
    }
    this.#parts.host.remove(pool);
    this.#pools.delete(pool.id);
    this.#save();
  }

  #load(pool: Pool): void {
    this.#pools.set(pool.id, pool);
    try {
      this.#parts.host.set(pool);
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      this.#parts.warn(`pool "${pool.name}" has no reservation on this host: ${reasonOf(error)}`);
      this.#parts.host.set({
        ...pool,
        ...{ cpuReservationMhz: 0, memReservationMib: 0, cpuExpandable: true, memExpandable: true },
      });
    }
  }

  #requireFree(name: string, action: string): void {
    if (!NAME.test(name) || name.trim() !== name || /^\d+$/.test(name)) {
      const rule = '1 … 80 characters without "/" and "\\", not beginning with a dot or a blank, no number';
      throw refused(action, name, `a name has ${rule}`);
    }
    const isTaken = name === ROOT_POOL_NAME || this.all.some((pool) => pool.name === name);
    if (isTaken) throw refused(action, name, 'there is one of that name');
  }

  #depth(pool: Pool): number {
    const above = this.#pools.get(pool.parent);
    return above === undefined ? 1 : 1 + this.#depth(above);
  }

  #save(): void {
    const kept = { nextId: this.#nextId, pools: this.all };
    this.#parts.file.replace(`${JSON.stringify(kept, undefined, 2)}\n`);
    for (const watcher of this.#watchers) watcher();
  }
}

function refused(action: string, pool: string, reason: string): HostError {
  return new HostError('pool-refused', { action, pool, reason });
}

/** Parents first, then by id. */
function inOrder(pools: readonly Pool[]): Pool[] {
  const below = (parent: number): Pool[] =>
    pools
      .filter((pool) => pool.parent === parent)
      .toSorted((a, b) => a.id - b.id)
      .flatMap((pool) => [pool, ...below(pool.id)]);
  return below(0);
}

function parseKept(text: string): { nextId: number; pools: readonly Pool[] } {
  const refuse = (reason: string) =>
    new HostError('archive-damaged', { what: 'the list of resource pools', reason });
  let kept: { nextId?: unknown; pools?: unknown };
  try {
    kept = JSON.parse(text);
  } catch (cause) {
    throw refuse((cause as Error).message);
  }
  const { nextId, pools } = kept ?? {};
  if (!Number.isSafeInteger(nextId) || !Array.isArray(pools)) throw refuse('it is not {nextId, pools: […]}');
  for (const pool of pools) {
    const wrong =
      pool === null || typeof pool !== 'object'
        ? 'a pool'
        : Object.keys(FIELDS).find((key) => !FIELDS[key]?.(pool[key]));
    if (wrong !== undefined) throw refuse(`${wrong} is not what it may be`);
  }
  const whole = pools as Pool[];
  const ids = new Set(whole.map(({ id }) => id));
  if (ids.size !== whole.length || inOrder(whole).length !== whole.length) throw refuse('it is no tree');
  return { nextId: Math.max(nextId as number, ...whole.map(({ id }) => id + 1)), pools: whole };
}

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
const isLimit = (value: unknown): boolean => value === 'unlimited' || (isCount(value) && value !== 0);
const isShares = (value: unknown): boolean =>
  ['low', 'normal', 'high'].includes(value as string) || (isCount(value) && value !== 0);
const isFlag = (value: unknown): boolean => typeof value === 'boolean';
const FIELDS: Readonly<Record<string, (value: unknown) => boolean>> = {
  ...{ id: (value) => isCount(value) && value !== 0, parent: isCount },
  name: (value) => typeof value === 'string' && NAME.test(value),
  ...{ cpuShares: isShares, cpuReservationMhz: isCount, cpuLimitMhz: isLimit, cpuExpandable: isFlag },
  ...{ memShares: isShares, memReservationMib: isCount, memLimitMib: isLimit, memExpandable: isFlag },
};
