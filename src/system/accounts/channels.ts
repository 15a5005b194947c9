/** The ways in: which are the network, how long a session may idle, and who may use them in lockdown mode. Source: vSphere Security, "Lockdown Mode Behavior". */

/** Who may come in; everybody still needs a password and privileges. */
export type Admitted = 'all' | 'exceptions' | 'exceptions-and-dcui' | 'nobody';

export interface ChannelRow {
  readonly what: string;
  /** Failures count towards a lock. */
  readonly network: boolean;
  /** After so long without a call the session ends, unless the settings say otherwise; 0: never. */
  readonly idleSeconds: number;
  /** Only users whose shell lets them in, and who administer the host. */
  readonly shell: boolean;
  readonly disabled: Admitted;
  readonly normal: Admitted;
  readonly strict: Admitted;
}

const HALF_HOUR_SECONDS = 1800;
const API = {
  network: true,
  idleSeconds: HALF_HOUR_SECONDS,
  shell: false,
  disabled: 'all',
  normal: 'exceptions',
  strict: 'exceptions',
} as const;
const SHELL = {
  idleSeconds: 0,
  shell: true,
  disabled: 'all',
  normal: 'exceptions-and-dcui',
  strict: 'exceptions-and-dcui',
} as const;

// biome-ignore format: a table reads in columns
export const CHANNELS = {
  client: { what: 'the web client',                   ...API },
  api:    { what: 'the API and HTTPS files',          ...API },
  cli:    { what: 'a command line on another machine', ...API },
  ssh:    { what: 'a shell over the network',         ...SHELL, network: true },
  shell:  { what: 'a shell on the host\'s console',   ...SHELL, network: false },
  dcui:   { what: 'the direct console',               ...SHELL, network: false, strict: 'nobody' },
  local:  { what: 'the socket in the home folder, which only the owner of the process can open', network: false, idleSeconds: 0, shell: false, disabled: 'all', normal: 'all', strict: 'all' },
} as const satisfies Readonly<Record<string, ChannelRow>>;

export type Channel = keyof typeof CHANNELS;

export const LOCKDOWN_MODES = ['disabled', 'normal', 'strict'] as const;
export type LockdownMode = (typeof LOCKDOWN_MODES)[number];

/** The lockdown of a host. */
export interface Lockdown {
  readonly mode: LockdownMode;
  /** Users who keep their way in. */
  readonly exceptionUsers: readonly string[];
  /** The advanced option DCUI.Access. */
  readonly dcuiAccess: readonly string[];
}

/** Whether lockdown lets a user come by this channel. The direct console stays open to DCUI.Access in normal mode. */
export function isAdmitted(lockdown: Lockdown, channel: Channel, user: string): boolean {
  const admitted: Admitted = CHANNELS[channel][lockdown.mode];
  if (admitted === 'all') return true;
  if (admitted === 'nobody') return false;
  if (lockdown.exceptionUsers.includes(user)) return true;
  return admitted === 'exceptions-and-dcui' && lockdown.dcuiAccess.includes(user);
}
