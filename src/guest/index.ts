/** The door of guest: the default guest, and the archives an initramfs is made of. */
export { ByteQueue } from './byte-queue.ts';
export { cacheFolder } from './cache.ts';
export { type CpioEntry, readCpio, writeCpio } from './cpio.ts';
export { defaultFirmware } from './firmware.ts';
export { defaultGuest, type Guest, QUIET_KERNEL } from './guest.ts';
export { writeExecArchive } from './initramfs.ts';
export { type Run, runProgram } from './process.ts';
export type { Report } from './report.ts';
export {
  INSTALL_MEMORY_BYTES,
  INSTALLED,
  type PreparedSystem,
  prepareSystem,
  type SystemWishes,
} from './template/prepare.ts';
