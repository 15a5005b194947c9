/** A call of the local API as the VIM API answers it: what "vmk --host" does for "vmk". */
import type { VimClient } from './vim-client.ts';

export type Given = Readonly<Record<string, unknown>>;

export type RemoteCall = (vim: VimClient, given: Given) => Promise<unknown>;

/** An argument that the command line has checked. */
export const text = (given: Given, name: string): string => String(given[name]);

export function optionalText(given: Given, name: string): string | undefined {
  return given[name] === undefined ? undefined : text(given, name);
}
