// What the tidy check looks for in a source file of a room; each rule gives the lines that break it.
import { basename, dirname, posix } from 'node:path';
import { LONG_FILES, MAX_FILE_LINES, ROOMS } from './rooms.ts';

/** A source file: its path from the repository's root with forward slashes, and its text. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** What pure rooms must not say; test files may. */
const IMPURE: readonly (readonly [pattern: RegExp, why: string])[] = [
  [/\basync\b/, 'async: waiting is an entry in a table'],
  [/\bDate\.now\b|\bnew Date\(\)|\bperformance\.now\b/, 'the time: take a Clock'],
  [/\bMath\.random\b/, 'chance: take a Random'],
  [/\b(?:setTimeout|setInterval|setImmediate|queueMicrotask)\b/, 'timers: take a Clock'],
  [/\bprocess\.|\bBuffer\.|\brequire\(/, 'a Node global'],
  [/^(?:export\s+)?(?:let|var)\s/m, 'module-level mutable state'],
];

const IMPORT =
  /^(?:import|export)\s(?:[\w$*\s{},]*?\sfrom\s)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm;
const COMMENT = /\/\/.*|\/\*[\s\S]*?\*\//g;
const COMMENT_OR_STRING =
  /\/\/.*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;

/** All complaints about one file, each `path: complaint`. */
export function complaints(source: Source): string[] {
  const found = [...headerComplaints(source), ...lengthComplaints(source)];
  const room = roomOf(source.path);
  if (room !== undefined) found.push(...importComplaints(source, room), ...purityComplaints(source, room));
  return found.map((complaint) => `${source.path}: ${complaint}`);
}

/** The room a path lies in; undefined for src/main.ts and for what is outside src/. */
export function roomOf(path: string): string | undefined {
  return /^src\/([^/]+)\//.exec(path)?.[1];
}

function headerComplaints({ text }: Source): string[] {
  return /^(?:#!.*\n)?\s*\/[/*]/.test(text) ? [] : ['does not begin with a comment that says what it is'];
}

function lengthComplaints({ path, text }: Source): string[] {
  const lines = text.split('\n').length - 1;
  if (lines <= MAX_FILE_LINES || LONG_FILES[path] !== undefined) return [];
  return [`has ${lines} lines, more than ${MAX_FILE_LINES}, and no reason in LONG_FILES`];
}

function importComplaints(source: Source, roomName: string): string[] {
  const room = ROOMS[roomName];
  if (room === undefined) return [`room ${roomName} is not in tools/rooms.ts`];
  return importsOf(source.text).flatMap((target) => {
    if (target.startsWith('#')) return doorComplaints(target.slice(1), roomName, room.imports);
    if (target.startsWith('.')) return relativeComplaints(source.path, target, roomName);
    if (target.startsWith('node:')) {
      return room.pure && !isTest(source.path) ? [`imports ${target}; ${roomName} is pure`] : [];
    }
    if (room.packages?.includes(packageOf(target))) return [];
    return [`imports ${target}, which is neither a room, a file of this room, nor node:`];
  });
}

/** `@scope/name` of `@scope/name/file`, `name` of `name/file`. */
function packageOf(target: string): string {
  return target.split('/', target.startsWith('@') ? 2 : 1).join('/');
}

/** A room may have side doors, `#room/part`, for those that need little of it; package.json lists them. */
function doorComplaints(target: string, roomName: string, allowed: readonly string[]): string[] {
  const [room = target] = target.split('/', 1);
  if (room === roomName) return [`imports #${target} from inside; use a relative path`];
  return allowed.includes(room) ? [] : [`imports #${target}, which ${roomName} may not`];
}

function relativeComplaints(path: string, target: string, roomName: string): string[] {
  const resolved = posix.join(dirname(path), target);
  const complaint = [];
  if (roomOf(resolved) !== roomName) complaint.push(`leaves ${roomName} by ${target}; use a door`);
  if (!/\.(?:ts|js|json)$/.test(target)) complaint.push(`imports ${target} without its extension`);
  return complaint;
}

function purityComplaints({ path, text }: Source, roomName: string): string[] {
  if (!ROOMS[roomName]?.pure || isTest(path)) return [];
  const code = text.replace(COMMENT_OR_STRING, "''");
  return IMPURE.filter(([pattern]) => pattern.test(code)).map(
    ([, why]) => `${roomName} is pure, but: ${why}`,
  );
}

function importsOf(text: string): string[] {
  return [...text.replace(COMMENT, '').matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? '');
}

/** Tests, and what they share: `testing.ts` or a folder `testing/`. */
function isTest(path: string): boolean {
  return path.endsWith('.test.ts') || basename(path) === 'testing.ts' || path.includes('/testing/');
}
