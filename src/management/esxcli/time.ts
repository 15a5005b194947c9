/** Times as esxcli prints them: ISO 8601 in UTC, whole seconds. */
const NANOSECONDS_PER_MILLISECOND = 1_000_000n;

/** `2026-11-26T01:02:03Z`. */
export function isoSeconds(wallNanoseconds: bigint): string {
  const date = new Date(Number(wallNanoseconds / NANOSECONDS_PER_MILLISECOND));
  return `${date.toISOString().slice(0, 19)}Z`;
}
