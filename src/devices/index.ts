/** Door of the devices room: everything a guest finds on its bus, and the device tree that tells it so. */
export { BOARD, highPciWindow, type InterruptingRegion, type Region, TIMEBASE_HZ } from './board.ts';
export { type AccessWidth, Bus, type BusWindow, type InterruptLine, type MmioDevice } from './bus.ts';
export type { ConsoleBackend } from './console-backend.ts';
export {
  copyIn,
  copyOut,
  type GuestMemory,
  readU16,
  readU32,
  readU64,
  writeU16,
  writeU32,
  writeU64,
} from './dma.ts';
export type { Lifecycle } from './lifecycle.ts';
export type { BlockBackend, BlockRequest, BlockStatus } from './virtio/block-backend.ts';
