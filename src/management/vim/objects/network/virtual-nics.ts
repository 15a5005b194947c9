/** The kernel's own interfaces as HostVirtualNic, and changes of them. */
import { HostError } from '#lib';
import { maskText, parseMask, type Service, type Vmknic, type Vmknics } from '#net';
import { present } from '../../../present.ts';
import { FAULTS } from '../../model/faults.ts';
import { fault, type VimFault } from '../../model/value.ts';
import type { HostVirtualNic, HostVirtualNicSpec } from '../../table/vim25.d.ts';

/** What of them the API needs. */
export type OwnNics = Pick<Vmknics, 'list' | 'add' | 'set' | 'setService' | 'remove'>;

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
  const prefix = ip?.subnetMask === undefined ? undefined : parseMask(ip.subnetMask);
  if (ip?.subnetMask !== undefined && prefix === undefined)
    return FAULTS.invalidArgument('nic.ip.subnetMask');
  // With DHCP an address beside it is not looked at, as the type says.
  if (ip?.dhcp === true) return present({ address: 'dhcp', mtuBytes: mtu });
  return present({ address: ip?.ipAddress, prefix, mtuBytes: mtu });
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
  return refused(() => nics.add({ portGroup, ...fields, ...present({ mac, stack }) }));
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
  return refused(() => nics.set(device, { ...fields, ...present({ portGroup }) })) ?? undefined;
}

export function removeVirtualNic(nics: OwnNics, device: string): VimFault | undefined {
  if (!nics.list().some(({ name }) => name === device)) return FAULTS.notFound();
  return refused(() => nics.remove(device)) ?? undefined;
}

export function setService(
  nics: OwnNics,
  device: string,
  service: Service,
  isCarried: boolean,
): VimFault | undefined {
  return refused(() => nics.setService(device, service, isCarried)) ?? undefined;
}
