/** "vmk ds …": the datastores of a host. */
import { formatSize, usageError } from '#lib';
import type { DatastoreDetails, DatastoreFile, VmSpace } from '../calls/datastore.ts';
import type { DatastoreRow } from '../calls/services.ts';
import { command, type Group } from './group.ts';
import { type Column, formatTable } from './table.ts';

const COLUMNS: readonly Column<DatastoreRow>[] = [
  { title: 'Name', value: ({ name }) => name },
  { title: 'Type', value: ({ type }) => type },
  { title: 'Capacity', value: ({ capacityBytes }) => formatSize(capacityBytes) },
  { title: 'Free', value: ({ freeBytes }) => formatSize(freeBytes) },
];

const VM_COLUMNS: readonly Column<VmSpace & { readonly lock: string }>[] = [
  { title: 'VM', value: ({ name }) => name },
  { title: 'Used', value: ({ usedBytes }) => formatSize(usedBytes) },
  { title: 'May still take', value: ({ uncommittedBytes }) => formatSize(uncommittedBytes) },
  { title: 'Used by', value: ({ lock }) => lock },
];

const FILE_COLUMNS: readonly Column<DatastoreFile>[] = [
  { title: 'Kind', value: ({ kind }) => kind },
  { title: 'Size', value: ({ kind, sizeBytes }) => (kind === 'folder' ? '' : formatSize(sizeBytes)) },
  { title: 'Used', value: ({ kind, usedBytes }) => (kind === 'folder' ? '' : formatSize(usedBytes)) },
  { title: 'Changed', value: ({ modifiedMs }) => new Date(modifiedMs).toISOString() },
  { title: 'Name', value: ({ name }) => name },
];

export const DATASTORE_COMMANDS: Group = {
  list: command([], 'lists the datastores', {}, async ({ client, print }) => {
    print(await client.call<DatastoreRow[]>('datastore.list'), (rows) => formatTable(COLUMNS, rows));
  }),
  show: command(
    ['NAME'],
    'shows what a datastore is used for, and which host uses which VM on it',
    {},
    async ({ client, words: [name], print }) => {
      print(await client.call<DatastoreDetails>('datastore.show', { name }), describe);
    },
  ),
  limit: command(
    ['NAME', 'IOPS'],
    'gives a datastore so many requests a second, which its disks divide as they are owed; 0: as many as it takes',
    {},
    async ({ client, words: [name, iops = ''] }) => {
      if (!/^\d+$/.test(iops)) throw usageError(`"${iops}" is no number of requests a second`);
      await client.call('datastore.limit', { name, iops: Number(iops) });
    },
  ),
  browse: command(
    ['NAME', '[PATH]'],
    'lists the files on a datastore, or in a folder of it',
    {},
    async ({ client, words: [name, path], print }) => {
      print(await client.call<DatastoreFile[]>('datastore.browse', { name, path }), (rows) =>
        formatTable(FILE_COLUMNS, rows),
      );
    },
  ),
};

function describe({ vms, locks, hosts, ...facts }: DatastoreDetails): string {
  const rows: readonly (readonly [name: string, value: string])[] = [
    ['Name', facts.name],
    ['Type', facts.type],
    ['Capacity', formatSize(facts.capacityBytes)],
    ['Free', formatSize(facts.freeBytes)],
    ['Used by its files', formatSize(facts.usedBytes)],
    ['Provisioned', formatSize(facts.provisionedBytes)],
    ['Requests a second', facts.iopsLimit === 0 ? 'unlimited' : String(facts.iopsLimit)],
    ['Hosts', hosts.map(({ name }) => name).join('; ')],
  ];
  const holder = (name: string) => locks.find(({ folder }) => folder === name);
  const text = (name: string) => {
    const lock = holder(name);
    return lock === undefined ? '' : lock.isOurs ? 'this host' : lock.host;
  };
  const known = vms.map((vm) => ({ ...vm, lock: text(vm.name) }));
  const foreign = locks.filter(({ folder }) => !vms.some(({ name }) => name === folder));
  const others = foreign.map(({ folder, host }) => `${folder} is used by ${host}\n`);
  const width = Math.max(...rows.map(([name]) => name.length));
  const head = rows.map(([name, value]) => `${name.padEnd(width)}  ${value}\n`).join('');
  return `${head}\n${formatTable(VM_COLUMNS, known)}${others.join('')}`;
}
