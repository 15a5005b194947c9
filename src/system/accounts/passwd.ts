/** Lines of /etc/passwd. Source: passwd(5). */
import { colonFields, idNumber, type LineFormat } from './line-file.ts';

export interface PasswdEntry {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  /** The description of the user. */
  readonly gecos: string;
  readonly home: string;
  readonly shell: string;
}

export const SHELL = '/bin/sh';
export const NO_SHELL = '/sbin/nologin';

/** Shells that let nobody in. */
const NO_SHELLS: readonly string[] = [NO_SHELL, '/usr/sbin/nologin', '/bin/false', '/usr/bin/false'];

export function hasShellAccess(entry: PasswdEntry): boolean {
  return !NO_SHELLS.includes(entry.shell);
}

export const PASSWD_FORMAT: LineFormat<PasswdEntry> = {
  parse(line) {
    const fields = colonFields(line, 7);
    if (typeof fields === 'string') return fields;
    const [name, , uidText, gidText, gecos, home, shell] = fields as [
      string,
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    const [uid, gid] = [idNumber(uidText), idNumber(gidText)];
    if (name === '') return 'it has no name';
    if (uid === undefined) return `"${uidText}" is no user number`;
    if (gid === undefined) return `"${gidText}" is no group number`;
    return { name, uid, gid, gecos, home, shell };
  },
  print: ({ name, uid, gid, gecos, home, shell }) => [name, 'x', uid, gid, gecos, home, shell].join(':'),
};
