/** The side door of riscv: what memory is counted in and what engines take of it, for who has no instructions to run. */
export { CONTEXT_BYTES, engineAreaBytes } from './core/layout.ts';
export { Exit, type ExitReason } from './hart/exit.ts';
export { MapFlag, PAGE_BYTES, PAGE_SHIFT, type RamLayout } from './hart/page-map.ts';
