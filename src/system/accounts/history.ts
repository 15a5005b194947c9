/** Lines of /etc/security/opasswd: the hashes of passwords that a user had before. Source: pam_pwhistory(8). */
import { colonFields, idNumber, type LineFormat } from './line-file.ts';

export interface HistoryEntry {
  readonly name: string;
  readonly uid: number;
  /** The oldest first. */
  readonly hashes: readonly string[];
}

export const HISTORY_FORMAT: LineFormat<HistoryEntry> = {
  parse(line) {
    const fields = colonFields(line, 4);
    if (typeof fields === 'string') return fields;
    const [name, uidText, , hashes] = fields as [string, string, string, string];
    const uid = idNumber(uidText);
    if (name === '') return 'it has no name';
    if (uid === undefined) return `"${uidText}" is no user number`;
    return { name, uid, hashes: hashes.split(',').filter((hash) => hash !== '') };
  },
  print: ({ name, uid, hashes }) => [name, uid, hashes.length, hashes.join(',')].join(':'),
};
