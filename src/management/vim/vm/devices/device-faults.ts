/** Faults of device changes. */
import { fault, type VimFault } from '../../model/value.ts';

export function badDevice(deviceIndex: number, property: string): VimFault {
  return fault(
    'InvalidDeviceSpec',
    { deviceIndex, property: `virtualDeviceSpec.device.${property}` },
    `Invalid configuration for device '${deviceIndex}'.`,
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
