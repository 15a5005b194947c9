/** All devices of a .vmx file as VIM shows them, with ESXi's keys: the board's own, disks, network cards, the rest. */
import type { Vmx } from '#vmm';
import type {
  VirtualController,
  VirtualDevice,
  VirtualEthernetCard,
  VirtualEthernetCardNetworkBackingInfo,
  VirtualMachineVideoCard,
  VirtualMachineVMCIDevice,
  VirtualSerialPort,
} from '../../table/vim25.d.ts';
import { flagOf, integerOf, make, type VmxContext } from '../vmx-context.ts';
import { connection, isPresent, readStorage } from './read-storage.ts';

const KIB = 1024;
export const ETHERNET_KEY = 4000;
export const MAX_ETHERNETS = 10;
const SERIAL_KEY = 9000;
const SERIALS = 32;
const FIRST_ETHERNET_UNIT = 7;

/** VIM's types of network cards, by `virtualDev`; the first is meant when none is given. */
export const ETHERNET_TYPES: readonly (readonly [virtualDev: string, type: string])[] = [
  ['vlance', 'VirtualPCNet32'],
  ['e1000', 'VirtualE1000'],
  ['e1000e', 'VirtualE1000e'],
  ['vmxnet', 'VirtualVmxnet2'],
  ['vmxnet3', 'VirtualVmxnet3'],
];
/** How a MAC address came to be: in a .vmx file, and in VIM. */
export const ADDRESS_TYPES: readonly (readonly [vmx: string, vim: string])[] = [
  ['generated', 'generated'],
  ['static', 'manual'],
  ['vpx', 'assigned'],
];

/** What every machine has: type, key, label, controller and unit. */
// biome-ignore format: a table reads in columns
const FIXED: readonly (readonly [type: string, key: number, label: string, controller?: number, unit?: number])[] = [
  ['VirtualPS2Controller',      300, 'PS2 controller 0'],
  ['VirtualPCIController',      100, 'PCI controller 0'],
  ['VirtualSIOController',      400, 'SIO controller 0'],
  ['VirtualKeyboard',           600, 'Keyboard',        300, 0],
  ['VirtualPointingDevice',     700, 'Pointing device', 300, 1],
];
/** What can be put in and has no settings of ours: key in the .vmx, type, key, label. */
// biome-ignore format: a table reads in columns
const SWITCHED: readonly (readonly [name: string, type: string, key: number, label: string])[] = [
  ['usb',      'VirtualUSBController',     7000,  'USB controller'],
  ['usb_xhci', 'VirtualUSBXHCIController', 14000, 'USB xHCI controller'],
];

export function readDevices(vmx: Vmx, context: VmxContext): VirtualDevice[] {
  const storage = readStorage(vmx, context);
  const ethernets = readEthernets(vmx, context);
  const others = [...readSwitched(vmx), ...readSerials(vmx, context)];
  const below = [...storage, ...ethernets, ...others, readVideo(vmx), readVmci(vmx)];
  return [...readFixed(below), ...below];
}

function readFixed(below: readonly VirtualDevice[]): VirtualDevice[] {
  return FIXED.map(([type, key, label, controllerKey, unitNumber]) => {
    const children = FIXED.filter(([, , , controller]) => controller === key).map(([, child]) => child);
    const device = [...children, ...below.filter((one) => one.controllerKey === key).map((one) => one.key)];
    const summary = label === 'Pointing device' ? 'Pointing device; Device' : label;
    const common = { key, deviceInfo: { label, summary } };
    if (controllerKey !== undefined)
      return make<VirtualDevice>(type, { ...common, controllerKey, unitNumber });
    return make<VirtualController>(type, { ...common, busNumber: 0, ...(device.length > 0 && { device }) });
  });
}

function readVideo(vmx: Vmx): VirtualDevice {
  return make<VirtualMachineVideoCard>('VirtualMachineVideoCard', {
    key: 500,
    deviceInfo: { label: 'Video card ', summary: 'Video card' },
    controllerKey: 100,
    unitNumber: 0,
    videoRamSizeInKB: Math.floor(integerOf(vmx, 'svga.vramSize', 4096 * KIB) / KIB),
    numDisplays: integerOf(vmx, 'svga.numDisplays', 1),
    useAutoDetect: flagOf(vmx, 'svga.autodetect'),
    enable3DSupport: false,
    use3dRenderer: 'automatic',
  });
}

function readVmci(vmx: Vmx): VirtualDevice {
  return make<VirtualMachineVMCIDevice>('VirtualMachineVMCIDevice', {
    key: 12_000,
    deviceInfo: {
      label: 'VMCI device',
      summary:
        'Device on the virtual machine PCI bus that provides support for the virtual machine communication interface',
    },
    controllerKey: 100,
    unitNumber: 17,
    id: integerOf(vmx, 'vmci0.id', -1),
    allowUnrestrictedCommunication: false,
    filterEnable: true,
  });
}

function readSwitched(vmx: Vmx): VirtualDevice[] {
  return SWITCHED.filter(([name]) => flagOf(vmx, `${name}.present`)).map(([name, type, key, label], index) =>
    make<VirtualController>(type, {
      key,
      deviceInfo: { label, summary: label },
      controllerKey: 100,
      unitNumber: 22 + index,
      busNumber: 0,
      autoConnectDevices: false,
      ...(name === 'usb' && { ehciEnabled: flagOf(vmx, 'ehci.present') }),
    } as Omit<VirtualController, '_type'>),
  );
}

function readSerials(vmx: Vmx, context: VmxContext): VirtualDevice[] {
  const found: VirtualDevice[] = [];
  for (let number = 0; number < SERIALS; number++) {
    const name = `serial${number}`;
    if (!isPresent(vmx, name)) continue;
    const fileName = vmx.get(`${name}.fileName`) ?? '';
    const kind = vmx.get(`${name}.fileType`)?.toLowerCase() ?? 'device';
    const backing = {
      file: make('VirtualSerialPortFileBackingInfo', { fileName: context.toDatastorePath(fileName) }),
      network: make('VirtualSerialPortURIBackingInfo', {
        serviceURI: fileName,
        direction: vmx.get(`${name}.network.endPoint`) ?? 'server',
      }),
      pipe: make('VirtualSerialPortPipeBackingInfo', {
        pipeName: fileName,
        endpoint: 'client',
        noRxLoss: true,
      }),
      device: make('VirtualSerialPortDeviceBackingInfo', { deviceName: fileName }),
    }[kind];
    found.push(
      make<VirtualSerialPort>('VirtualSerialPort', {
        key: SERIAL_KEY + number,
        deviceInfo: { label: `Serial port ${number + 1}`, summary: fileName },
        ...(backing && { backing }),
        connectable: connection(vmx, name, context),
        controllerKey: 400,
        unitNumber: number,
        yieldOnPoll: flagOf(vmx, `${name}.yieldOnMsrRead`),
      }),
    );
  }
  return found;
}

function readEthernets(vmx: Vmx, context: VmxContext): VirtualDevice[] {
  const found: VirtualDevice[] = [];
  for (let number = 0; number < MAX_ETHERNETS; number++) {
    const name = `ethernet${number}`;
    if (!flagOf(vmx, `${name}.present`)) continue;
    found.push(readEthernet(vmx, context, number, found.length + 1));
  }
  return found;
}

function readEthernet(vmx: Vmx, context: VmxContext, number: number, label: number): VirtualEthernetCard {
  const name = `ethernet${number}`;
  const virtualDev = vmx.get(`${name}.virtualDev`)?.toLowerCase();
  const [, type = ''] = ETHERNET_TYPES.find(([known]) => known === virtualDev) ?? ETHERNET_TYPES[0] ?? [];
  const addressType = vmx.get(`${name}.addressType`)?.toLowerCase() ?? 'generated';
  const network = vmx.get(`${name}.networkName`) ?? 'VM Network';
  const moref = context.network(network);
  return make<VirtualEthernetCard>(type, {
    key: ETHERNET_KEY + number,
    deviceInfo: { label: `Network adapter ${label}`, summary: network },
    backing: make<VirtualEthernetCardNetworkBackingInfo>('VirtualEthernetCardNetworkBackingInfo', {
      deviceName: network,
      useAutoDetect: false,
      ...(moref && { network: moref }),
      inPassthroughMode: false,
    }),
    connectable: connection(vmx, name, context),
    controllerKey: 100,
    unitNumber: FIRST_ETHERNET_UNIT + number,
    addressType: ADDRESS_TYPES.find(([known]) => known === addressType)?.[1] ?? addressType,
    macAddress: (vmx.get(`${name}.address`) ?? vmx.get(`${name}.generatedAddress`) ?? '').toLowerCase(),
    wakeOnLanEnabled: flagOf(vmx, `${name}.wakeOnPcktRcv`, true),
    ...(type === 'VirtualVmxnet3' && {
      uptCompatibilityEnabled: flagOf(vmx, `${name}.uptCompatibility`, true),
    }),
  });
}
