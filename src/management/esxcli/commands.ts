/** All commands of esxcli, one file each namespace. */
import type { Command } from './command.ts';
import { ESXCLI_COMMANDS } from './commands/esxcli.ts';
import { HARDWARE_COMMANDS } from './commands/hardware.ts';
import { SOFTWARE_COMMANDS } from './commands/software.ts';
import { STORAGE_FILESYSTEM_COMMANDS } from './commands/storage-filesystem.ts';
import { SYSTEM_COMMANDS } from './commands/system.ts';
import { SYSTEM_ACCOUNT_COMMANDS } from './commands/system-account.ts';
import { SYSTEM_PERMISSION_COMMANDS } from './commands/system-permission.ts';
import { SYSTEM_VISORFS_COMMANDS } from './commands/system-visorfs.ts';
import { VM_COMMANDS } from './commands/vm.ts';

export const COMMANDS: readonly Command[] = [
  ...ESXCLI_COMMANDS,
  ...HARDWARE_COMMANDS,
  ...SOFTWARE_COMMANDS,
  ...STORAGE_FILESYSTEM_COMMANDS,
  ...SYSTEM_COMMANDS,
  ...SYSTEM_ACCOUNT_COMMANDS,
  ...SYSTEM_PERMISSION_COMMANDS,
  ...SYSTEM_VISORFS_COMMANDS,
  ...VM_COMMANDS,
];
