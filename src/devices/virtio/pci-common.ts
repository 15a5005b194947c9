/** Registers of virtio over PCI that drivers bring a device up with: common configuration and notifications. Source: VIRTIO 1.3 §4.1.4.3–4.1.4.4. */
import type { MmioDevice } from '../bus.ts';
import { registers } from '../registers.ts';
import type { VirtioTransport } from './transport.ts';

export const COMMON_BYTES = 0x40;

/** There is no MSI-X, so no vector can be chosen. */
const NO_VECTOR = 0xffff;

// biome-ignore format: a table reads in columns
export const commonConfig = registers<VirtioTransport>(COMMON_BYTES, {
  deviceFeatureSelect: { at: 0x00, width: 4, read: (t) => t.state.deviceFeatureSelect, write: (t, value) => void (t.state.deviceFeatureSelect = value) },
  deviceFeature:       { at: 0x04, width: 4, read: (t) => t.readDeviceFeatures() },
  driverFeatureSelect: { at: 0x08, width: 4, read: (t) => t.state.driverFeatureSelect, write: (t, value) => void (t.state.driverFeatureSelect = value) },
  driverFeature:       { at: 0x0c, width: 4, read: (t) => t.readDriverFeatures(), write: (t, value) => t.writeDriverFeatures(value) },
  configMsixVector:    { at: 0x10, width: 2, read: () => NO_VECTOR },
  numQueues:           { at: 0x12, width: 2, read: (t) => t.queues.length },
  deviceStatus:        { at: 0x14, width: 1, read: (t) => t.state.status, write: (t, value) => t.writeStatus(value) },
  configGeneration:    { at: 0x15, width: 1, read: (t) => t.state.configGeneration },
  queueSelect:         { at: 0x16, width: 2, read: (t) => t.state.queueSelect, write: (t, value) => void (t.state.queueSelect = value) },
  queueSize:           { at: 0x18, width: 2, read: (t) => t.selectedQueue?.size ?? 0, write: (t, value) => t.setQueueSize(value) },
  queueMsixVector:     { at: 0x1a, width: 2, read: () => NO_VECTOR },
  queueEnable:         { at: 0x1c, width: 2, read: (t) => Number(t.selectedQueue?.enabled ?? false), write: (t, value) => t.enableQueue(value) },
  queueNotifyOff:      { at: 0x1e, width: 2, read: (t) => t.state.queueSelect },
  queueAddress:        { at: 0x20, width: 4, count: 6, read: (t, word) => t.selectedQueue?.addressWord(word) ?? 0, write: (t, value, word) => t.selectedQueue?.setAddressWord(word, value) },
  queueNotifyData:     { at: 0x38, width: 2, read: (t) => t.state.queueSelect },
  queueReset:          { at: 0x3a, width: 2, read: (t) => Number(t.queueResetting), write: (t, value) => t.resetQueue(value) },
  adminQueueIndex:     { at: 0x3c, width: 2 },
  adminQueueNum:       { at: 0x3e, width: 2 },
});

/** The notification structure: a write anywhere in a queue's `multiplier` bytes is a kick, whatever its value. */
export function notifications(transport: VirtioTransport, multiplier: number): MmioDevice {
  return {
    read: () => 0,
    write: (offset) => transport.kick(Math.floor(offset / multiplier)),
  };
}
