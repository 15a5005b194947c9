/** state.jnl: what was appended to files under /etc since state.tgz was written, so that a small change is no rewriting of all of it. */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { SavedState } from './state.ts';

export const JOURNAL_FILE = 'state.jnl';

/** What was appended to a file, where it ended then. */
export interface Appended {
  /** Absolute. */
  readonly path: string;
  readonly at: number;
  readonly text: string;
}

/** The first line: which state.tgz the others are about. A journal of another state says nothing. */
export function journalHead(state: Uint8Array): string {
  return lineOf({ follows: createHash('sha256').update(state).digest('hex') });
}

export function journalLine(appended: Appended): string {
  return lineOf(appended);
}

/** A state with what its journal says; a line that is not whole is where a crash was, and the journal's end. */
export function withJournal(
  state: SavedState,
  bytes: Uint8Array,
  journal: Uint8Array | undefined,
): SavedState {
  if (journal === undefined) return state;
  const [head, ...lines] = new TextDecoder().decode(journal).split('\n');
  if (`${head}\n` !== journalHead(bytes)) return state;
  const grown = new Map<string, Grown>();
  const old = new Map(state.entries.map((entry) => [`/${entry.path}`, entry.data]));
  for (const line of lines) {
    const appended = readLine(line);
    if (appended === undefined) break;
    const { path, at, text } = appended;
    const file = grown.get(path) ?? grownOf(old.get(path));
    if (file?.length !== at) break;
    const part = Buffer.from(text);
    file.parts.push(part);
    file.length += part.length;
    grown.set(path, file);
  }
  const entries = state.entries.map((entry) => {
    const data = grown.get(`/${entry.path}`);
    return data === undefined ? entry : { ...entry, data: Buffer.concat(data.parts) };
  });
  return { ...state, entries };
}

/** A file that gets longer; put together at the end, once. */
interface Grown {
  readonly parts: Uint8Array[];
  length: number;
}

const grownOf = (data: Uint8Array | undefined): Grown | undefined =>
  data && { parts: [data], length: data.length };

function lineOf(value: object): string {
  const text = JSON.stringify(value);
  return `${checksum(text)} ${text}\n`;
}

function readLine(line: string): Appended | undefined {
  const sum = line.slice(0, SUM_DIGITS);
  const text = line.slice(SUM_DIGITS + 1);
  return text !== '' && sum === checksum(text) ? (JSON.parse(text) as Appended) : undefined;
}

const SUM_DIGITS = 8;
const checksum = (text: string) => crc32(text).toString(16).padStart(SUM_DIGITS, '0');
