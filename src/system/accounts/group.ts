/** Lines of /etc/group. Source: group(5). */
import { colonFields, idNumber, type LineFormat } from './line-file.ts';

export interface GroupEntry {
  readonly name: string;
  readonly gid: number;
  readonly members: readonly string[];
}

export const GROUP_FORMAT: LineFormat<GroupEntry> = {
  parse(line) {
    const fields = colonFields(line, 4);
    if (typeof fields === 'string') return fields;
    const [name, , gidText, members] = fields as [string, string, string, string];
    const gid = idNumber(gidText);
    if (name === '') return 'it has no name';
    if (gid === undefined) return `"${gidText}" is no group number`;
    return {
      name,
      gid,
      members: members
        .split(',')
        .map((member) => member.trim())
        .filter((member) => member !== ''),
    };
  },
  print: ({ name, gid, members }) => [name, 'x', gid, members.join(',')].join(':'),
};
