/** Lines of /etc/shadow: password hashes and their ages in days. Source: shadow(5). */
import { colonFields, type LineFormat } from './line-file.ts';

export interface ShadowEntry {
  readonly name: string;
  readonly hash: string;
  /** Days since 1970 at which the password was set; 0: it must be changed now; undefined: it has no age. */
  readonly lastChangeDay?: number | undefined;
  readonly minDays?: number | undefined;
  readonly maxDays?: number | undefined;
  readonly warnDays?: number | undefined;
  /** Days after its expiry on which the password can still be changed. */
  readonly inactiveDays?: number | undefined;
  /** The day from which on the account cannot be used. */
  readonly expireDay?: number | undefined;
  readonly reserved: string;
}

export const SHADOW_FORMAT: LineFormat<ShadowEntry> = {
  parse(line) {
    const fields = colonFields(line, 9);
    if (typeof fields === 'string') return fields;
    const [name, hash, ...rest] = fields as [string, string, ...string[]];
    const reserved = rest.pop() ?? '';
    if (name === '') return 'it has no name';
    const wrong = rest.find((text) => !/^-?\d{0,7}$/.test(text) || text === '-');
    if (wrong !== undefined) return `"${wrong}" is no number of days`;
    const [lastChangeDay, minDays, maxDays, warnDays, inactiveDays, expireDay] = rest.map(days);
    return { name, hash, lastChangeDay, minDays, maxDays, warnDays, inactiveDays, expireDay, reserved };
  },
  print: (entry) =>
    [
      entry.name,
      entry.hash,
      ...[
        entry.lastChangeDay,
        entry.minDays,
        entry.maxDays,
        entry.warnDays,
        entry.inactiveDays,
        entry.expireDay,
      ].map((value) => value ?? ''),
      entry.reserved,
    ].join(':'),
};

/** An empty or negative field switches its rule off. */
function days(text: string): number | undefined {
  return text === '' || text.startsWith('-') ? undefined : Number(text);
}

/** How an account stands on a day. */
export type ShadowState = 'valid' | 'password-expired' | 'account-expired';

/** Source: shadow(5); pam_unix(8) "account". */
export function shadowState(entry: ShadowEntry, today: number): ShadowState {
  if (entry.expireDay !== undefined && today >= entry.expireDay) return 'account-expired';
  if (entry.lastChangeDay === 0) return 'password-expired';
  if (entry.lastChangeDay === undefined || entry.maxDays === undefined) return 'valid';
  const expiredDays = today - (entry.lastChangeDay + entry.maxDays);
  if (expiredDays <= 0) return 'valid';
  return entry.inactiveDays !== undefined && expiredDays > entry.inactiveDays
    ? 'account-expired'
    : 'password-expired';
}
