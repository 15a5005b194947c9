/** "vmk service …" and "vmk log …": the services of a host, and where its logs go. */
import type { RemoteRow, ServiceRow } from '../calls/settings.ts';
import { command, type Group } from './group.ts';
import { type Column, formatTable } from './table.ts';

const SERVICE_COLUMNS: readonly Column<ServiceRow>[] = [
  { title: 'Service', value: ({ key }) => key },
  { title: 'Running', value: ({ running }) => (running ? 'yes' : 'no') },
  { title: 'Policy', value: ({ policy }) => policy },
  { title: 'Required', value: ({ required }) => (required ? 'yes' : '') },
  { title: 'Rule sets', value: ({ rulesets }) => rulesets.join(',') },
  { title: 'Package', value: ({ sourcePackage }) => sourcePackage ?? '' },
  { title: 'Name', value: ({ label }) => label },
];

const REMOTE_COLUMNS: readonly Column<RemoteRow>[] = [
  { title: 'Remote host', value: ({ target }) => target },
  { title: 'State', value: ({ state }) => state },
  { title: 'Messages', value: ({ sent }) => String(sent) },
  { title: 'Waiting', value: ({ queuedBytes }) => `${queuedBytes} B` },
  { title: 'Lost', value: ({ lost }) => String(lost) },
];

const step = (verb: 'start' | 'stop' | 'restart', summary: string) =>
  command(['SERVICE'], summary, {}, async ({ client, words: [service] }) => {
    await client.call(`service.${verb}`, { service });
  });

export const SERVICE_COMMANDS: Group = {
  list: command([], 'lists the services of the host', {}, async ({ client, print }) => {
    print(await client.call<ServiceRow[]>('service.list'), (rows) => formatTable(SERVICE_COLUMNS, rows));
  }),
  start: step('start', 'starts a service'),
  stop: step('stop', 'stops a service'),
  restart: step('restart', 'stops a service and starts it again'),
  policy: command(
    ['SERVICE', 'on|off|automatic'],
    'says when a service starts: with the host, never, with its firewall rule sets',
    {},
    async ({ client, words: [service, policy] }) => {
      await client.call('service.policy', { service, policy });
    },
  ),
};

export const LOG_COMMANDS: Group = {
  remotes: command([], 'lists the remote hosts that logs go to', {}, async ({ client, print }) => {
    print(await client.call<RemoteRow[]>('log.remotes'), (rows) => formatTable(REMOTE_COLUMNS, rows));
  }),
};
