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
export {
  at,
  cells64,
  type FdtCells,
  type FdtNode,
  type FdtOptions,
  type FdtReference,
  type FdtValue,
  flatten,
  ref,
  reg,
} from './fdt/fdt.ts';
export type { Lifecycle } from './lifecycle.ts';
export { PciFunction, type PciFunctionStateV1 } from './pci/function.ts';
export { MASTER_ABORT, PCI_SLOTS, PciHost, type PciHostOptions, type PciHostStateV1 } from './pci/host.ts';
export { pciNode } from './pci/node.ts';
export { plicNode } from './plic/node.ts';
export { Plic, type PlicHost, type PlicStateV1 } from './plic/plic.ts';
export type { UnknownAccess } from './registers.ts';
export { GoldfishRtc, type GoldfishRtcHost, type GoldfishRtcStateV1 } from './rtc/goldfish.ts';
export { rtcNode } from './rtc/node.ts';
export type { ScsiUnitKind } from './scsi/unit.ts';
export { powerNodes, testFinisherNode } from './syscon/node.ts';
export {
  type PowerEvents,
  TestFinisher,
  type TestFinisherHost,
  type TestFinisherStateV1,
} from './syscon/test-finisher.ts';
export { UART_PATH, uartNode } from './uart/node.ts';
export { Ns16550a, type Ns16550aHost, type Ns16550aStateV1 } from './uart/ns16550a.ts';
export { type BalloonHost, VirtioBalloon, type VirtioBalloonStateV1 } from './virtio/balloon.ts';
export { type BalloonStatistics, STATISTICS, type StatisticName } from './virtio/balloon-data.ts';
export { VirtioBlock, type VirtioBlockStateV1 } from './virtio/block.ts';
export type { BlockBackend, BlockRequest, BlockStatus } from './virtio/block-backend.ts';
export { BUTTONS, type Button, VirtioButtons, type VirtioButtonsStateV1 } from './virtio/buttons.ts';
export type { MemoryRange } from './virtio/chain.ts';
export {
  type ConsoleSize,
  VirtioConsole,
  type VirtioConsoleOptions,
  type VirtioConsoleStateV1,
} from './virtio/console.ts';
export type { VirtioDevice } from './virtio/device.ts';
export { EntropyDevice, type EntropySource, type EntropyStateV1 } from './virtio/entropy.ts';
export { type NetCounters, VirtioNet, type VirtioNetOptions, type VirtioNetStateV1 } from './virtio/net.ts';
export type {
  NetAbilities,
  NetOffloads,
  NetReception,
  NetworkBackend,
  ReceivedFrame,
  SegmentType,
} from './virtio/net-backend.ts';
export { VirtioPci, type VirtioPciHost, type VirtioPciStateV1 } from './virtio/pci.ts';
export { type ScsiPlace, type ScsiSlot, VirtioScsi, type VirtioScsiStateV1 } from './virtio/scsi.ts';
export {
  type SerialPortHost,
  VirtioSerialPort,
  type VirtioSerialPortStateV1,
} from './virtio/serial-port.ts';
export { vmGenerationNode } from './vmgenid/node.ts';
export { VmGeneration, type VmGenerationHost, type VmGenerationStateV1 } from './vmgenid/vmgenid.ts';
