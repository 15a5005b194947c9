/** The side door of riscv for kept code: what it takes to keep regions, and to make modules of them, without translating. */
export { hasFusedMadd } from './interpreter/fused-madd.ts';
export { hasStoreOrder } from './interpreter/store-order.ts';
export { hashWords, KeptContents, keptNumber } from './jit/kept-contents.ts';
export { compileKept, type KeptPlace, type KeptRegions } from './jit/kept-regions.ts';
export {
  hasMark,
  hasSoundMarks,
  type Marked,
  MarkKind,
  type NamedRegion,
  type RegionBody,
  regionName,
} from './jit/region-body.ts';
export type { RegionKeeper, RequestCode } from './jit/translate.ts';
