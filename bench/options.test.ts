// Tests of the benchmark's command line.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseOptions } from './options.ts';
import { ROWS, SUITES } from './rows.ts';

test('parseOptions: everything of the suite "engine" when nothing is given', () => {
  const { suite, rows, rounds, engine } = parseOptions([]);
  assert.deepEqual([suite, rounds, engine], ['engine', 3, undefined]);
  assert.equal(rows.length, SUITES.engine.rows.length);
});

test('parseOptions: rows in the order of the table', () => {
  const { rows } = parseOptions(['engine', '--rows', 'sort,fib', '--rounds=1', '--engine', 'jit']);
  assert.deepEqual(
    rows.map(({ name }) => name),
    ['fib', 'sort'],
  );
});

test('parseOptions: names what is wrong', () => {
  const wrong: readonly (readonly [given: string[], message: RegExp])[] = [
    [['motor'], /no suite "motor"; there is engine, quick/],
    [['engine', 'quick'], /unexpected argument "quick"/],
    [['--rows', 'fibs'], /no row of suite engine "fibs"/],
    [['--rounds', '0'], /--rounds "0" is not in 1 … 999/],
    [['--engine', 'warp'], /no engine "warp"/],
    [['--faster'], /--faster/],
  ];
  for (const [given, message] of wrong) assert.throws(() => parseOptions(given), { code: 'usage', message });
});

test('rows: each has its program, and each program its row', () => {
  const files = readdirSync(join(import.meta.dirname, 'guest')).filter((name) => name.endsWith('.c'));
  const frame = ['main.c', 'init.c'];
  const sources = new Set(ROWS.flatMap(({ source }) => source ?? []));
  assert.deepEqual([...sources, ...frame].sort(), files.sort());
});
