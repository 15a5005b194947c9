/** Translates hot places of machine pages into one WebAssembly module. Runs wherever machine memory can be read. */

import { IMPORTS } from '../core/core-functions.ts';
import { amoName, CORE_EXPORTS } from '../core/core-module.ts';
import type { MachineTraits } from '../core/instruction-semantics.ts';
import { DECODED_COPY, type Mode } from '../core/layout.ts';
import type { InstructionCalls } from '../core/memory-semantics.ts';
import { PAGE_BYTES, PAGE_SHIFT } from '../hart/page-map.ts';
import { memoryPages } from '../interpreter/interpreter.ts';
import { REGION } from '../interpreter/run.ts';
import { FunctionBuilder, type Signature } from '../wasm/function-builder.ts';
import { ModuleBuilder } from '../wasm/module-builder.ts';
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
  /** Numbers of the neighbours' contents. */
  readonly contents: Neighbours;
}

/** What all requests of one engine have in common; can be posted to another thread. */
export interface TranslationSettings extends MachineTraits {
  /** See CodeArea.dropped. */
  readonly droppedFlag: number;
  /** See CodeArea.table and counters: what is known of the execution of code. Absent: nothing. */
  readonly profile?: { readonly codeTable: number; readonly counters: number };
  /** Regions are made of all code that can be reached, not only of what was executed. */
  readonly translatesUnmet?: boolean;
}

export interface Translation {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Requests that became a function, exported as `r` + id. */
  readonly ids: readonly number[];
}

const SIGNATURES = new Map<string, Signature>([
  ...CORE_EXPORTS.map(({ name, signature }) => [name, signature] as const),
  ['float', IMPORTS.float],
]);

/** Imports a function when the first call of it is written. */
function lazyCalls(module: ModuleBuilder): InstructionCalls {
  const known = new Map<string, number>();
  const index = (name: string): number => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const signature = SIGNATURES.get(name);
    if (!signature) throw new Error(`the core has no function ${name}`);
    const imported = module.importFunction(name, signature);
    known.set(name, imported);
    return imported;
  };
  const amo: InstructionCalls['amo'] = (operation, bytes) => index(amoName(operation, bytes));
  return new Proxy({ amo } as InstructionCalls, {
    get: (_calls, name) => (name === 'amo' ? amo : index(String(name))),
  });
}

/** What profilers call the region: its mode and the address where it begins. */
export const regionName = (mode: number, address: bigint): string =>
  `${mode === 0 ? 'U' : 'S'}:${address.toString(16)}`;

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

/** The request with its pages as they were decoded: other threads may have written to memory meanwhile. */
function copies(
  memory: ArrayBufferLike,
  { machine, previous, next }: RegionRequest,
  { profile: known }: TranslationSettings,
): { machine: number } & Neighbours {
  if (!known) return { machine, previous, next };
  const table = new Uint32Array(memory, known.codeTable);
  const copy = (page: number): number => {
    const decoded = page === 0 ? 0 : (table[page >>> PAGE_SHIFT] ?? 0);
    return decoded === 0 ? page : decoded + DECODED_COPY;
  };
  return { machine: copy(machine), previous: copy(previous), next: copy(next) };
}

/** @returns undefined when none of the requests can be translated. */
export function translate(
  memory: ArrayBufferLike,
  requests: readonly RegionRequest[],
  settings: TranslationSettings,
): Translation | undefined {
  const module = new ModuleBuilder();
  const { initial, maximum } = memoryPages(memory);
  module.importMemory('memory', initial, maximum);
  module.importTable('table', 0);
  const regionType = module.type(REGION);
  const calls = lazyCalls(module);
  const bodies = requests.flatMap((request) => {
    const { id, offset, page, mode, contents } = request;
    const copied = copies(memory, request, settings);
    const code = pageReader(memory, copied.machine, copied);
    const { wasExecuted, hotTargets } = profile(memory, request, code, settings);
    const region = findRegion(code, offset, wasExecuted, hotTargets);
    if (!region) return [];
    const body = new FunctionBuilder(REGION);
    writeRegion(body, region, { ...settings, calls, page, mode, regionType, contents });
    return [{ id, body, name: regionName(mode, page + BigInt(offset)) }];
  });
  if (bodies.length === 0) return undefined;
  for (const { id, body, name } of bodies) {
    const index = module.add(body);
    module.nameFunction(name, index);
    module.exportFunction(`r${id}`, index);
  }
  return { bytes: module.finish(), ids: bodies.map(({ id }) => id) };
}
