/** The side door of vmm: one machine and its turns, for who runs it; without recordings, debuggers and .vmx files. */
export type { BootFile } from './boot/loadable.ts';
export { writeButton } from './button-event.ts';
export { causeName, type SymbolLookup } from './fault.ts';
export { Hart } from './hart.ts';
export { type KeptDevices, Machine } from './machine.ts';
export type { MachineHost } from './machine-config.ts';
export type { MachineStateV1 } from './machine-state.ts';
export type { HartTurn } from './run-loop.ts';
export type { MmioAccess, RunObserver } from './run-observer.ts';
export { sbiCallName } from './sbi/sbi.ts';
export { Seat } from './seat.ts';
export { systemMap } from './system-map.ts';
