// Random walks over two file systems at once: the same calls, and the same answers expected.
import assert from 'node:assert/strict';
import { SeededRandom } from '#lib';
import type { Actor, Answer, FlagName, Subject } from './file-system.ts';

const NAMES = ['a', 'b', 'ü'] as const;
const SLOTS = 4;
const MODES = [0o777, 0o755, 0o700, 0o644, 0o640, 0o600, 0o070, 0o007, 0o000, 0o2775, 0o4711] as const;
const ACCESSES: readonly FlagName[] = ['readOnly', 'writeOnly', 'readWrite'];
const FURTHER: readonly FlagName[] = ['exclusive', 'truncate', 'append', 'directory', 'noFollow'];

export interface WalkOptions {
  readonly seed: number;
  readonly steps: number;
  /** Identities between which the walk changes. */
  readonly actors?: readonly Actor[];
  /** What the subject cannot do, by design. */
  readonly without?: readonly (keyof Subject)[];
}

type Step = readonly [call: keyof Subject, ...callArguments: unknown[]];

/** Walks; throws AssertionError that names the seed and the last calls at the first difference. */
export function walkBoth(subject: Subject, oracle: Subject, options: WalkOptions): void {
  const random = new SeededRandom(options.seed);
  const history: string[] = [];
  for (let i = 0; i < options.steps; i++) {
    const step = randomStep(random, options);
    const [got, expected] = [apply(subject, step), apply(oracle, step)];
    history.push(`${JSON.stringify(step)} → ${JSON.stringify(expected)}`);
    const where = `seed ${options.seed}, step ${i}:\n${history.slice(-40).join('\n')}`;
    assert.deepEqual(got, expected, where);
    if (i % 100 === 99) assert.deepEqual(snapshot(subject), snapshot(oracle), `tree after ${where}`);
  }
  for (const each of [subject, oracle]) {
    each.actAs(undefined);
    for (let slot = 0; slot < SLOTS; slot++) each.close(slot);
  }
}

/** Everything below the base, a line for each. */
export function snapshot(subject: Subject, path = '.', depth = 0): string[] {
  const status = subject.lstat(path);
  const kind = Array.isArray(status) ? (status[0] as string) : '';
  const link = kind === 'symlink' ? ` -> ${String(subject.readlink(path))}` : '';
  const line = `${path} ${JSON.stringify(status)}${link}`;
  if (kind !== 'directory' || depth > 30) return [line];
  const entries = subject.list(path);
  if (!Array.isArray(entries)) return [`${line} ${String(entries)}`];
  const names = entries.map((entry) => String(entry).split(' ')[0] ?? '');
  return [line, ...names.flatMap((name) => snapshot(subject, `${path}/${name}`, depth + 1))];
}

function apply(subject: Subject, [call, ...callArguments]: Step): Answer {
  // What a write takes away of a mode depends on who writes; our open file keeps who opened it.
  if (call === 'actAs') for (let slot = 0; slot < SLOTS; slot++) subject.close(slot);
  return (subject[call] as (...given: unknown[]) => Answer)(...callArguments);
}

function randomStep(random: SeededRandom, { actors = [], without = [] }: WalkOptions): Step {
  for (;;) {
    const step = candidate(random, actors);
    if (!without.includes(step[0])) return step;
  }
}

function candidate(random: SeededRandom, actors: readonly Actor[]): Step {
  const path = () => randomPath(random);
  const slot = () => random.below(SLOTS);
  const mode = () => pick(random, MODES);
  const size = () => pick(random, [0, 1, 5, 100, 4095, 4096, 4097, 9000]);
  const steps: readonly (() => Step)[] = [
    () => ['open', slot(), path(), randomFlags(random), mode()],
    () => ['open', slot(), path(), randomFlags(random), mode()],
    () => ['read', slot(), 1 + size(), random.below(2) === 0 ? undefined : size()],
    () => ['write', slot(), randomText(random), random.below(2) === 0 ? undefined : size()],
    () => ['ftruncate', slot(), size()],
    () => ['fstat', slot()],
    () => ['close', slot()],
    () => ['stat', path()],
    () => ['lstat', path()],
    () => ['list', path()],
    () => ['mkdir', path(), mode()],
    () => ['mkdir', path(), 0o777],
    () => ['rmdir', path()],
    () => ['unlink', path()],
    () => ['rename', path(), path()],
    () => ['rename', path(), path()],
    () => ['link', path(), path()],
    () => ['symlink', randomTarget(random), path()],
    () => ['readlink', path()],
    () => ['chmod', path(), mode()],
    () => ['truncate', path(), size()],
    // The C library walks it by itself, and says other things of a path that is too long.
    () => ['realpath', path().slice(0, 300)],
    () => ['chown', path(), randomOwner(random, actors), randomOwner(random, actors)],
    () => ['actAs', actors.length === 0 ? undefined : pick(random, actors)],
  ];
  return pick(random, steps)();
}

function randomOwner(random: SeededRandom, actors: readonly Actor[]): number {
  const owners = [-1, 0, ...actors.flatMap((actor) => (actor === undefined ? [] : [actor.uid, actor.gid]))];
  return pick(random, owners);
}

function randomPath(random: SeededRandom): string {
  if (random.below(200) === 0) return pick(random, ['', 'x'.repeat(255), 'x'.repeat(256), 'a/'.repeat(2100)]);
  const names = Array.from({ length: 1 + random.below(3) }, () => randomName(random));
  const slash = random.below(20) === 0 ? '//' : '/';
  return names.join(slash) + (random.below(12) === 0 ? '/' : '');
}

/** Up at most one step in a link, so that walks stay below the base. */
function randomTarget(random: SeededRandom): string {
  const path = randomPath(random).replace(/(?:\.\.\/+)+/g, '../') || 'a';
  return random.below(5) === 0 ? `/${path}` : path;
}

function randomName(random: SeededRandom): string {
  const chance = random.below(16);
  if (chance === 0) return '.';
  return chance === 1 ? '..' : pick(random, NAMES);
}

function randomFlags(random: SeededRandom): FlagName[] {
  const flags: FlagName[] = [pick(random, ACCESSES)];
  const creates = random.below(2) === 0;
  if (creates) flags.push('create');
  // Source: open(2): what O_TRUNC without write access, and O_CREAT with O_DIRECTORY, do is not said.
  const further = FURTHER.filter((flag) =>
    flag === 'directory' ? !creates : flag !== 'truncate' || flags[0] !== 'readOnly',
  );
  while (random.below(3) === 0) flags.push(pick(random, further));
  return flags;
}

function randomText(random: SeededRandom): string {
  const length = pick(random, [0, 1, 3, 10, 200, 4096, 5000]);
  return String.fromCharCode(97 + random.below(26)).repeat(length);
}

function pick<T>(random: SeededRandom, from: readonly T[]): T {
  return from[random.below(from.length)] as T;
}
