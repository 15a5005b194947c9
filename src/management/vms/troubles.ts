/** Troubles of a VM that a person can end: what it asks about them. */
import { HostError } from '#lib';

/** What a machine that runs cannot go on for. */
export type VmTrouble =
  /** There is no space for what it writes to a disk of its own. */
  | { readonly kind: 'disk-full'; readonly reason: string }
  /** A page of its memory cannot be put away: the disk of its swap file is full, or fails. */
  | { readonly kind: 'swap-full' | 'swap-failed'; readonly reason: string }
  /** A page that was put away cannot be read back. */
  | { readonly kind: 'page-lost'; readonly reason: string };

// biome-ignore format: a table reads in columns
const WHAT: Readonly<Record<VmTrouble['kind'], readonly [id: string, text: string]>> = {
  'disk-full':   ['msg.disk.disk-full',   'There is no more space for a virtual disk of it'],
  'swap-full':   ['msg.swap.swap-full',   'There is no more space for its swap file'],
  'swap-failed': ['msg.swap.swap-failed', 'Its swap file cannot be written'],
  'page-lost':   ['msg.swap.page-lost',   'A page of its memory cannot be read back from its swap file'],
};
const WAYS =
  'You may be able to go on by freeing space where its files are, and choosing Retry. Cancel ends the virtual machine.';

export function troubleMessage({ kind, reason }: VmTrouble): { readonly id: string; readonly text: string } {
  const [id, text] = WHAT[kind];
  return { id, text: `${text} (${reason}). ${WAYS}` };
}

const FULL: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT']);

/** Whether something failed because a disk, or somebody's share of it, is used up. */
export function isDiskFull(error: unknown): error is HostError {
  if (!(error instanceof HostError)) return false;
  return error.code === 'disk-full' || FULL.has((error.cause as NodeJS.ErrnoException | undefined)?.code);
}

export function fullMessage(what: string, reason: string): { readonly id: string; readonly text: string } {
  const text = `${reason}. You may be able to go on by freeing space there, and choosing Retry. Cancel gives up ${what}; the virtual machine goes on.`;
  return { id: 'msg.hbacommon.outofspace', text };
}
