/**
 * Code that was translated before, by this process or others: found again for requests, and given out before it is asked for.
 * The order of the file is that in which it became hot once, so what comes next is made ahead of who met the code before it.
 */
import { hash } from 'node:crypto';
import type { RegionRequest } from '#riscv';
import {
  hasMark,
  KeptContents,
  type KeptPlace,
  keptNumber,
  type Marked,
  MarkKind,
  type NamedRegion,
  type RegionBody,
  type RegionKeeper,
  type RequestCode,
  regionName,
} from '#riscv/kept';
import type { KeptFile } from './kept-file.ts';
import { encodeContent, encodeRegion, type KeptRecord, type RegionPlace } from './records.ts';

/** Regions that are made ahead of those whose pages were met. */
const AHEAD = 192;
/** A program that lies elsewhere at each start is not kept for each place. */
const MAX_PLACES = 4;
const NO_DIGEST = '';

/** Where a region is, and where in the file. */
type KeptRegion = RegionPlace & Pick<KeptRecord, 'at' | 'end'>;

/** A page of code at its address: its regions are wanted at once. */
interface Group {
  readonly place: number;
  readonly regions: Map<number, KeptRegion>;
  /** Regions that come before it. */
  readonly before: number;
  isGiven: boolean;
}

/** Regions to be made a module of, and what they are. */
export interface Batch {
  readonly regions: readonly NamedRegion[];
  readonly kept: readonly KeptPlace[];
}

export class KeptCode implements RegionKeeper {
  readonly #file: KeptFile;
  /** Contents that were there at the start, by digest; the others have no place. */
  readonly #places = new Map<string, number>();
  readonly #contents = new Set<string>();
  /** By content, address, mode and offset; what differs in the pages beside it stands side by side. */
  readonly #regions = new Map<string, KeptRegion[]>();
  readonly #pages = new Map<string, Set<bigint>>();
  readonly #groups: Group[];
  readonly #groupsOf = new Map<number, Group[]>();
  readonly #wanted: Group[] = [];
  /** The next group to be made ahead, and up to how many regions of the file that is done. */
  #nextGroup = 0;
  #until = AHEAD;
  #unwritten: Uint8Array[] = [];
  #isTrusted = true;
  /** For the pCPU. */
  readonly index: KeptContents;

  constructor(file: KeptFile) {
    this.#file = file;
    const contents: Int32Array[] = [];
    for (const one of file.load()) {
      const digest = this.#take(one);
      if (one.kind !== 'content' || digest === undefined) continue;
      this.#places.set(digest, contents.push(one.words) - 1);
    }
    this.index = KeptContents.of(contents);
    this.#groups = this.#group();
  }

  find({ page, mode, offset }: RegionRequest, code: RequestCode): RegionBody | undefined {
    const known = this.#regions.get(regionKey(digestOf(code.own), page, mode, offset));
    const isSame = (digest: string, words: Int32Array | undefined): boolean =>
      digest === NO_DIGEST || (words !== undefined && digestOf(words) === digest);
    const found = known?.findLast(
      ({ previous, next }) => isSame(previous, code.previous) && isSame(next, code.next),
    );
    return found && this.#file.body(found);
  }

  keep({ page, mode, offset }: RegionRequest, code: RequestCode, body: RegionBody): void {
    if (!this.#isTrusted || !this.#file.hasRoom) return;
    const own = digestOf(code.own);
    const pages = this.#pages.get(own);
    if (pages && !pages.has(page) && pages.size >= MAX_PLACES) return;
    this.#pages.set(own, (pages ?? new Set()).add(page));
    const beside = (kind: number, words: Int32Array | undefined): string =>
      words && hasMark(body, kind) ? this.#keepContent(words) : NO_DIGEST;
    this.#keepContent(code.own);
    const [previous, next] = [beside(MarkKind.previous, code.previous), beside(MarkKind.next, code.next)];
    const place: RegionPlace = { own, previous, next, page, mode, offset };
    this.#unwritten.push(encodeRegion(place, body));
  }

  /** Whether nothing was found in it that is no code. */
  get isTrusted(): boolean {
    return this.#isTrusted;
  }

  /** What is in the file is no code: nothing more of it is used. */
  distrust(): void {
    this.#regions.clear();
    this.#groups.length = 0;
    this.#groupsOf.clear();
    this.#wanted.length = 0;
    this.#isTrusted = false;
  }

  /** Writes what was kept, and reads what others have. */
  exchange(): void {
    if (!this.#isTrusted) return;
    if (this.#unwritten.length > 0) this.#file.append(this.#unwritten.splice(0));
    for (const one of this.#file.news()) this.#take(one);
  }

  /** A page is executed whose code is wanted: it comes first, and what came behind it once is made ahead. */
  met(place: number): void {
    for (const group of this.#groupsOf.get(place) ?? []) {
      if (!group.isGiven) this.#wanted.push(group);
      this.#until = Math.max(this.#until, group.before + AHEAD);
    }
  }

  /** What to compile while nobody asks for anything; undefined: nothing now. */
  next(limit: number): Batch | undefined {
    const regions: NamedRegion[] = [];
    const kept: KeptPlace[] = [];
    while (kept.length < limit) {
      const group = this.#wanted.shift() ?? this.#ahead();
      if (!group) break;
      if (group.isGiven) continue;
      group.isGiven = true;
      for (const region of group.regions.values()) {
        const { page, mode, offset } = region;
        const body = this.#file.body(region);
        if (!body) continue;
        const name = regionName(mode, page + BigInt(offset));
        regions.push({ body, marked: this.#marked(region), name });
        kept.push({ content: group.place, page, mode, offset });
      }
    }
    return kept.length > 0 ? { regions, kept } : undefined;
  }

  #ahead(): Group | undefined {
    const group = this.#groups[this.#nextGroup];
    if (!group || group.before >= this.#until) return undefined;
    this.#nextGroup++;
    return group;
  }

  #marked({ previous, next }: KeptRegion): Marked {
    const number = (digest: string): number => {
      const place = this.#places.get(digest);
      return place === undefined ? 0 : keptNumber(place);
    };
    return [number(previous), number(next)];
  }

  #keepContent(words: Int32Array): string {
    const digest = digestOf(words);
    if (this.#contents.has(digest)) return digest;
    this.#contents.add(digest);
    this.#unwritten.push(encodeContent(words));
    return digest;
  }

  /** @returns the digest of a content that was not known */
  #take(one: KeptRecord): string | undefined {
    if (one.kind === 'region') return this.#takeRegion(one);
    const digest = digestOf(one.words);
    if (this.#contents.has(digest)) return undefined;
    this.#contents.add(digest);
    return digest;
  }

  #takeRegion(one: KeptRecord & { readonly kind: 'region' }): undefined {
    const region = { ...one.place, at: one.at, end: one.end };
    const { own, previous, next, page, mode, offset } = region;
    if (![own, previous, next].every((digest) => digest === NO_DIGEST || this.#contents.has(digest))) return;
    const key = regionKey(own, page, mode, offset);
    const known = this.#regions.get(key) ?? [];
    if (known.some((other) => other.previous === previous && other.next === next)) return;
    this.#regions.set(key, [...known, region]);
    this.#pages.set(own, (this.#pages.get(own) ?? new Set()).add(page));
  }

  /** What was there at the start, by page. */
  #group(): Group[] {
    const groups = new Map<string, Group>();
    let before = 0;
    for (const variants of this.#regions.values()) {
      const region = variants.at(-1) as KeptRegion;
      const { own, page, mode, offset } = region;
      const place = this.#places.get(own);
      if (place === undefined) continue;
      const key = `${place} ${page} ${mode}`;
      const group = groups.get(key) ?? { place, regions: new Map(), before, isGiven: false };
      if (group.regions.size === 0) {
        groups.set(key, group);
        this.#groupsOf.set(place, [...(this.#groupsOf.get(place) ?? []), group]);
      }
      group.regions.set(offset, region);
      before++;
    }
    return [...groups.values()];
  }
}

const digestOf = (words: Int32Array): string =>
  hash(
    'sha256',
    new Uint8Array(words.buffer, words.byteOffset, words.byteLength),
    'latin1' as BufferEncoding,
  );

const regionKey = (own: string, page: bigint, mode: number, offset: number): string =>
  `${own}${page} ${mode} ${offset}`;
