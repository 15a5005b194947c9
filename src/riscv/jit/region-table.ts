/** Which regions are translated, waiting or entered: keeps slots, the function table and machine pages in step. */
import type { CodeArea, Mode } from '../core/layout.ts';
import * as L from '../core/layout.ts';
import { PAGE_SHIFT } from '../hart/page-map.ts';
import type { JumpTarget } from '../interpreter/news.ts';
import type { Neighbours } from './blocks.ts';
import { CodeLibrary } from './code-library.ts';
import { type KeptContents, keptNumber } from './kept-contents.ts';
import type { KeptPlace } from './kept-regions.ts';
import type { SharedRegions } from './shared-regions.ts';
import type { RegionRequest } from './translate.ts';

interface Place extends RegionRequest {
  /** The decoded entry at which it begins. */
  readonly entry: number;
  readonly address: bigint;
  /** Number of the page's content. */
  readonly content: number;
  /** Index in the function table, once it is translated. */
  index?: number;
}

/** A jump target that became hot. */
export interface HotPlace {
  /** Its decoded entry, and the decoded page that holds it. */
  readonly entry: number;
  readonly decodedPage: number;
  readonly address: bigint;
  readonly mode: Mode;
}

/** A machine page that has been decoded, and the virtual page at which it is executed. */
export interface AddedPage {
  readonly decodedPage: number;
  readonly address: bigint;
  readonly mode: Mode;
}

/** Machine pages that a place may have taken code from. */
const pagesOf = ({ machine, previous, next }: Place): number[] => [
  ...new Set([machine, previous, next].filter((page) => page !== 0)),
];

/** Pages of one content that are told when its code comes; it may never, if it lies elsewhere than before. */
const MAX_AWAITING = 16;
/** Functions that are kept at once; above it everything is dropped and translated anew as it is met. */
const MAX_REGIONS = 32_768;

export class RegionTable {
  /** Functions of regions; index 0 is never used. */
  readonly functions: WebAssembly.Table;
  readonly #half: Uint16Array;
  readonly #word: Int32Array;
  readonly #address: BigUint64Array;
  readonly #area: CodeArea;
  readonly #library: CodeLibrary;
  readonly #places = new Map<number, Place>();
  readonly #pages = new Map<number, Set<Place>>();
  readonly #free: number[] = [];
  #kept: KeptContents | undefined;
  /** Pages whose code is kept and has not come yet, by content. */
  readonly #awaiting = new Map<number, AddedPage[]>();
  #fromKept = 0;
  #translated = 0;
  #fromOthers = 0;
  #lastIndex = 0;
  #lastId = 0;
  #installed = 0;

  constructor(memory: ArrayBufferLike, area: CodeArea, functions: WebAssembly.Table, keptRegions?: number) {
    this.#half = new Uint16Array(memory);
    this.#word = new Int32Array(memory);
    this.#address = new BigUint64Array(memory);
    this.#area = area;
    this.functions = functions;
    this.#library = new CodeLibrary(memory, keptRegions);
  }

  /** Regions that are translated and can be entered. */
  get size(): number {
    return this.#lastIndex - this.#free.length;
  }

  /** Places that were noted, and those of them that were made enterable, since the start. */
  get asked(): number {
    return this.#lastId;
  }
  get installed(): number {
    return this.#installed;
  }
  /** Regions that came because they were asked for. */
  get translated(): number {
    return this.#translated;
  }
  /** Regions of kept code that came. */
  get fromKept(): number {
    return this.#fromKept;
  }

  /** Regions that other engines have had compiled. */
  get fromOthers(): number {
    return this.#fromOthers;
  }

  /** Notes a hot place. @returns undefined when it is there already, or was translated for the same content elsewhere. */
  request(where: HotPlace, { previous, next }: Neighbours): RegionRequest | undefined {
    const { entry, decodedPage, address, mode } = where;
    const machine = (this.#word[(decodedPage + L.DECODED_MACHINE_PAGE) >>> 2] as number) >>> 0;
    for (const place of this.#pages.get(machine) ?? []) {
      if (place.entry !== entry || place.address !== address || place.mode !== mode) continue;
      this.#announce(place);
      return undefined;
    }
    const offset = (entry - decodedPage) >>> (L.ENTRY_SHIFT - 1);
    const page = address - BigInt(offset);
    const content = this.#contentOf(machine);
    const known = this.#library.find(content, page, mode, offset);
    if (known) {
      this.#settle({ entry, address, machine, offset, page, mode, content }, known.code);
      return undefined;
    }
    const contents = {
      own: content,
      previous: this.#contentOf(previous),
      next: this.#contentOf(next),
    };
    const request: RegionRequest = {
      id: ++this.#lastId,
      machine,
      offset,
      page,
      mode,
      previous,
      next,
      contents,
    };
    this.#keep({ ...request, entry, address, content });
    return request;
  }

  /**
   * A machine page is about to be executed for the first time: what was translated of the same content can be entered.
   * @param decode - makes the decoded entry at an address.
   * @returns the place of its content among the kept ones, when code of it is to come.
   */
  adopt(where: AddedPage, decode: (entry: number) => void): number | undefined {
    const { decodedPage, address, mode } = where;
    const content = this.#library.known(decodedPage + L.DECODED_COPY);
    if (content === 0) return undefined;
    const machine = (this.#word[(decodedPage + L.DECODED_MACHINE_PAGE) >>> 2] as number) >>> 0;
    this.#word[(decodedPage + L.DECODED_CONTENT) >>> 2] = content;
    const entries = new Set([...(this.#pages.get(machine) ?? [])].map((place) => place.entry));
    let isKnown = false;
    for (const { offset, code } of this.#library.at(content, address, mode)) {
      isKnown = true;
      const entry = decodedPage + (offset << (L.ENTRY_SHIFT - 1));
      if (entries.has(entry)) continue;
      decode(entry);
      const place = {
        entry,
        address: address + BigInt(offset),
        machine,
        offset,
        page: address,
        mode,
        content,
      };
      this.#settle(place, code);
    }
    return isKnown ? undefined : this.#await(content, where);
  }

  #await(content: number, where: AddedPage): number | undefined {
    const place = this.#kept?.placeOf(content);
    if (place === undefined) return undefined;
    const waiting = this.#awaiting.get(content);
    if (waiting && waiting.length < MAX_AWAITING) waiting.push(where);
    if (!waiting) this.#awaiting.set(content, [where]);
    return place;
  }

  /** From now on these contents have numbers, and code of them may come. */
  useKept(contents: KeptContents): void {
    this.#kept = contents;
    this.#library.useKept(contents);
  }

  /** Takes in kept code. @returns pages that waited for it: they are to be adopted again. */
  addKept(regions: readonly (KeptPlace & { readonly code: CallableFunction })[]): readonly AddedPage[] {
    for (const { content, page, mode, offset, code } of regions) {
      const number = keptNumber(content);
      if (this.#library.find(number, page, mode, offset)) continue;
      this.#library.add(number, page, mode, { offset, code });
      this.#fromKept++;
    }
    return [...new Set(regions.map(({ content }) => keptNumber(content)))].flatMap((number) => {
      const waiting = this.#awaiting.get(number) ?? [];
      this.#awaiting.delete(number);
      return waiting.filter((where) => this.isAt(where));
    });
  }

  /**
   * Takes in what another engine has had compiled, for pages that are met from now on and places that become hot.
   * @param instantiate - makes an instance with these numbers of contents; asked when the first of it is wanted
   */
  addShared(
    { contents, shared }: SharedRegions,
    instantiate: (contents: readonly number[]) => (place: number) => CallableFunction,
  ): void {
    const numbers = contents.map((words) => this.#library.numberOfWords(words));
    let codeAt: ((place: number) => CallableFunction) | undefined;
    const codeOf = (place: number): CallableFunction => {
      codeAt ??= instantiate(numbers);
      return codeAt(place);
    };
    for (const [at, { content, page, mode, offset }] of shared.entries()) {
      const number = numbers[content] as number;
      if (this.#library.find(number, page, mode, offset)) continue;
      const region = {
        offset,
        get code(): CallableFunction {
          return codeOf(at);
        },
      };
      this.#library.add(number, page, mode, region);
      this.#fromOthers++;
    }
  }

  /** Whether that is a decoded page still. */
  isAt({ decodedPage }: AddedPage): boolean {
    const machine = (this.#word[(decodedPage + L.DECODED_MACHINE_PAGE) >>> 2] as number) >>> 0;
    return this.#decoded(machine) === decodedPage;
  }

  /** A place of code that is there already: it looks at the pages beside its own by itself. */
  #settle(where: Omit<Place, keyof Neighbours | 'id' | 'contents' | 'index'>, code: CallableFunction): void {
    if (this.isFull) return;
    const none = { previous: 0, next: 0 };
    const contents = { own: where.content, ...none };
    const place: Place = { ...where, ...none, id: ++this.#lastId, contents };
    this.#keep(place);
    this.#open(place, code);
  }

  #keep(place: Place): void {
    this.#places.set(place.id, place);
    for (const part of pagesOf(place)) this.#watch(part, place);
  }

  /** The number of a machine page's content; 0 when it has no decoded page. What writes to the page takes it away. */
  #contentOf(machine: number): number {
    const decoded = machine === 0 ? 0 : this.#decoded(machine);
    if (decoded === 0) return 0;
    const at = (decoded + L.DECODED_CONTENT) >>> 2;
    if (this.#word[at] === 0) this.#word[at] = this.#library.numberOf(decoded + L.DECODED_COPY);
    return this.#word[at] as number;
  }

  /** Takes a request back that nobody will answer: it may be made again. */
  withdraw({ id }: RegionRequest): void {
    const place = this.#places.get(id);
    if (place) this.#forget(place);
  }

  /** Makes a translated region enterable, unless its page was written meanwhile or there is no room. @returns whether it is. */
  install(id: number, code: CallableFunction): boolean {
    const place = this.#places.get(id);
    if (!place) return false;
    if (this.isFull) {
      this.#forget(place);
      return false;
    }
    const { content, page, mode, offset } = place;
    this.#library.add(content, page, mode, { offset, code });
    this.#open(place, code);
    this.#translated++;
    return true;
  }

  #open(place: Place, code: CallableFunction): void {
    place.index = this.#free.pop() ?? this.#next();
    this.#installed++;
    this.functions.set(place.index, code);
    this.#announce(place);
  }

  /** Makes the interpreter find the region; the slot is shared by places of the same hash. */
  #announce(place: Place): void {
    if (place.index === undefined) return;
    const at = this.#slot(place);
    this.#address[(at + L.RegionSlot.address) >>> 3] = place.address | BigInt(place.mode);
    this.#word[(at + L.RegionSlot.entry) >>> 2] = place.entry;
    this.#word[(at + L.RegionSlot.index) >>> 2] = place.index;
    const opcode = this.#half[place.entry >>> 1] as number;
    if (opcode < L.SPECIALS) return;
    this.#half[place.entry >>> 1] = opcode | L.REGION_FLAG;
    this.#partBefore(place);
  }

  /** Instructions before a region's first go on to it, and do not do it as well. */
  #partBefore({ entry, offset }: Place): void {
    const flags = L.REGION_FLAG | L.BREAK_FLAG;
    for (let back = 1; back <= Math.min(L.PAIR_REACH, offset / 2); back++) {
      const at = (entry - back * L.ENTRY_BYTES) >>> 1;
      const opcode = this.#half[at] as number;
      const first = this.#half[(this.#area.firsts >>> 1) + (opcode & ~flags)] as number;
      if (first !== 0) this.#half[at] = first | (opcode & flags);
    }
  }

  /** Whether there are so many that all should be dropped. */
  get isFull(): boolean {
    return this.size >= MAX_REGIONS;
  }

  /** Forgets what was translated, or is being translated, from a machine page. @returns what could be entered of it. */
  drop(machine: number): readonly JumpTarget[] {
    const page = ((machine >>> PAGE_SHIFT) << PAGE_SHIFT) >>> 0;
    const places = [...(this.#pages.get(page) ?? [])];
    const decoded = this.#decoded(page);
    const at = (decoded + L.DECODED_CONTENT) >>> 2;
    // A region may be at work that came here from a page beside this one.
    if (places.length === 0 && (decoded === 0 || this.#word[at] === 0)) return [];
    for (const place of places) this.#forget(place);
    this.#pages.delete(page);
    this.#word[this.#area.dropped >>> 2] = 1;
    if (decoded !== 0) this.#word[at] = 0;
    return places.filter(({ index }) => index !== undefined);
  }

  dropAll(): void {
    for (const machine of [...this.#pages.keys()]) this.drop(machine);
  }

  /** A write to the page drops the place: the page has a content number, so it is told. */
  #watch(machine: number, place: Place): void {
    const places = this.#pages.get(machine) ?? new Set();
    places.add(place);
    this.#pages.set(machine, places);
  }

  #decoded(machine: number): number {
    return this.#word[(this.#area.table >>> 2) + (machine >>> PAGE_SHIFT)] as number;
  }

  #forget(place: Place): void {
    this.#places.delete(place.id);
    for (const part of pagesOf(place)) this.#pages.get(part)?.delete(place);
    const opcode = this.#half[place.entry >>> 1] as number;
    this.#half[place.entry >>> 1] = opcode & (L.REGION_FLAG - 1);
    if (place.index === undefined) return;
    const at = this.#slot(place);
    const slotEntry = (at + L.RegionSlot.entry) >>> 2;
    if (this.#word[slotEntry] === place.entry) this.#word[slotEntry] = 0;
    this.functions.set(place.index, null);
    this.#free.push(place.index);
  }

  #slot({ entry, address }: Place): number {
    const page = Number(BigInt.asUintN(32, address >> BigInt(PAGE_SHIFT)));
    const hash = ((entry >>> L.ENTRY_SHIFT) ^ page) & (L.REGION_SLOTS - 1);
    return this.#area.regions + (hash << L.REGION_SLOT_SHIFT);
  }

  #next(): number {
    this.#lastIndex++;
    if (this.#lastIndex >= this.functions.length) throw new RangeError('the table of regions is full');
    return this.#lastIndex;
  }

  static makeTable(): WebAssembly.Table {
    return new WebAssembly.Table({ element: 'anyfunc', initial: MAX_REGIONS + 1 });
  }
}
