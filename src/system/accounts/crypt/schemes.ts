/** The kinds of password hashes that /etc/shadow may hold, by their prefix, and who can compute them. */

/** `own`: here. `system`: the C library's libcrypt, where there is one. */
export type SchemeSupport = 'own' | 'system';

export interface Scheme {
  readonly name: string;
  readonly prefix: string;
  readonly support: SchemeSupport;
}

// biome-ignore format: a table reads in columns
export const SCHEMES: readonly Scheme[] = [
  { name: 'sha512crypt',   prefix: '$6$',    support: 'own' },
  { name: 'sha256crypt',   prefix: '$5$',    support: 'own' },
  { name: 'yescrypt',      prefix: '$y$',    support: 'system' },
  { name: 'gost-yescrypt', prefix: '$gy$',   support: 'system' },
  { name: 'scrypt',        prefix: '$7$',    support: 'system' },
  { name: 'bcrypt',        prefix: '$2b$',   support: 'system' },
  { name: 'bcrypt',        prefix: '$2a$',   support: 'system' },
  { name: 'bcrypt',        prefix: '$2y$',   support: 'system' },
  { name: 'md5crypt',      prefix: '$1$',    support: 'system' },
];

/** The scheme of a hash; undefined for a locked account and for what is no hash that we take, such as DES. */
export function schemeOf(hash: string): Scheme | undefined {
  return SCHEMES.find(({ prefix }) => hash.startsWith(prefix));
}

/** Whether the account has no password that could ever match: `*`, `!…`, `x`, or none. */
export function isLockedHash(hash: string): boolean {
  return hash === '' || hash === 'x' || hash.startsWith('*') || hash.startsWith('!');
}
