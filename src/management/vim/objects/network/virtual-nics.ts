/** The kernel's own interfaces as HostVirtualNic, and changes of them. */
import { HostError } from '#lib';
import type { Vmknic, Vmknics } from '#net';
import { FAULTS } from '../../model/faults.ts';
import { fault, type VimFault } from '../../model/value.ts';
import type { HostVirtualNic, HostVirtualNicSpec } from '../../table/vim25.d.ts';

/** What of them the API needs. */
export type OwnNics = Pick<Vmknics, 'list' | 'add' | 'set' | 'remove'>;

const BITS = 32;

/** `255.255.255.0` of 24. */
function maskText(prefix: number): string {
  const mask = prefix === 0 ? 0 : (0xffffffff << (BITS - prefix)) >>> 0;
  return [24, 16, 8, 0].map((shift) => (mask >>> shift) & 0xff).join('.');
}

/** Undefined for what is no mask. */
function prefixOf(mask: string): number | undefined {
  return Array.from({ length: BITS + 1 }, (_, prefix) => prefix).find((prefix) => maskText(prefix) === mask);
}

export function virtualNic(vmknic: Vmknic): HostVirtualNic {
  const { name, portGroup, mac, mtuBytes, address, prefix = 24, isDhcp, stack, portId } = vmknic;
  return {
    ...{ device: name, key: `key-vim.host.VirtualNic-${name}`, portgroup: portGroup },
    spec: {
      ip: {
        dhcp: isDhcp === true,
        ...(address !== undefined && { ipAddress: address, subnetMask: maskText(prefix) }),
      },
      ...{ mac, portgroup: portGroup, mtu: mtuBytes, tsoEnabled: true, netStackInstanceKey: stack },
    },
    ...(portId !== undefined && { port: String(portId) }),
  };
}

/** What a spec says of address and size; a fault for what cannot be. */
function fieldsOf({ ip, mtu }: HostVirtualNicSpec) {
  const prefix = ip?.subnetMask === undefined ? undefined : prefixOf(ip.subnetMask);
  if (ip?.subnetMask !== undefined && prefix === undefined)
    return FAULTS.invalidArgument('nic.ip.subnetMask');
  // With DHCP an address beside it is not looked at, as the type says.
  if (ip?.dhcp === true) return { address: 'dhcp', ...(mtu !== undefined && { mtuBytes: mtu }) };
  return {
    ...(ip?.ipAddress !== undefined && { address: ip.ipAddress }),
    ...(prefix !== undefined && { prefix }),
    ...(mtu !== undefined && { mtuBytes: mtu }),
  };
}

function refused<T>(work: () => T): T | VimFault {
  try {
    return work();
  } catch (error) {
    if (error instanceof HostError) return fault('HostConfigFault', {}, error.message);
    throw error;
  }
}

/** The name of the new one. */
export function addVirtualNic(nics: OwnNics, portGroup: string, spec: HostVirtualNicSpec): string | VimFault {
  const fields = fieldsOf(spec);
  if ('detail' in fields) return fields;
  const { mac, netStackInstanceKey: stack } = spec;
  return refused(() =>
    nics.add({
      portGroup,
      ...fields,
      ...(mac !== undefined && { mac }),
      ...(stack !== undefined && { stack }),
    }),
  );
}

export function updateVirtualNic(
  nics: OwnNics,
  device: string,
  spec: HostVirtualNicSpec,
): VimFault | undefined {
  if (!nics.list().some(({ name }) => name === device)) return FAULTS.notFound();
  const fields = fieldsOf(spec);
  if ('detail' in fields) return fields;
  const { portgroup: portGroup } = spec;
  return (
    refused(() => nics.set(device, { ...fields, ...(portGroup !== undefined && { portGroup }) })) ?? undefined
  );
}

export function removeVirtualNic(nics: OwnNics, device: string): VimFault | undefined {
  if (!nics.list().some(({ name }) => name === device)) return FAULTS.notFound();
  return refused(() => nics.remove(device)) ?? undefined;
}

export function setServices(
  nics: OwnNics,
  device: string,
  services: ReturnType<OwnNics['list']>[number]['services'],
): VimFault | undefined {
  return refused(() => nics.set(device, { services })) ?? undefined;
}
