/** Modules of kept code, made before anybody asked for it. */
import type { Mode } from '../core/layout.ts';
import type { ModuleCheck } from './compiler.ts';
import { type NamedRegion, regionModule } from './region-body.ts';

/** A kept region's place: its content by its place among the KeptContents. */
export interface KeptPlace {
  readonly content: number;
  readonly page: bigint;
  readonly mode: Mode;
  readonly offset: number;
}

/** A module of kept code that nobody asked for, with the places of its functions in their order. */
export interface KeptRegions {
  readonly module: WebAssembly.Module;
  /** See RegionModule. */
  readonly contents: readonly number[];
  readonly kept: readonly KeptPlace[];
}

/** Compiles kept code, in the order of its places. */
export function compileKept(
  memory: ArrayBufferLike,
  regions: readonly NamedRegion[],
  kept: readonly KeptPlace[],
  check?: ModuleCheck,
): KeptRegions {
  const { bytes, contents } = regionModule(memory, regions);
  check?.(bytes);
  return { module: new WebAssembly.Module(bytes), contents, kept };
}
