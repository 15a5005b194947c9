/**
 * A region's function apart from any module, and modules of such functions apart from any engine. What belongs to one engine a module
 * imports: where its flag is, and its numbers of contents. So a function can be kept and put into another module, and a module
 * can be used by several engines.
 */
import { CORE_EXPORTS, REGION } from '../core/core-exports.ts';
import { IMPORTS } from '../core/core-functions.ts';
import { Bytes, isMarkable, setMarked } from '../wasm/bytes.ts';
import type { FunctionBuilder, Signature } from '../wasm/function-builder.ts';
import { memoryPages } from '../wasm/memory-pages.ts';
import { ModuleBuilder } from '../wasm/module-builder.ts';

/** What the global at a mark has: the number of the content of a page beside the region's own. */
export const MarkKind = { previous: 0, next: 1 } as const;

/** Index of the global, in every module of regions, that says where the engine's flag is (see CodeArea.dropped). */
export const DROPPED_GLOBAL = 0;
/** What that is imported as. */
export const DROPPED_IMPORT = 'dropped';
/** Where numbers of contents are imported from: there are as many as a module has contents, by their places among those. */
export const CONTENTS_MODULE = 'c';

export interface RegionBody {
  /** As the code section wants it. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** As the section of hints wants them; none: no bytes. */
  readonly hints: Uint8Array<ArrayBuffer>;
  /** Two numbers each: where, and its MarkKind. */
  readonly marks: Int32Array<ArrayBuffer>;
}

/** What the globals at the marks have, by MarkKind. */
export type Marked = readonly [previous: number, next: number];

export const bodyOf = (f: FunctionBuilder): RegionBody => ({
  ...{ bytes: f.finish().finish(), hints: f.encodedHints },
  marks: Int32Array.from(f.marks.flatMap(({ at, kind }) => [at, kind])),
});

/** Whether marks are where they can be: what was kept may be anything. */
export function hasSoundMarks({ bytes, marks }: RegionBody): boolean {
  return marks.every((value, i) =>
    i % 2 === 0 ? isMarkable(bytes, value) : value >= MarkKind.previous && value <= MarkKind.next,
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

/** A function of a module, and what profilers call it. */
export interface NamedRegion {
  readonly body: RegionBody;
  readonly marked: Marked;
  readonly name: string;
}

/** A module of regions for any engine on a memory of the same size. */
export interface RegionModule {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Numbers of contents that it imports. */
  readonly contents: readonly number[];
}

/** What a module exports the region at this place of its list as. */
export const exportedAs = (place: number): string => `r${place}`;

/** What an engine gives to a module, with its own numbers of the module's contents. */
export const moduleImports = (
  engine: WebAssembly.Imports,
  contents: readonly number[],
): WebAssembly.Imports => ({ ...engine, [CONTENTS_MODULE]: Object.fromEntries(contents.entries()) });

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
  module.importGlobal(DROPPED_IMPORT, 'i32');
  BEGUN.set(memory, module);
  return module;
}

/** A module of these regions, in their order. */
export function regionModule(memory: ArrayBufferLike, regions: readonly NamedRegion[]): RegionModule {
  const module = new ModuleBuilder(begunModule(memory));
  const globals = new Map<number, number>();
  for (const { body, marked } of regions)
    for (const [kind, number] of marked.entries())
      if (hasMark(body, kind) && !globals.has(number))
        globals.set(number, module.importGlobal(String(globals.size), 'i32', CONTENTS_MODULE));
  for (const [place, { body, marked, name }] of regions.entries()) {
    const index = module.add({
      ...{ signature: REGION, encodedHints: body.hints },
      finish: () => settled(body, (kind) => globals.get(marked[kind as 0 | 1]) ?? 0),
    });
    module.nameFunction(name, index);
    module.exportFunction(exportedAs(place), index);
  }
  return { bytes: module.finish(), contents: [...globals.keys()] };
}

/** The body with the globals that its marks stand for. */
function settled({ bytes, marks }: RegionBody, global: (kind: number) => number): Bytes {
  const copy = bytes.slice();
  for (let i = 0; i < marks.length; i += 2)
    setMarked(copy, marks[i] as number, global(marks[i + 1] as number));
  const out = new Bytes();
  out.bytes(copy);
  return out;
}
