/** The advanced options that accounts go by. Source: ESXi's Security.* and Config.HostAgent.* options. */
import type { Channel } from './channels.ts';
import { DEFAULT_QUALITY } from './quality/quality.ts';

export interface AccountSettings {
  /** Security.PasswordQualityControl */
  readonly passwordQuality: string;
  /** Security.PasswordHistory: how many passwords are remembered. */
  readonly passwordHistory: number;
  /** Security.PasswordMaxDays */
  readonly passwordMaxDays: number;
  /** Security.AccountLockFailures; 0 never locks. */
  readonly lockFailures: number;
  /** Security.AccountUnlockTime */
  readonly unlockSeconds: number;
  /** DCUI.Access: who keeps the direct console in lockdown mode. */
  readonly dcuiAccess: readonly string[];
  /** Seconds after which an idle session of a channel ends, where it is set; 0: never. soap.sessionTimeout, HostClientSessionTimeout */
  readonly idleSeconds: Readonly<Partial<Record<Channel, number>>>;
  /** Sessions that idle out, at a time; 0: any number. soap.maxSessionCount */
  readonly maxSessions: number;
}

export const DEFAULT_ACCOUNT_SETTINGS: AccountSettings = {
  passwordQuality: DEFAULT_QUALITY,
  passwordHistory: 0,
  passwordMaxDays: 99_999,
  lockFailures: 5,
  unlockSeconds: 900,
  dcuiAccess: ['root'],
  idleSeconds: {},
  maxSessions: 0,
};
