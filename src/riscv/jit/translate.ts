/** Translates hot places of machine pages into one WebAssembly module. Runs wherever machine memory can be read. */

import { IMPORTS } from '../core/core-functions.ts';
import { amoName, CORE_EXPORTS } from '../core/core-module.ts';
import type { InstructionCalls } from '../core/memory-semantics.ts';
import { PAGE_BYTES, PAGE_SHIFT } from '../hart/page-map.ts';
import { memoryPages } from '../interpreter/interpreter.ts';
import { REGION } from '../interpreter/run.ts';
import { FunctionBuilder, type Signature } from '../wasm/function-builder.ts';
import { ModuleBuilder } from '../wasm/module-builder.ts';
import { executedIn, findRegion, type Neighbours, pageReader, type WasExecuted } from './blocks.ts';
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
  readonly mode: number;
}

/** What all requests of one engine have in common; can be posted to another thread. */
export interface TranslationSettings {
  readonly hasFusedMadd: boolean;
  /** See CodeArea.dropped. */
  readonly droppedFlag: number;
  /** See CodeArea.table: regions are made of code that was executed. Absent: of all code that can be reached. */
  readonly codeTable?: number;
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

/** Whether code of the request's pages was executed. */
function profile(
  memory: ArrayBufferLike,
  { machine, previous, next }: RegionRequest,
  { codeTable }: TranslationSettings,
): WasExecuted {
  if (codeTable === undefined) return () => true;
  const table = new Uint32Array(memory, codeTable);
  const [before, own, behind] = [previous, machine, next].map((page) =>
    executedIn(memory, table[page >>> PAGE_SHIFT] ?? 0),
  ) as [WasExecuted, WasExecuted, WasExecuted];
  return (offset) => {
    const page = offset < 0 ? before : offset < PAGE_BYTES ? own : behind;
    return page(offset & (PAGE_BYTES - 1));
  };
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
    const { id, machine, offset, page, mode } = request;
    const code = pageReader(memory, machine, request);
    const region = findRegion(code, offset, profile(memory, request, settings));
    if (!region) return [];
    const body = new FunctionBuilder(REGION);
    writeRegion(body, region, { ...settings, calls, page, mode, regionType, neighbours: request });
    return [{ id, body }];
  });
  if (bodies.length === 0) return undefined;
  for (const { id, body } of bodies) module.exportFunction(`r${id}`, module.add(body));
  return { bytes: module.finish(), ids: bodies.map(({ id }) => id) };
}
