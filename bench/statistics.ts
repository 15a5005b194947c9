/** The few statistics that the table shows. */

/** The middle value, or the mean of the two in the middle. Throws RangeError for no values. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('there is no median of nothing');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] as number)) / 2;
}

/** Half the distance between the least and the greatest value, as a part of the median: 0.05 is ±5 %. */
export function spread(values: readonly number[]): number {
  return (Math.max(...values) - Math.min(...values)) / 2 / median(values);
}

/** The geometric mean of positive values; undefined for none. */
export function geometricMean(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

/** How many times faster `ours` is than `theirs`, both in `unit`: rates end in "/s", the others are times. */
export function speedRatio(ours: number, theirs: number, unit: string): number {
  return unit.endsWith('/s') ? ours / theirs : theirs / ours;
}
