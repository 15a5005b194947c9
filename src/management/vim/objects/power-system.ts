/** HostPowerSystem: one policy, since the frequency of the machine's CPUs is not the host's to choose. */
import type { VimContext } from '../context.ts';
import { FAULTS } from '../model/faults.ts';
import { managed } from '../model/managed.ts';
import type { HostPowerPolicy } from '../table/vim25.d.ts';

/** ESXi's key and words for it. */
const HIGH_PERFORMANCE: HostPowerPolicy = {
  ...{ key: 1, shortName: 'static' },
  ...{ name: 'PowerPolicy.static.name', description: 'PowerPolicy.static.description' },
};

export const HostPowerSystem = managed<'HostPowerSystem', VimContext>('HostPowerSystem', {
  properties: {
    capability: () => ({ availablePolicy: [HIGH_PERFORMANCE] }),
    info: () => ({ currentPolicy: HIGH_PERFORMANCE }),
  },
  methods: {
    ConfigurePowerPolicy: (_, { key }) =>
      key === HIGH_PERFORMANCE.key
        ? undefined
        : FAULTS.invalidArgument('key', 'a host has the policy 1 alone'),
  },
});
