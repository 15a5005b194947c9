/**
 * A region's function apart from any module and any engine: what belongs to one engine is marked in it, and the functions it
 * calls have the same places in every module. So it can be kept, and put into another module for another engine.
 */
import { CORE_EXPORTS, REGION } from '../core/core-exports.ts';
import { IMPORTS } from '../core/core-functions.ts';
import { Bytes, isMarkable, setMarked } from '../wasm/bytes.ts';
import type { FunctionBuilder, Signature } from '../wasm/function-builder.ts';
import { memoryPages } from '../wasm/memory-pages.ts';
import { ModuleBuilder } from '../wasm/module-builder.ts';

/** What stands where a mark is. */
export const MarkKind = {
  /** Where the engine's flag is that says that code was dropped (see CodeArea.dropped). */
  dropped: 0,
  /** Numbers of the contents of the pages beside the region's own. */
  previous: 1,
  next: 2,
} as const;

export interface RegionBody {
  /** As the code section wants it. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** As the section of hints wants them; none: no bytes. */
  readonly hints: Uint8Array<ArrayBuffer>;
  /** Two numbers each: where, and its MarkKind. */
  readonly marks: Int32Array<ArrayBuffer>;
}

/** What the marks stand for, by MarkKind. */
export type Marked = readonly [dropped: number, previous: number, next: number];

export const bodyOf = (f: FunctionBuilder): RegionBody => ({
  ...{ bytes: f.finish().finish(), hints: f.encodedHints },
  marks: Int32Array.from(f.marks.flatMap(({ at, kind }) => [at, kind])),
});

/** Whether marks are where they can be: what was kept may be anything. */
export function hasSoundMarks({ bytes, marks }: RegionBody): boolean {
  return marks.every((value, i) =>
    i % 2 === 0 ? isMarkable(bytes, value) : value >= MarkKind.dropped && value <= MarkKind.next,
  );
}

/** Whether there is a mark of that kind. */
export const hasMark = ({ marks }: RegionBody, kind: number): boolean =>
  marks.some((value, i) => i % 2 === 1 && value === kind);

/** What profilers call the region: its mode and the address where it begins. */
export const regionName = (mode: number, address: bigint): string =>
  `${mode === 0 ? 'U' : 'S'}:${address.toString(16)}`;

/** All functions that regions may call, in the order in which every module imports them. */
const IMPORTED: readonly { readonly name: string; readonly signature: Signature }[] = [
  ...CORE_EXPORTS,
  { name: 'float', signature: IMPORTS.float },
];
const PLACES: ReadonlyMap<string, number> = new Map(IMPORTED.map(({ name }, place) => [name, place]));

/** Index of a function of the core in every module of regions. */
export function importPlace(name: string): number {
  const place = PLACES.get(name);
  if (place === undefined) throw new Error(`the core has no function ${name}`);
  return place;
}

/** Index of the type REGION in every module of regions. */
export const REGION_TYPE = 0;

/** A function of a module: what it is exported as, and what profilers call it. */
export interface NamedRegion {
  readonly body: RegionBody;
  readonly marked: Marked;
  readonly exported: string;
  readonly name: string;
}

/** What all modules of regions for a memory begin with. */
const BEGUN = new WeakMap<ArrayBufferLike, ModuleBuilder>();

function begunModule(memory: ArrayBufferLike): ModuleBuilder {
  const known = BEGUN.get(memory);
  if (known) return known;
  const module = new ModuleBuilder();
  const { initial, maximum } = memoryPages(memory);
  module.importMemory('memory', initial, maximum);
  module.importTable('table', 0);
  module.type(REGION);
  for (const { name, signature } of IMPORTED) module.importFunction(name, signature);
  BEGUN.set(memory, module);
  return module;
}

/** The bytes of a module of regions. */
export function regionModule(
  memory: ArrayBufferLike,
  regions: readonly NamedRegion[],
): Uint8Array<ArrayBuffer> {
  const module = new ModuleBuilder(begunModule(memory));
  for (const { body, marked, exported, name } of regions) {
    const index = module.add({
      ...{ signature: REGION, encodedHints: body.hints },
      finish: () => settled(body, marked),
    });
    module.nameFunction(name, index);
    module.exportFunction(exported, index);
  }
  return module.finish();
}

/** The body with what its marks stand for. */
function settled({ bytes, marks }: RegionBody, marked: Marked): Bytes {
  const copy = bytes.slice();
  for (let i = 0; i < marks.length; i += 2)
    setMarked(copy, marks[i] as number, marked[marks[i + 1] as number] ?? 0);
  const out = new Bytes();
  out.bytes(copy);
  return out;
}
