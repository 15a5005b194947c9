/** Who hears of a VM. */
import type { Vm } from './vm.ts';

/** Hears of what becomes of a VM, for logs and events. */
export type VmListener = (vm: Vm, line: string) => void;

/** Hears that something of a VM is another now; looks for itself what. */
export type VmWatcher = (vm: Vm, what: 'changed' | 'added' | 'removed') => void;
