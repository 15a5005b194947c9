/** Writes the core module: memory, translation, traps, CSRs, and the interpreter's loop, for one engine area. */

import { defineDecode } from '../interpreter/decoder.ts';
import type { HandlerTable } from '../interpreter/handler-table.ts';
import { writeInterpreter } from '../interpreter/run.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';
import { ModuleBuilder } from '../wasm/module-builder.ts';
import { i64, type Node } from '../wasm/node.ts';
import { defineAmo, defineAtomics } from './atomics.ts';
import { AMO_BYTES, AMO_FUNCTIONS, amoName, CORE_EXPORTS } from './core-exports.ts';
import { type Core, type FunctionName, IMPORTS, type ImportName } from './core-functions.ts';
import { CoreSemantics } from './core-semantics.ts';
import { defineCsrs } from './csrs.ts';
import { defineFetch } from './fetch.ts';
import type { CodeArea } from './layout.ts';
import { defineMemory } from './memory.ts';
import { defineMmu } from './mmu.ts';
import { defineReach } from './reach.ts';
import { defineTlb } from './tlb.ts';
import { defineTraps } from './traps.ts';

export interface CoreOptions {
  readonly area: CodeArea;
  /** See Core. */
  readonly owner: number;
  readonly isShared: boolean;
  /** Limits of the shared memory, in WebAssembly pages of 64 KiB. */
  readonly memoryPages: { readonly initial: number; readonly maximum: number };
  readonly hasFusedMadd: boolean;
  readonly hasStoreOrder: boolean;
  /** Regions of translated code are entered, and jump targets counted until they are hot. */
  readonly regions?: { readonly hotThreshold: number };
}

/** What profilers call a function of the core. */
export const coreFunctionName = (name: string): string => `core:${name}`;

/**
 * The module imports `memory`, the functions of IMPORTS and (with regions) `table`; it exports CORE_EXPORTS, `run`
 * and the global `fuelLeft`.
 */
export function writeCoreModule(options: CoreOptions): {
  bytes: Uint8Array<ArrayBuffer>;
  handlers: HandlerTable;
} {
  const module = new ModuleBuilder();
  module.importMemory('memory', options.memoryPages.initial, options.memoryPages.maximum);
  if (options.regions) module.importTable('table', 0);
  const index: Record<string, number> = {};
  for (const name of Object.keys(IMPORTS) as ImportName[])
    index[name] = module.importFunction(name, IMPORTS[name]);
  const definitions = new Map<string, (body: (f: FunctionBuilder) => void) => void>();
  for (const { name, signature } of CORE_EXPORTS) {
    const declared = module.declare(signature);
    index[name] = declared.index;
    definitions.set(name, declared.define);
    module.exportFunction(name, declared.index);
    module.nameFunction(coreFunctionName(name), declared.index);
  }
  const core: Core = {
    module,
    area: options.area,
    owner: options.owner,
    isShared: options.isShared,
    index: index as Core['index'],
    define: (name: FunctionName, body) => definitions.get(name)?.(body),
    leafGlobal: module.global('i32'),
  };
  core.define('mulhu', (f) => defineMulhu(new CoreSemantics(f, core), f.param(0), f.param(1)));
  defineTraps(core);
  defineMmu(core);
  defineTlb(core);
  defineMemory(core);
  defineReach(core);
  defineAtomics(core);
  defineFetch(core);
  defineDecode(core);
  defineCsrs(core);
  for (const operation of AMO_FUNCTIONS) {
    for (const bytes of AMO_BYTES) {
      definitions.get(amoName(operation, bytes))?.((f) =>
        defineAmo(new CoreSemantics(f, core), operation, bytes),
      );
    }
  }
  const handlers = writeInterpreter(
    core,
    options,
    (operation, bytes) => index[amoName(operation, bytes)] as number,
  );
  return { bytes: module.finish(), handlers };
}

/** High 64 bits of an unsigned product, by four products of halves. */
function defineMulhu(x: CoreSemantics, a: Node, b: Node): void {
  const half = i64(32n);
  const low = (v: Node): Node => x.and(v, i64(0xffff_ffffn));
  const [a0, a1, b0, b1] = [low(a), x.shr(a, half), low(b), x.shr(b, half)].map((v) => x.let(v)) as [
    Node,
    Node,
    Node,
    Node,
  ];
  const lowCross = x.let(x.add(x.mul(a1, b0), x.shr(x.mul(a0, b0), half)));
  const highCross = x.let(x.add(x.mul(a0, b1), low(lowCross)));
  x.f.return(x.add(x.add(x.mul(a1, b1), x.shr(lowCross, half)), x.shr(highCross, half)));
  x.f.unreachable();
}
