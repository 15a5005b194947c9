/** Options that several commands of "vmk net" have. */
import type { Option } from './options.ts';

export const text = (value: string, help: string): Option<string | undefined> => ({
  value,
  help,
  initial: undefined,
  take: (given) => given,
});

export const count = (value: string, help: string): Option<number | undefined> => ({
  value,
  help,
  initial: undefined,
  take(given) {
    if (!/^\d{1,10}$/.test(given)) throw new RangeError('it is no number');
    return Number(given);
  },
});

export const names = (value: string, help: string): Option<readonly string[] | undefined> => ({
  value,
  help: `${help}, joined by commas`,
  initial: undefined,
  take: (given) => given.split(',').filter((name) => name !== ''),
});
