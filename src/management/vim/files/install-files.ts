/** Adds what works on files of datastores: browsers, the file manager, the manager of disks. */
import type { Installer } from '../service.ts';
import { HostDatastoreBrowser } from './datastore-browser.ts';
import { FileManager } from './file-manager.ts';
import { Places } from './places.ts';
import { VirtualDiskManager } from './virtual-disk-manager.ts';

const OF_DATASTORE = /^ha-datastore-(.*)$/;

export const installFiles: Installer = (vim) => {
  const { machines } = vim.host;
  if (machines === undefined) return undefined;
  const { objects } = vim;
  const places = new Places(vim, machines);
  const names = () => objects.refs('Datastore').map(({ value }) => value.replace(OF_DATASTORE, '$1'));
  const browserOf = (id: string) => `${id}-browser`;
  const add = (id: string) => {
    const [, name] = OF_DATASTORE.exec(id) ?? [];
    if (name === undefined || objects.get(id)?.kind.name !== 'Datastore') return;
    objects.add(HostDatastoreBrowser.object(browserOf(id), { places, datastores: () => [name] }));
  };
  objects.add(FileManager.object('ha-nfc-file-manager', places));
  objects.add(VirtualDiskManager.object('ha-vdiskmanager', places));
  objects.add(HostDatastoreBrowser.object('ha-host-datastorebrowser', { places, datastores: names }));
  for (const { value } of objects.refs('Datastore')) add(value);
  return objects.watch((id, what) => {
    if (what === 'added') add(id);
    if (what === 'removed' && OF_DATASTORE.test(id)) objects.remove(browserOf(id));
  });
};
