/** What the mapping between .vmx files and VIM needs to know of the host around them. */
import type { Vmx } from '#vmm';
import type { DynamicData, MoRef } from '../table/vim25.d.ts';

export interface DiskFacts {
  readonly capacityBytes: number;
  readonly isThin: boolean;
  readonly uuid?: string;
  /** The state from which its changes can be asked for. */
  readonly changeId?: string;
}

export interface VmxContext {
  /** `[datastore1] vm/vm.vmdk` for a file's name as it stands in the .vmx. */
  readonly toDatastorePath: (fileName: string) => string;
  /** A file's name for the .vmx, of a datastore path; undefined when there is no such datastore, or it is no such path. */
  toFileName(datastorePath: string): string | undefined;
  /** The datastore of a datastore path. */
  datastore(datastorePath: string): MoRef | undefined;
  /** A network by its name, and the name of a network. */
  network(name: string): MoRef | undefined;
  networkName(network: MoRef): string | undefined;
  /** A disk by its name in the .vmx; undefined when it cannot be read. */
  disk(fileName: string): DiskFacts | undefined;
  /** The machine runs: what is plugged in is connected. */
  readonly isOn: boolean;
  /** Whether it runs, and disks can be put into that SCSI controller, and taken out. */
  isHot?(controller: number): boolean;
}

/** A data object of VIM with its type's name. */
export function make<T extends DynamicData>(type: string, fields: Omit<T, '_type'>): T {
  return { _type: type, ...fields } as T;
}

export function flagOf(vmx: Vmx, key: string, absent = false): boolean {
  const text = vmx.get(key);
  return text === undefined ? absent : /^(?:true|1|yes)$/i.test(text);
}

export function integerOf(vmx: Vmx, key: string, absent: number): number {
  const value = Number(vmx.get(key));
  return vmx.get(key)?.trim() !== '' && Number.isSafeInteger(value) ? value : absent;
}

/** Sets a key; undefined takes it away. */
export function put(vmx: Vmx, key: string, value: string | number | boolean | undefined): void {
  if (value === undefined) vmx.delete(key);
  else vmx.set(key, typeof value === 'boolean' ? (value ? 'TRUE' : 'FALSE') : String(value));
}
