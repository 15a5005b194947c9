/** What the kept configurations of networks have in common: read from a file, checked with the place of what is wrong. */
import { HostError, reasonOf, usageError } from '#lib';

export type Fields = Readonly<Record<string, unknown>>;

/** Reads what `JSON.stringify` wrote of a configuration. @throws HostError `file-io` that says what is wrong, and where */
export function parseKept<T>(text: string, path: string, what: string, check: (given: unknown) => T): T {
  try {
    return check(JSON.parse(text));
  } catch (error) {
    throw new HostError('file-io', { action: 'read', what, path, reason: reasonOf(error) });
  }
}

/** A configuration that somebody wishes: what could not be read again is refused. @throws HostError `usage` */
export function requireKept<T>(check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (error instanceof RangeError) throw usageError(error.message);
    throw error;
  }
}

/** @throws RangeError */
export function record(given: unknown, at: string): Fields {
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) return given as Fields;
  throw new RangeError(`${at} is no object`);
}

/** @throws RangeError */
export function list(given: unknown, at: string, most: number): readonly unknown[] {
  if (!Array.isArray(given)) throw new RangeError(`${at} is no list`);
  if (given.length > most) throw new RangeError(`${at} has ${given.length} entries, more than ${most}`);
  return given;
}

/** @throws RangeError */
export function integer(given: unknown, at: string, least: number, most: number): number {
  if (Number.isInteger(given) && (given as number) >= least && (given as number) <= most)
    return given as number;
  throw new RangeError(`${at}: ${String(given)} is not an integer in ${least} … ${most}`);
}

/** @throws RangeError that names what is there twice */
export function unique(values: readonly string[]): void {
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice !== undefined) throw new RangeError(`there are two of ${twice}`);
}
