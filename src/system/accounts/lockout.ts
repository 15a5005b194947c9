/** Locks an account for a while after failed logins from the network. Source: pam_tally2(8); ESXi's Security.AccountLockFailures. */

/** Rules, from the advanced options. */
export interface LockoutRules {
  /** Failures in a row that lock; 0 never locks. */
  readonly failures: number;
  readonly unlockSeconds: number;
}

export const DEFAULT_LOCKOUT: LockoutRules = { failures: 5, unlockSeconds: 900 };

/** What is remembered of a user; nobody has one until a login fails. */
export interface Tally {
  readonly failures: number;
  readonly lastFailureSeconds: number;
}

export function isLocked(rules: LockoutRules, tally: Tally | undefined, nowSeconds: number): boolean {
  if (tally === undefined || rules.failures === 0 || tally.failures < rules.failures) return false;
  return nowSeconds < tally.lastFailureSeconds + rules.unlockSeconds;
}

/** After one more failure; one that comes after the time of a lock begins to count anew. */
export function failedOnce(rules: LockoutRules, tally: Tally | undefined, nowSeconds: number): Tally {
  const wasLocked = tally !== undefined && rules.failures > 0 && tally.failures >= rules.failures;
  const over = wasLocked && !isLocked(rules, tally, nowSeconds);
  return { failures: over || tally === undefined ? 1 : tally.failures + 1, lastFailureSeconds: nowSeconds };
}
