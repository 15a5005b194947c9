/** The network cards of a VM: the `ethernetN.*` keys of its .vmx. */
import type { VmxProblem } from './vm-settings.ts';
import type { Vmx } from './vmx.ts';

/** `generated` by the host, `static` by a person, `vpx` by a vCenter. */
export const ADDRESS_TYPES = ['generated', 'static', 'vpx'] as const;

/** A network card of the VM: `ethernetN` of its .vmx. */
export interface VmNic {
  /** 0 … 9. */
  readonly index: number;
  /** The port group that it is plugged into. */
  readonly networkName: string;
  readonly addressType: (typeof ADDRESS_TYPES)[number];
  /** `00:0c:29:…`; empty while none was generated. */
  readonly address: string;
  /** Whether its cable is plugged in when the VM starts. */
  readonly startConnected: boolean;
}

export const MAX_NICS = 10;
const ADDRESS = /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/i;
/** What a person may give, as ESXi. Source: vSphere Networking, "Assign a Static MAC Address". */
const STATIC_ADDRESS = /^00:50:56:[0-3][0-9a-f]:[0-9a-f]{2}:[0-9a-f]{2}$/i;
const KEYS = ['present', 'networkName', 'addressType', 'address', 'generatedAddress', 'startConnected'];

/** Why an address cannot be one of that type; undefined: it can. */
export function addressProblem(address: string, type: VmNic['addressType']): string | undefined {
  if (!ADDRESS.test(address)) return `"${address}" is no address such as 00:50:56:00:00:01`;
  if (type === 'static' && !STATIC_ADDRESS.test(address)) {
    return `"${address}" is not in 00:50:56:00:00:00 … 00:50:56:3f:ff:ff`;
  }
  const isMulticast = (Number.parseInt(address.slice(0, 2), 16) & 1) !== 0;
  return isMulticast ? `"${address}" is an address of many` : undefined;
}

/** The cards that are present, or the first key that holds what it may not. */
export function readNics(vmx: Vmx): readonly VmNic[] | VmxProblem {
  const nics: VmNic[] = [];
  for (let index = 0; index < MAX_NICS; index++) {
    const nic = readNic(vmx, index);
    if (nic === undefined) continue;
    if ('reason' in nic) return nic;
    nics.push(nic);
  }
  return nics;
}

function readNic(vmx: Vmx, index: number): VmNic | VmxProblem | undefined {
  const key = (name: string): string => `ethernet${index}.${name}`;
  const isTrue = (name: string, initial: string): boolean =>
    (vmx.get(key(name)) ?? initial).toLowerCase() === 'true';
  if (!isTrue('present', 'FALSE')) return undefined;
  const given = vmx.get(key('addressType')) ?? 'generated';
  const addressType = ADDRESS_TYPES.find((type) => type === given.toLowerCase());
  if (addressType === undefined) {
    return { key: key('addressType'), reason: `"${given}" is not ${ADDRESS_TYPES.join(' or ')}` };
  }
  const at = key(addressType === 'static' ? 'address' : 'generatedAddress');
  const address = (vmx.get(at) ?? '').toLowerCase();
  // Others than the 00:50:56 of ESXi are taken as they stand: tools write what they like, and ESXi runs it.
  const reason =
    address === '' && addressType !== 'static' ? undefined : addressProblem(address, 'generated');
  if (reason !== undefined) return { key: at, reason };
  return {
    ...{ index, addressType, address },
    networkName: vmx.get(key('networkName')) ?? '',
    startConnected: isTrue('startConnected', 'TRUE'),
  };
}

/** Other keys of a card stay. */
export function writeNics(vmx: Vmx, nics: readonly VmNic[]): void {
  for (let index = 0; index < MAX_NICS; index++) {
    const nic = nics.find((one) => one.index === index);
    const at = `ethernet${index}.`;
    for (const key of KEYS) vmx.delete(`${at}${key}`);
    if (nic === undefined) continue;
    vmx.set(`${at}present`, 'TRUE');
    vmx.set(`${at}networkName`, nic.networkName);
    vmx.set(`${at}addressType`, nic.addressType);
    const address = nic.addressType === 'static' ? 'address' : 'generatedAddress';
    if (nic.address !== '') vmx.set(`${at}${address}`, nic.address);
    if (!nic.startConnected) vmx.set(`${at}startConnected`, 'FALSE');
  }
}
