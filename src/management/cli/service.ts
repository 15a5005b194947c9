/** "vmk service …" and "vmk log …": the services of a host, its logs, and where they go. */
import type { LogRow, RemoteRow, ServiceRow } from '../calls/settings.ts';
import { command, type Group } from './group.ts';
import type { Option } from './options.ts';
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

const LOG_COLUMNS: readonly Column<LogRow>[] = [
  { title: 'Log', value: ({ name }) => name },
  { title: 'File', value: ({ path }) => path },
  { title: 'What is in it', value: ({ description }) => description },
];

const lines: Option<number> = {
  value: 'N',
  help: 'how many lines (20)',
  initial: 20,
  take(given) {
    if (!/^[1-9]\d{0,4}$/.test(given)) throw new RangeError('it is not in 1 … 99999');
    return Number(given);
  },
};

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
  list: command([], 'lists the logs of the host', {}, async ({ client, print }) => {
    print(await client.call<LogRow[]>('log.list'), (rows) => formatTable(LOG_COLUMNS, rows));
  }),
  tail: command(
    ['LOG'],
    'shows the last lines of a log, such as hostd',
    { lines },
    async ({ client, words: [log], values, print }) => {
      const last = await client.call<string[]>('log.tail', { log, lines: values.lines });
      print(last, (all) => all.map((line) => `${line}\n`).join(''));
    },
  ),
  remotes: command([], 'lists the remote hosts that logs go to', {}, async ({ client, print }) => {
    print(await client.call<RemoteRow[]>('log.remotes'), (rows) => formatTable(REMOTE_COLUMNS, rows));
  }),
};
