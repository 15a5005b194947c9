/** Versions of packages and how they compare: `1.2.3-1.4.5`, number by number. Source: ESXi VIB versions, VERSION-RELEASE. */

export const RELATIONS = ['<<', '<=', '=', '>=', '>>'] as const;
export type Relation = (typeof RELATIONS)[number];

/** Whether a text is a version. */
export function isVersion(text: string): boolean {
  return (
    text.length <= 64 && /^[A-Za-z0-9]+(?:[.][A-Za-z0-9]+)*(?:-[A-Za-z0-9]+(?:[.][A-Za-z0-9]+)*)?$/.test(text)
  );
}

/** Below 0 when `a` is older. Runs of digits compare as numbers, others as text; what is longer is newer. */
export function compareVersions(a: string, b: string): number {
  const [as, bs] = [partsOf(a), partsOf(b)];
  for (let i = 0; i < Math.max(as.length, bs.length); i++) {
    const difference = comparePart(as[i], bs[i]);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether `version` stands in a relation to another. */
export function satisfies(version: string, relation: Relation, other: string): boolean {
  const order = compareVersions(version, other);
  const holds = { '<<': order < 0, '<=': order <= 0, '=': order === 0, '>=': order >= 0, '>>': order > 0 };
  return holds[relation];
}

function partsOf(version: string): readonly (string | bigint)[] {
  return (version.match(/\d+|[A-Za-z]+|-/g) ?? []).map((part) => (/^\d/.test(part) ? BigInt(part) : part));
}

/** The `-` before a release ends the version: it is older than any further part. */
function comparePart(a: string | bigint | undefined, b: string | bigint | undefined): number {
  if (a === b) return 0;
  const [rankA, rankB] = [rankOf(a), rankOf(b)];
  if (rankA !== rankB) return rankA - rankB;
  return (a ?? '') < (b ?? '') ? -1 : 1;
}

function rankOf(part: string | bigint | undefined): number {
  if (part === undefined) return 0;
  if (part === '-') return 1;
  return typeof part === 'string' ? 2 : 3;
}
