/** The side door of riscv for code that several engines use: what makes it of what is compiled for one of them. */
export { RegionSharer, type SharedRegions } from './jit/shared-regions.ts';
