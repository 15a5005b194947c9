/** All commands of esxcli, one file each namespace. */
import type { Command } from './command.ts';
import { ESXCLI_COMMANDS } from './commands/esxcli.ts';
import { HARDWARE_COMMANDS } from './commands/hardware.ts';
import { NETWORK_COMMANDS } from './commands/network.ts';
import { NETWORK_FIREWALL_COMMANDS } from './commands/network-firewall.ts';
import { NETWORK_IP_DNS_COMMANDS } from './commands/network-ip-dns.ts';
import { NETWORK_IP_INTERFACE_COMMANDS } from './commands/network-ip-interface.ts';
import { NETWORK_IP_NEIGHBOR_COMMANDS } from './commands/network-ip-neighbor.ts';
import { NETWORK_POLICY_COMMANDS } from './commands/network-policy.ts';
import { NETWORK_VSWITCH_COMMANDS } from './commands/network-vswitch.ts';
import { SOFTWARE_COMMANDS } from './commands/software.ts';
import { STORAGE_FILESYSTEM_COMMANDS } from './commands/storage-filesystem.ts';
import { SYSTEM_COMMANDS } from './commands/system.ts';
import { SYSTEM_ACCOUNT_COMMANDS } from './commands/system-account.ts';
import { SYSTEM_NTP_COMMANDS } from './commands/system-ntp.ts';
import { SYSTEM_PERMISSION_COMMANDS } from './commands/system-permission.ts';
import { SYSTEM_SETTINGS_ADVANCED_COMMANDS } from './commands/system-settings-advanced.ts';
import { SYSTEM_SYSLOG_COMMANDS } from './commands/system-syslog.ts';
import { TIME_COMMANDS } from './commands/system-time.ts';
import { SYSTEM_VISORFS_COMMANDS } from './commands/system-visorfs.ts';
import { VM_COMMANDS } from './commands/vm.ts';

export const COMMANDS: readonly Command[] = [
  ...ESXCLI_COMMANDS,
  ...HARDWARE_COMMANDS,
  ...NETWORK_COMMANDS,
  ...NETWORK_FIREWALL_COMMANDS,
  ...NETWORK_IP_DNS_COMMANDS,
  ...NETWORK_IP_INTERFACE_COMMANDS,
  ...NETWORK_IP_NEIGHBOR_COMMANDS,
  ...NETWORK_POLICY_COMMANDS,
  ...NETWORK_VSWITCH_COMMANDS,
  ...SOFTWARE_COMMANDS,
  ...STORAGE_FILESYSTEM_COMMANDS,
  ...SYSTEM_COMMANDS,
  ...SYSTEM_ACCOUNT_COMMANDS,
  ...SYSTEM_NTP_COMMANDS,
  ...SYSTEM_PERMISSION_COMMANDS,
  ...SYSTEM_SETTINGS_ADVANCED_COMMANDS,
  ...SYSTEM_SYSLOG_COMMANDS,
  ...TIME_COMMANDS,
  ...SYSTEM_VISORFS_COMMANDS,
  ...VM_COMMANDS,
];
