/** "vmk ds …": the datastores of a host. */
import { formatSize } from '#lib';
import type { DatastoreRow } from '../calls/services.ts';
import { command, type Group } from './group.ts';
import { type Column, formatTable } from './table.ts';

const COLUMNS: readonly Column<DatastoreRow>[] = [
  { title: 'Name', value: ({ name }) => name },
  { title: 'Type', value: ({ type }) => type },
  { title: 'Capacity', value: ({ capacityBytes }) => formatSize(capacityBytes) },
  { title: 'Free', value: ({ freeBytes }) => formatSize(freeBytes) },
];

export const DATASTORE_COMMANDS: Group = {
  list: command([], 'lists the datastores', {}, async ({ client, print }) => {
    print(await client.call<DatastoreRow[]>('datastore.list'), (rows) => formatTable(COLUMNS, rows));
  }),
};
