/** The advanced options that accounts go by. Source: ESXi's Security.* and Config.HostAgent.* options. */
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
}

export const DEFAULT_ACCOUNT_SETTINGS: AccountSettings = {
  passwordQuality: DEFAULT_QUALITY,
  passwordHistory: 0,
  passwordMaxDays: 99_999,
  lockFailures: 5,
  unlockSeconds: 900,
  dcuiAccess: ['root'],
};
