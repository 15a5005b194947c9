/** What a service of the host is: something that can be started and stopped, and the table of those that are known by name. */

/** What does the work. Both resolve when it is so; starting what runs and stopping what does not is never asked for. */
export interface Service {
  start(): void | Promise<void>;
  stop(): void | Promise<void>;
}

/** When a service is started with the host: always, never, or as long as one of its firewall rule sets is enabled. */
export const POLICIES = ['on', 'off', 'automatic'] as const;
export type Policy = (typeof POLICIES)[number];

export interface ServiceRow {
  readonly key: string;
  readonly label: string;
  /** The policy that it has until somebody changes it. */
  readonly policy: Policy;
  /** Why it cannot be stopped; undefined when it can. */
  readonly requiredBy: string | undefined;
  /** Firewall rule sets that it needs. */
  readonly rulesets: readonly string[];
  /** The package that brought it; undefined: it is part of the host. */
  readonly sourcePackage: string | undefined;
}

type Row = readonly [
  key: string,
  label: string,
  policy: Policy,
  requiredBy: string | undefined,
  rulesets: readonly string[],
];

// biome-ignore format: a table reads in columns
const ROWS: readonly Row[] = [
  ['vmsyslogd', 'Syslog Server',        'on',        'the host',  ['syslog']],
  ['hostd',     'Management',           'on',        'the host',  ['vSphereClient']],
  ['ntpd',      'NTP Daemon',           'off',       undefined,   ['ntpClient']],
  ['TSM',       'ESXi Shell',           'off',       undefined,   []],
  ['TSM-SSH',   'SSH',                  'off',       undefined,   ['sshServer']],
  ['DCUI',      'Direct Console UI',    'on',        undefined,   []],
  ['gdbserver', 'Debugger of machines', 'automatic', undefined,   ['gdbserver']],
  ['vmotion',   'vMotion',              'automatic', undefined,   ['vMotion']],
];

/** Services that a host can have; those that it has are the ones that were handed in. Source: ESXi 8.0, names and labels. */
export const SERVICES: readonly ServiceRow[] = ROWS.map(([key, label, policy, requiredBy, rulesets]) => ({
  ...{ key, label, policy, requiredBy, rulesets, sourcePackage: undefined },
}));
