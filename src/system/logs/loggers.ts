/** The loggers of the host: the table of who writes into which file, and how the file is rotated. Source: ESXi 8.0. */
import type { Facility } from './severity.ts';

/** A row: one logger, one file. */
export interface LoggerRow {
  /** As `esxcli system syslog config logger` names it. */
  readonly id: string;
  readonly description: string;
  /** In the log folder. */
  readonly file: string;
  /** Who says it, in a line of the file. */
  readonly program: string;
  /** Whether the number of the process stands behind the program. */
  readonly hasProcess: boolean;
  readonly facility: Facility;
  /** A file of this size is put away; 0 stands for Syslog.global.defaultSize. */
  readonly sizeKib: number;
  /** So many files that were put away are kept; 0 stands for Syslog.global.defaultRotate. */
  readonly rotations: number;
}

type Row = readonly [
  id: string,
  program: string,
  hasProcess: boolean,
  facility: Facility,
  sizeKib: number,
  rotations: number,
  description: string,
];

// biome-ignore format: a table reads in columns
const ROWS: readonly Row[] = [
  ['vmkernel',   'vmkernel',   false, 'local6', 10_240,  8, 'VMkernel logs'],
  ['vmkwarning', 'vmkwarning', false, 'local6',      0,  0, 'VMkernel warnings'],
  ['vmksummary', 'vmksummary', false, 'user',        0,  0, 'Starts, ends and heartbeats of the host'],
  ['hostd',      'Hostd',      true,  'local4', 10_240, 10, 'Management of the host'],
  ['auth',       'auth',       true,  'auth',        0,  0, 'Who came in, and who was refused'],
  ['shell',      'shell',      true,  'user',        0,  0, 'Commands of the shell'],
  ['vobd',       'vobd',       true,  'user',        0,  0, 'Observations of the VMkernel'],
  ['syslog',     'vmsyslogd',  true,  'syslog',      0,  0, 'The log service, and whoever has no log of its own'],
  ['esxupdate',  'esxupdate',  true,  'user',        0,  0, 'Installation of packages'],
  ['sysboot',    'sysboot',    true,  'user',        0,  0, 'What happened while the host came up'],
];

export const LOGGERS: readonly LoggerRow[] = ROWS.map(
  ([id, program, hasProcess, facility, sizeKib, rotations, description]) => ({
    ...{ id, file: `${id}.log`, program, hasProcess, facility, sizeKib, rotations, description },
  }),
);

/** Where what nobody else takes goes. */
export const DEFAULT_LOGGER = 'syslog';

/** Which logger takes what a source says, by the first part of its name; nobody else's go to `syslog`. */
// biome-ignore format: a table reads in columns
const TAKES: Readonly<Record<string, string>> = {
  vmkernel: 'vmkernel', vmk: 'vmkernel', kernel: 'vmkernel', cpu: 'vmkernel', mem: 'vmkernel', net: 'vmkernel', storage: 'vmkernel', vm: 'vmkernel',
  vmksummary: 'vmksummary', bootstop: 'vmksummary', heartbeat: 'vmksummary',
  hostd: 'hostd', http: 'hostd', vim: 'hostd', management: 'hostd', local: 'hostd', settings: 'hostd', firewall: 'hostd', services: 'hostd',
  auth: 'auth', accounts: 'auth', sshd: 'auth', login: 'auth',
  shell: 'shell',
  vobd: 'vobd', vob: 'vobd',
  syslog: 'syslog', vmsyslogd: 'syslog',
  esxupdate: 'esxupdate', packages: 'esxupdate',
  sysboot: 'sysboot', boot: 'sysboot',
};

/** The logger that takes what `source` says: `vm-7.uart` goes where `vm` goes. */
export function loggerFor(source: string): string {
  const first = /^[A-Za-z]+/.exec(source)?.[0] ?? '';
  return Object.hasOwn(TAKES, first) ? (TAKES[first] as string) : DEFAULT_LOGGER;
}
