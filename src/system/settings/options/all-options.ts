/** All advanced options, by key. */
import { CPU_OPTIONS } from './cpu-options.ts';
import { HOST_OPTIONS } from './host-options.ts';
import { MEM_OPTIONS } from './mem-options.ts';
import { NET_OPTIONS } from './net-options.ts';
import { NFS_OPTIONS } from './nfs-options.ts';
import type { OptionRow } from './option.ts';
import { SYSLOG_OPTIONS } from './syslog-options.ts';

export const OPTIONS: readonly OptionRow[] = [
  ...CPU_OPTIONS,
  ...HOST_OPTIONS,
  ...MEM_OPTIONS,
  ...NET_OPTIONS,
  ...NFS_OPTIONS,
  ...SYSLOG_OPTIONS,
].sort((a, b) => (a.key < b.key ? -1 : 1));
