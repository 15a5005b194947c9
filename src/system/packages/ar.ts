/** ar archives, which packages are. Source: deb(5) and ar(5), the common format. */
import { concatBytes } from '#lib';

export interface ArMember {
  readonly name: string;
  readonly data: Uint8Array;
}

const MAGIC = '!<arch>\n';
const HEADER_BYTES = 60;
const encoder = new TextEncoder();
const decoder = new TextDecoder('latin1');

/** The members; a text says why the bytes are no archive. */
export function readAr(bytes: Uint8Array): readonly ArMember[] | string {
  if (decoder.decode(bytes.subarray(0, MAGIC.length)) !== MAGIC) return 'it is no ar archive';
  const members: ArMember[] = [];
  for (let at = MAGIC.length; at < bytes.length; ) {
    const header = decoder.decode(bytes.subarray(at, at + HEADER_BYTES));
    const [, name, size] = /^(.{16}).{32}(\d{1,10}) *`\n$/s.exec(header) ?? [];
    if (name === undefined || size === undefined) return `there is no header at byte ${at}`;
    const start = at + HEADER_BYTES;
    const data = bytes.subarray(start, start + Number(size));
    if (data.length < Number(size)) return `it ends within member "${name.trim()}"`;
    members.push({ name: name.trimEnd().replace(/\/$/, ''), data });
    at = start + data.length + (data.length % 2);
  }
  return members;
}

/** Names have at most 16 characters of ASCII. */
export function writeAr(members: readonly ArMember[]): Uint8Array {
  return concatBytes([encoder.encode(MAGIC), ...members.flatMap(blocksOf)]);
}

function blocksOf({ name, data }: ArMember): Uint8Array[] {
  // Name, time, owner, group, mode, size, end mark.
  const fields = [name.padEnd(16), '0'.padEnd(12), '0'.padEnd(6), '0'.padEnd(6), '100644'.padEnd(8)];
  const header = `${fields.join('')}${String(data.length).padEnd(10)}\`\n`;
  return [encoder.encode(header), data, encoder.encode(data.length % 2 === 0 ? '' : '\n')];
}
