/** Names of files in a package: they come from strangers, and become files of the machine. */
import { HostError } from '#lib';

const MAX_NAME_BYTES = 200;
const FORBIDDEN = /[/\\\p{Cc}]/u;

/** What is wrong with a package, in one line. */
export function badPackage(path: string, reason: string): HostError {
  return new HostError('ovf-bad', { path, reason });
}

/** Why a name cannot be that of a file in a package; undefined: it can. */
export function nameTrouble(name: string): string | undefined {
  if (name === '') return 'a file has no name';
  if (Buffer.byteLength(name) > MAX_NAME_BYTES) return `the name "${name.slice(0, 60)}…" is too long`;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(name)) return `"${name}" is a URL: only files of the package are taken`;
  if (FORBIDDEN.test(name) || name.startsWith('.') || name.trim() !== name)
    return `"${name}" cannot be the name of a file: "/", "\\", dots and blanks at its ends, control characters`;
  return undefined;
}
