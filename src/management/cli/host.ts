/** "vmk host …": the host itself. */
import type { HostFacts } from '../calls/services.ts';
import { command, type Group } from './group.ts';

/** Of a host on another machine, process and home are its own business. */
type Shown = Omit<HostFacts, 'pid' | 'home'> & Partial<Pick<HostFacts, 'pid' | 'home'>>;

export const HOST_COMMANDS: Group = {
  show: command([], 'shows what the host is and does', {}, async ({ client, print }) => {
    print(await client.call<Shown>('host.facts'), (facts) => {
      const { version, pid, home, startedMs, pcpus, vms, running } = facts;
      const rows: readonly (readonly [string, string | number | undefined])[] = [
        ['version', version],
        ['process', pid],
        ['home', home],
        ['up since', new Date(startedMs).toISOString()],
        ['pCPUs', pcpus],
        ['VMs', `${vms}, ${running} of them running`],
      ];
      return rows
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => `${name.padEnd(8)}  ${value}\n`)
        .join('');
    });
  }),
  backup: command([], 'saves the state of /etc into the boot bank, as each hour', {}, async ({ client }) => {
    await client.call('host.backup');
  }),
  shutdown: command([], 'switches the VMs off and ends the host', {}, async ({ client }) => {
    await client.call('host.stop');
    await client.gone();
  }),
  reboot: command([], 'switches the VMs off and starts the host anew', {}, async ({ client }) => {
    await client.call('host.reboot');
    await client.gone();
  }),
};
