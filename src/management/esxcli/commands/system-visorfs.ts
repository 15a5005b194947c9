/** `esxcli system visorfs`: the root file system, which is in memory. */
import { type Command, command, failed } from '../command.ts';
import { long, required, str } from '../option.ts';
import { nothing, table } from '../output.ts';

const PRIVILEGE = 'Host.Config.SystemManagement';
const KIB_PER_MIB = 1024;

export const SYSTEM_VISORFS_COMMANDS: readonly Command[] = [
  command({
    path: 'system visorfs ramdisk add',
    summary: 'Adds a new ramdisk and mounts it.',
    privilege: PRIVILEGE,
    needs: ['ramdisks'],
    options: {
      'max-size': required(long('M', 'The maximum size of the ramdisk in mebibytes.')),
      'min-size': required(long('m', 'The reserved size of the ramdisk in mebibytes.')),
      name: required(str('n', 'The name of the ramdisk.')),
      permissions: required(str('p', 'The permissions of the ramdisk, in octal.')),
      target: required(str('t', 'The absolute path to mount the ramdisk on.')),
    },
    output: nothing(),
    run: ({ ramdisks }, args) => {
      if (!/^[0-7]{3,4}$/.test(args.permissions))
        return failed(`'${args.permissions}' is no mode such as 0755.`);
      if (args['min-size'] < 0 || args['max-size'] < args['min-size']) {
        return failed('The maximum size must not be below the reserved one.');
      }
      const trouble = ramdisks.add({
        name: args.name,
        mountPoint: args.target,
        reservedKib: args['min-size'] * KIB_PER_MIB,
        maximumKib: args['max-size'] * KIB_PER_MIB,
        mode: Number.parseInt(args.permissions, 8),
      });
      return trouble === undefined ? undefined : failed(trouble);
    },
  }),
  command({
    path: 'system visorfs ramdisk list',
    summary: 'List the RAM disks used by the host.',
    privilege: 'System.View',
    needs: ['ramdisks'],
    options: {},
    output: table('Ramdisk', {
      'Ramdisk Name': 'string',
      System: 'boolean',
      'Include in Coredumps': 'boolean',
      Reserved: 'string',
      Maximum: 'string',
      Used: 'string',
      'Peak Used': 'string',
      Free: 'string',
      'Reserved Free': 'string',
      'Maximum Inodes': 'integer',
      'Allocated Inodes': 'integer',
      'Used Inodes': 'integer',
      'Mount Point': 'string',
    }),
    run: ({ ramdisks }) =>
      ramdisks.list().map((row) => ({
        'Ramdisk Name': row.name,
        System: row.system,
        'Include in Coredumps': row.inCoredumps,
        Reserved: `${row.reservedKib} KiB`,
        Maximum: `${row.maximumKib} KiB`,
        Used: `${row.usedKib} KiB`,
        'Peak Used': `${row.peakUsedKib} KiB`,
        Free: `${row.freePercent} %`,
        'Reserved Free': `${row.reservedFreePercent} %`,
        'Maximum Inodes': row.maximumInodes,
        'Allocated Inodes': row.allocatedInodes,
        'Used Inodes': row.usedInodes,
        'Mount Point': row.mountPoint,
      })),
  }),
  command({
    path: 'system visorfs ramdisk remove',
    summary: 'Unmounts and removes a ramdisk; what was in it is lost.',
    privilege: PRIVILEGE,
    needs: ['ramdisks'],
    options: { target: required(str('t', 'The absolute path that the ramdisk is mounted on.')) },
    output: nothing(),
    run: ({ ramdisks }, { target }) => {
      const trouble = ramdisks.remove(target);
      return trouble === undefined ? undefined : failed(trouble);
    },
  }),
  command({
    path: 'system visorfs tardisk list',
    summary: 'List the tardisks that the host uses: its read-only layers, the last wins.',
    privilege: 'System.View',
    needs: ['ramdisks'],
    options: {},
    output: table('Tardisk', { 'Tardisk Name': 'string', System: 'boolean', Size: 'string' }),
    run: ({ ramdisks }) =>
      ramdisks.tardisks().map(({ name, sizeBytes }) => ({
        'Tardisk Name': name,
        System: true,
        Size: `${Math.ceil(sizeBytes / 1024)} KiB`,
      })),
  }),
];
