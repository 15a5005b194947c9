/** The side door of vmm: what a VM takes and what a hart is told by, for who starts VMs without running them. */
export { deviceUses, exitCounts } from './exit-counts.ts';
export { HART_BYTES, HART_WORDS, HartWords, Post } from './hart-words.ts';
export { type MachineSize, machineSize } from './machine-size.ts';
