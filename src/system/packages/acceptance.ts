/** Acceptance levels: how far a package is trusted, and what a host accepts. Source: ESXi 8.0, Acceptance Levels of Hosts and VIBs. */

/** From the most to the least trusted; the second name is the one in descriptors. */
const LEVELS = [
  ['VMwareCertified', 'certified'],
  ['VMwareAccepted', 'accepted'],
  ['PartnerSupported', 'partner'],
  ['CommunitySupported', 'community'],
] as const;

export type AcceptanceLevel = (typeof LEVELS)[number][0];
export const ACCEPTANCE_LEVELS: readonly AcceptanceLevel[] = LEVELS.map(([level]) => level);

export function isAcceptanceLevel(text: string): text is AcceptanceLevel {
  return (ACCEPTANCE_LEVELS as readonly string[]).includes(text);
}

/** Whether something of `level` satisfies who asks for at least `wanted`. */
export function isAtLeast(level: AcceptanceLevel, wanted: AcceptanceLevel): boolean {
  return ACCEPTANCE_LEVELS.indexOf(level) <= ACCEPTANCE_LEVELS.indexOf(wanted);
}

export function levelOfTag(tag: string): AcceptanceLevel | undefined {
  return LEVELS.find(([, each]) => each === tag)?.[0];
}

export function tagOfLevel(level: AcceptanceLevel): string {
  return LEVELS.find(([each]) => each === level)?.[1] ?? 'community';
}
