/** Options whose value is a text, a number, a size, or one of a few words; and those that say what a VM or pool is owed. */
import { parseSize } from '#lib';
import type { Option } from './options.ts';

const MIB = 2 ** 20;

const valued = <T>(value: string, help: string, take: (given: string) => T): Option<T | undefined> => ({
  value,
  help,
  initial: undefined,
  take,
});

export const text = (value: string, help: string): Option<string | undefined> =>
  valued(value, help, (given) => given);

export const many = (value: string, help: string): Option<readonly string[]> => ({
  value,
  help: `${help}; may be given again`,
  initial: [],
  take: (given, before) => [...before, given],
});

const number = (given: string): number => {
  if (!/^\d+$/.test(given)) throw new RangeError('it is no number');
  return Number(given);
};
export const count = (value: string, help: string): Option<number | undefined> => valued(value, help, number);

const mib = (given: string): number => {
  const bytes = parseSize(given);
  if (bytes === undefined || bytes % MIB !== 0)
    throw new RangeError('it is no size in MiB, such as 64M or 3G');
  return bytes / MIB;
};
const bytes = (given: string): number => {
  const parsed = parseSize(given);
  if (parsed === undefined || parsed === 0 || parsed % 512 !== 0)
    throw new RangeError('it is no size of a disk, such as 10G');
  return parsed;
};
/** Of a disk. */
export const sizeBytes = (help: string): Option<number | undefined> => valued('SIZE', help, bytes);
export const sizeMib = (help: string): Option<number | undefined> => valued('SIZE', help, mib);

export const flag = (help: string): Option<boolean | undefined> => ({
  help,
  initial: undefined,
  take: () => true,
});

export const yesNo = (help: string): Option<boolean | undefined> =>
  valued('yes|no', help, (given) => {
    if (given !== 'yes' && given !== 'no') throw new RangeError('it is neither yes nor no');
    return given === 'yes';
  });

type Shares = 'low' | 'normal' | 'high' | number;
const shares = (help: string): Option<Shares | undefined> =>
  valued('low|normal|high|N', help, (given) => {
    if (given === 'low' || given === 'normal' || given === 'high') return given;
    if (!/^\d+$/.test(given)) throw new RangeError('it is none of low, normal, high, or a number');
    return Number(given);
  });

const UNLIMITED = 'unlimited';
const limit = (value: string, help: string, take: (given: string) => number) =>
  valued<number | typeof UNLIMITED>(`${value}|${UNLIMITED}`, help, (given) =>
    given === UNLIMITED ? UNLIMITED : take(given),
  );

// biome-ignore format: a table reads in columns
export const ALLOCATION = {
  'cpu-shares':      shares('shares of the CPU'),
  'cpu-reservation': count('MHZ', 'CPU that is guaranteed'),
  'cpu-limit':       limit('MHZ', 'CPU that is the most', number),
  'mem-shares':      shares('shares of memory'),
  'mem-reservation': sizeMib('memory that is guaranteed'),
  'mem-limit':       limit('SIZE', 'machine memory that is the most', mib),
};

/** Those as the arguments of a call. */
export function allocation(
  values: {
    readonly [K in keyof typeof ALLOCATION]: (typeof ALLOCATION)[K]['initial'];
  },
): object {
  return {
    cpuShares: values['cpu-shares'],
    cpuReservationMhz: values['cpu-reservation'],
    cpuLimitMhz: values['cpu-limit'],
    memShares: values['mem-shares'],
    memReservationMib: values['mem-reservation'],
    memLimitMib: values['mem-limit'],
  };
}
