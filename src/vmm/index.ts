/** The door of vmm: one virtual machine, from its description to its turns. */
export { Board, type BoardConfig, type BoardHost, type ConsoleKind } from './assemble.ts';
export { type DiskContent, diskContent } from './boot/disk-content.ts';
export type { BootFile } from './boot/loadable.ts';
export type { PayloadKind } from './boot/payload.ts';
export { writeButton } from './button-event.ts';
export { causeName, type SymbolLookup } from './fault.ts';
export { type CardFrame, MAX_EVENT_FRAME_BYTES, writeFrames } from './frames-event.ts';
export * from './gdb/index.ts';
export { Hart, type TickClock } from './hart.ts';
export { HART_BYTES, HART_WORDS, HartWords, Post } from './hart-words.ts';
export { type KeptDevices, Machine } from './machine.ts';
export { type InputEvent, MAX_HARTS, type MachineConfig, type MachineHost } from './machine-config.ts';
export { type MachineSize, machineSize } from './machine-size.ts';
export type { MachineStateV1 } from './machine-state.ts';
export * from './record/index.ts';
export type { HartTurn, TurnEnd } from './run-loop.ts';
export type { MmioAccess, RunObserver } from './run-observer.ts';
export { sbiCallName } from './sbi/sbi.ts';
export { attachMap, type MachinePlace, overheadPages, Seat, type SeatHost } from './seat.ts';
export { systemMap } from './system-map.ts';
export { DISK_SLOTS, type DiskSlot, FLOPPY_SLOTS, scsiPlace, slotName } from './vmx/disk-slots.ts';
export { isVirtioScsi, type ScsiHost } from './vmx/scsi-hosts.ts';
export { ADDRESS_TYPES, addressProblem, MAX_NICS, type VmNic } from './vmx/vm-nics.ts';
export {
  type DiskAllocation,
  defaultSettings,
  HOT_ADDED,
  isCd,
  type Limit,
  MAX_MEMORY_MIB,
  MAX_VCPUS,
  readSettings,
  type Shares,
  VM_KEYS,
  type VmDisk,
  type VmSettings,
  type VmxProblem,
  writeDisk,
  writeSettings,
} from './vmx/vm-settings.ts';
export { type BadLine, MAX_VMX_BYTES, removeDevice, Vmx } from './vmx/vmx.ts';
