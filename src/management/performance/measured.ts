/** One value of one counter. */

export interface Measured {
  readonly counter: number;
  /** Empty for all of it together. */
  readonly instance: string;
  readonly value: number;
}

export const sum = <T>(list: readonly T[], of: (one: T) => number) =>
  list.reduce((all, one) => all + of(one), 0);

export const one = (counter: number, value: number, instance = ''): Measured => ({
  ...{ counter, instance },
  value: Math.round(Math.max(0, value)),
});
