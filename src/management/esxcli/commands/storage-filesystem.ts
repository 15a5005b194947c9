/** `esxcli storage filesystem`: the volumes that VMs live on. */
import { type Command, command } from '../command.ts';
import { table } from '../output.ts';

export const STORAGE_FILESYSTEM_COMMANDS: readonly Command[] = [
  command({
    path: 'storage filesystem list',
    summary:
      'List the volumes available to the host. This includes VMFS, NAS and VFAT partitions. The volumes are listed with UUID, label, and other properties.',
    privilege: 'Datastore.Browse',
    needs: ['datastores'],
    options: {},
    output: table('FilesystemVolume', {
      'Mount Point': 'string',
      'Volume Name': 'string',
      UUID: 'string',
      Mounted: 'boolean',
      Type: 'string',
      Size: 'integer',
      Free: 'integer',
    }),
    run: async ({ datastores }) =>
      (await datastores.list()).map((row) => ({
        'Mount Point': row.mountPoint,
        'Volume Name': row.volumeName,
        UUID: row.uuid,
        Mounted: row.mounted,
        Type: row.type,
        Size: row.sizeBytes,
        Free: row.freeBytes,
      })),
  }),
];
