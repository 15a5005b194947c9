/** HostServiceSystem: the services of the host. */
import { POLICIES, type ServiceStatus } from '#system';
import type { VimContext } from '../context.ts';
import { FAULTS } from '../model/faults.ts';
import { managed } from '../model/managed.ts';
import type { HostService } from '../table/vim25.d.ts';

const shown = ({
  key,
  label,
  policy,
  running,
  required,
  rulesets,
  sourcePackage,
}: ServiceStatus): HostService => ({
  ...{ key, label, required, uninstallable: false, running, ruleset: rulesets, policy },
  ...(sourcePackage !== undefined && {
    sourcePackage: { sourcePackageName: sourcePackage, description: sourcePackage },
  }),
});

/** Does something with a service that is there, and says that the list is another one. */
async function change(
  { host, objects }: VimContext,
  id: string,
  action: () => void | Promise<void>,
  what?: 'start' | 'stop',
) {
  const status = host.settings.services.list().find(({ key }) => key === id);
  if (status === undefined) return FAULTS.notFound();
  if (what === 'start' && status.running) return FAULTS.invalidState(`The service ${id} is running already.`);
  if (what === 'stop' && !status.running) return FAULTS.invalidState(`The service ${id} is not running.`);
  await action();
  objects.changed('serviceSystem', 'ha-host');
  return undefined;
}

export const HostServiceSystem = managed<'HostServiceSystem', VimContext>('HostServiceSystem', {
  properties: { serviceInfo: ({ host }) => ({ service: host.settings.services.list().map(shown) }) },
  methods: {
    StartService: (vim, { id }) => change(vim, id, () => vim.host.settings.services.start(id), 'start'),
    StopService: (vim, { id }) => change(vim, id, () => vim.host.settings.services.stop(id), 'stop'),
    RestartService: (vim, { id }) => change(vim, id, () => vim.host.settings.services.restart(id)),
    UpdateServicePolicy(vim, { id, policy }) {
      const known = POLICIES.find((each) => each === policy);
      if (known === undefined) return FAULTS.invalidArgument('policy');
      return change(vim, id, () => vim.host.settings.services.setPolicy(id, known));
    },
    RefreshServices: ({ objects }) => objects.changed('serviceSystem', 'ha-host'),
  },
});
