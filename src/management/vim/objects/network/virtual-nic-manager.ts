/** HostVirtualNicManager: what traffic of the host each of the kernel's own interfaces carries. */
import { SERVICE_NAMES, type Service } from '#net';
import type { VimContext } from '../../context.ts';
import { FAULTS } from '../../model/faults.ts';
import { guarded, managed } from '../../model/managed.ts';
import type { VimFault } from '../../model/value.ts';
import type { VirtualNicManagerNetConfig } from '../../table/vim25.d.ts';
import { type OwnNics, setService, virtualNic } from './virtual-nics.ts';

/** VIM's word for each service tag that is another than its own. Source: HostVirtualNicManagerNicType. */
const WORDS: Readonly<Partial<Record<Service, string>>> = {
  Management: 'management',
  VMotion: 'vmotion',
  VSAN: 'vsan',
  VSANWitness: 'vsanWitness',
};
const NIC_TYPES = new Map(SERVICE_NAMES.map((service) => [WORDS[service] ?? service, service] as const));

interface Selection {
  readonly nicType: string;
  readonly device: string;
}

function netConfig(nics: OwnNics, nicType: string, service: Service): VirtualNicManagerNetConfig {
  const all = nics.list();
  const selected = all.filter(({ services }) => services.includes(service));
  const key = (name: string) => `${nicType}.key-vim.host.VirtualNic-${name}`;
  return {
    ...{ nicType, multiSelectAllowed: true },
    candidateVnic: all.map((nic) => ({ ...virtualNic(nic), key: key(nic.name) })),
    ...(selected.length > 0 && { selectedVnic: selected.map(({ name }) => key(name)) }),
  };
}

/** Gives an interface a kind of traffic, or takes it away. */
function select(
  { host: { vmknics } }: VimContext,
  { nicType, device }: Selection,
  isWanted: boolean,
): VimFault | undefined {
  if (vmknics === undefined) return FAULTS.notSupported();
  const service = NIC_TYPES.get(nicType);
  if (service === undefined) return FAULTS.invalidArgument('nicType');
  if (!vmknics.list().some(({ name }) => name === device)) return FAULTS.invalidArgument('device');
  return setService(vmknics, device, service, isWanted);
}

const NETWORK = 'Host.Config.Network';

export const HostVirtualNicManager = managed<'HostVirtualNicManager', VimContext>('HostVirtualNicManager', {
  properties: {
    info: ({ host: { vmknics } }) => ({
      netConfig: vmknics && [...NIC_TYPES].map(([nicType, service]) => netConfig(vmknics, nicType, service)),
    }),
  },
  methods: {
    QueryNetConfig({ host: { vmknics } }, { nicType }) {
      const service = NIC_TYPES.get(nicType);
      if (service === undefined) return FAULTS.invalidArgument('nicType');
      return vmknics && netConfig(vmknics, nicType, service);
    },
    SelectVnicForNicType: guarded(NETWORK, (vim: VimContext, given: Selection) => select(vim, given, true)),
    DeselectVnicForNicType: guarded(NETWORK, (vim: VimContext, given: Selection) =>
      select(vim, given, false),
    ),
  },
});
