/** The networks of a host, for esxcli. */
import { type EsxcliHost, networkPort } from '#management';
import { ipText } from '#net';
import type { HostParts } from './parts.ts';

export function esxcliNetwork(parts: HostParts): NonNullable<EsxcliHost['network']> {
  return networkPort({
    ...{ networks: parts.network.networks, vmknics: parts.vmknics },
    addressOf: (mac) => {
      const guest = parts.nat.nat.guests().find((one) => one.mac === mac);
      return guest && ipText(guest.address);
    },
    running: () =>
      parts.vms.running.map(({ id, name, settings }) => ({
        ...{ id, name },
        networks: settings.nics.map(({ networkName }) => networkName),
      })),
  });
}
