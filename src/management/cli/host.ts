/** "vmk host …": the host itself. */
import type { HostFacts } from '../calls/services.ts';
import type { AutostartState } from '../vms/autostart.ts';
import { command, type Group } from './group.ts';
import { count, text, yesNo } from './value-options.ts';

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
  autostart: command(
    [],
    'shows and sets what becomes of VMs when the host comes up and ends',
    {
      start: yesNo('whether VMs are switched on with the host, those that were marked for it (no)'),
      'on-stop': text(
        'powerOff|suspend|guestShutdown|none',
        'what becomes of VMs that are on when it ends (powerOff)',
      ),
      delay: count('SECONDS', 'how long a guest has to shut down (120)'),
    },
    async ({ client, values: { start: enabled, 'on-stop': stopAction, delay: stopDelay }, print }) => {
      const state = await client.call<AutostartState>('host.autostart', { enabled, stopAction, stopDelay });
      print(state, ({ defaults }) =>
        [
          `VMs start with it  ${defaults.enabled ? 'yes' : 'no'}\n`,
          `when it ends       ${defaults.stopAction}\n`,
          `guests have        ${defaults.stopDelay} s to shut down\n`,
        ].join(''),
      );
    },
  ),
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
