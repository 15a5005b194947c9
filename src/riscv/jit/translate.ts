/** Translates hot places of machine pages into one WebAssembly module. Runs wherever machine memory can be read. */

import { amoName, CORE_EXPORTS, REGION } from '../core/core-exports.ts';
import type { MachineTraits } from '../core/instruction-semantics.ts';
import { DECODED_COPY, type Mode } from '../core/layout.ts';
import type { InstructionCalls } from '../core/memory-semantics.ts';
import { PAGE_BYTES, PAGE_SHIFT } from '../hart/page-map.ts';
import { FunctionBuilder } from '../wasm/function-builder.ts';
import {
  type Code,
  executedIn,
  findRegion,
  type HotTargets,
  type Neighbours,
  pageReader,
  type WasExecuted,
} from './blocks.ts';
import { hotTargetsIn } from './indirect-targets.ts';
import {
  bodyOf,
  importPlace,
  type NamedRegion,
  REGION_TYPE,
  type RegionBody,
  type RegionModule,
  regionModule,
  regionName,
} from './region-body.ts';
import { writeRegion } from './region-writer.ts';

/** A place to translate. */
export interface RegionRequest extends Neighbours {
  readonly id: number;
  /** Machine address of the page. */
  readonly machine: number;
  readonly offset: number;
  /** Virtual address of the page. */
  readonly page: bigint;
  /** 0 U, 1 S. */
  readonly mode: Mode;
  readonly contents: RequestContents;
}

/** Numbers of the contents of its pages; 0: none. */
export interface RequestContents extends Neighbours {
  readonly own: number;
}

/** What all requests of one engine have in common; can be posted to another thread. */
export interface TranslationSettings extends MachineTraits {
  /** See CodeArea.table and counters: what is known of the execution of code. Absent: nothing. */
  readonly profile?: { readonly codeTable: number; readonly counters: number };
  /** Regions are made of all code that can be reached, not only of what was executed. */
  readonly translatesUnmet?: boolean;
}

/** The pages that a region may take code from, word by word; absent: there is none. */
export interface RequestCode {
  readonly own: Int32Array;
  readonly previous: Int32Array | undefined;
  readonly next: Int32Array | undefined;
}

/** Keeps regions beyond the life of an engine. What is found was made of the same code, for the same place. */
export interface RegionKeeper {
  find(request: RegionRequest, code: RequestCode): RegionBody | undefined;
  keep(request: RegionRequest, code: RequestCode, body: RegionBody): void;
}

export interface Translation extends RegionModule {
  /** Requests that became a function, in their order. */
  readonly ids: readonly number[];
}

/** Places of the core's functions in modules of regions. */
const CALLS = {
  ...Object.fromEntries(CORE_EXPORTS.map(({ name }) => [name, importPlace(name)])),
  float: importPlace('float'),
  amo: (operation, bytes) => importPlace(amoName(operation, bytes)),
} as InstructionCalls;

/** What is known of the execution of the request's pages. */
function profile(
  memory: ArrayBufferLike,
  { machine, offset: entry, previous, next }: RegionRequest,
  code: Code,
  settings: TranslationSettings,
): { wasExecuted: WasExecuted; hotTargets: HotTargets } {
  if (!settings.profile) return { wasExecuted: () => true, hotTargets: () => [] };
  const { codeTable, counters } = settings.profile;
  const table = new Uint32Array(memory, codeTable);
  const pages = [previous, machine, next].map((page) => (page === 0 ? 0 : (table[page >>> PAGE_SHIFT] ?? 0)));
  const executed = pages.map((page) => executedIn(memory, page));
  const place = (offset: number) => (offset < 0 ? 0 : offset < PAGE_BYTES ? 1 : 2);
  const isWithin = (offset: number) => offset >= -PAGE_BYTES && offset < 2 * PAGE_BYTES;
  return {
    wasExecuted: (offset) =>
      (settings.translatesUnmet ?? false) || (executed[place(offset)]?.(offset & (PAGE_BYTES - 1)) ?? false),
    hotTargets: hotTargetsIn({
      memory,
      decodedPage: (offset) => (isWithin(offset) ? (pages[place(offset)] ?? 0) : 0),
      counters,
      code,
      entry,
    }),
  };
}

/**
 * The request's pages as they were decoded, and as they stay while they are looked at: other threads may write to memory
 * meanwhile.
 */
export function codeOf(
  memory: ArrayBufferLike,
  { machine, previous, next }: Pick<RegionRequest, 'machine' | keyof Neighbours>,
  { profile: known }: TranslationSettings,
): RequestCode {
  const table = known && new Uint32Array(memory, known.codeTable);
  const copy = (page: number): Int32Array | undefined => {
    if (page === 0) return undefined;
    const decoded = table?.[page >>> PAGE_SHIFT] ?? 0;
    return new Int32Array(memory, decoded === 0 ? page : decoded + DECODED_COPY, PAGE_BYTES / 4).slice();
  };
  return { own: copy(machine) as Int32Array, previous: copy(previous), next: copy(next) };
}

/** Reads code of the pages; what is in none of them is no code. */
function readerOf({ own, previous, next }: RequestCode): Code {
  // No page is at 0: that says that there is none.
  const pages = new Int32Array((4 * PAGE_BYTES) / 4);
  const places = [previous, own, next].map((words, place) => {
    if (!words) return 0;
    const at = (place + 1) * PAGE_BYTES;
    pages.set(words, at / 4);
    return at;
  });
  const [before = 0, machine = 0, behind = 0] = places;
  return pageReader(pages.buffer, machine, { previous: before, next: behind });
}

/** @returns undefined when the place cannot be translated. */
function translateOne(
  memory: ArrayBufferLike,
  request: RegionRequest,
  pages: RequestCode,
  settings: TranslationSettings,
): RegionBody | undefined {
  const { offset, page, mode } = request;
  const code = readerOf(pages);
  const { wasExecuted, hotTargets } = profile(memory, request, code, settings);
  const region = findRegion(code, offset, wasExecuted, hotTargets);
  if (!region) return undefined;
  const body = new FunctionBuilder(REGION);
  writeRegion(body, region, {
    ...{ ...settings, calls: CALLS, page, mode, regionType: REGION_TYPE },
  });
  return bodyOf(body);
}

/** @returns undefined when none of the requests can be translated. */
export function translate(
  memory: ArrayBufferLike,
  requests: readonly RegionRequest[],
  settings: TranslationSettings,
  keeper?: RegionKeeper,
): Translation | undefined {
  const regions = requests.flatMap((request): (NamedRegion & { id: number })[] => {
    const { id, page, mode, offset, contents } = request;
    const pages = codeOf(memory, request, settings);
    const kept = keeper?.find(request, pages);
    const body = kept ?? translateOne(memory, request, pages, settings);
    if (!body) return [];
    if (!kept) keeper?.keep(request, pages, body);
    const marked = [contents.previous, contents.next] as const;
    return [{ id, body, marked, name: regionName(mode, page + BigInt(offset)) }];
  });
  if (regions.length === 0) return undefined;
  return { ...regionModule(memory, regions), ids: regions.map(({ id }) => id) };
}
