/** Faults of device changes. */
import { fault, type VimFault } from '../../model/value.ts';

export function badDevice(deviceIndex: number, property: string): VimFault {
  return fault(
    'InvalidDeviceSpec',
    { deviceIndex, property: `virtualDeviceSpec.device.${property}` },
    `Invalid configuration for device '${deviceIndex}'.`,
  );
}

/** What of a machine that runs is as it is. `reason`: why. */
export function notHot(deviceIndex: number, reason: string): VimFault {
  return fault(
    'DeviceHotPlugNotSupported',
    { deviceIndex, property: 'virtualDeviceSpec.device' },
    `Device '${deviceIndex}' cannot be added, removed or changed while the virtual machine is on: ${reason}.`,
  );
}

export function tooMany(device: string): VimFault {
  const property = 'virtualDeviceSpec.device';
  return fault('TooManyDevices', { property }, `The maximum number of devices of type ${device} is reached.`);
}

export function unsupported(deviceIndex: number, device: string): VimFault {
  return fault(
    'DeviceUnsupportedForVmVersion',
    { deviceIndex, property: device, currentVersion: 'vmx-21', expectedVersion: 'vmx-21' },
    `The device ${device} is not supported.`,
  );
}
