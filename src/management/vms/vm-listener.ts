/** Who hears of a VM. */
import type { Vm } from './vm.ts';

/** Hears of what becomes of a VM, for logs and events. */
export type VmListener = (vm: Vm, line: string) => void;

/**
 * Hears that something of a VM is another now; looks for itself what.
 * @param isNew - of one that is added: whether it was made, and not only taken in
 */
export type VmWatcher = (vm: Vm, what: VmNews, isNew?: boolean) => void;

/** `asked to …`: of its guest. */
export type VmNews = 'changed' | 'reset' | 'added' | 'removed' | 'asked to power off' | 'asked to reboot';
