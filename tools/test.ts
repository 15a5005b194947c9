// Runs the tests with node:test: all of them, or the files and options given as arguments.
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const ALL_TESTS = ['src', 'tools', 'bench', 'test'].map((folder) => `${folder}/**/*.test.ts`);

/** One file after the other, before all others: they measure what somebody gets, or take all of the processor. */
const ALONE: readonly string[] = [
  'bench/sched/lab.test.ts',
  'test/scenario/disk-shares.test.ts',
  'test/scenario/flood.test.ts',
  'test/scenario/host-sharing.test.ts',
  'test/scenario/pools.test.ts',
  'test/scenario/smp.test.ts',
];
/** Files that run at once. Most wait for something half of their time, so that two keep two cores busy. */
const AT_ONCE = Math.max(2, availableParallelism() - 1);

const CACHE = pathToFileURL(join(import.meta.dirname, 'compile-cache.ts')).href;
const root = dirname(import.meta.dirname);
const given = process.argv.slice(2);

/** @returns whether all passed. */
function run(...options: readonly string[]): boolean {
  const command = [`--import=${CACHE}`, '--test', ...given, ...options];
  const { status, error } = spawnSync(process.execPath, command, {
    cwd: root,
    stdio: 'inherit',
  });
  if (error) throw error;
  return status === 0;
}

/** @returns whether all passed. */
function runAll(): boolean {
  const others = globSync(ALL_TESTS, { cwd: root }).filter((path) => !ALONE.includes(path));
  const isAloneGood = run('--test-concurrency=1', ...ALONE);
  const isRestGood = run(`--test-concurrency=${AT_ONCE}`, ...others);
  if (!isAloneGood) console.log('✖ of the tests that run alone, before all others, some have failed');
  return isAloneGood && isRestGood;
}

const isAll = given.every((argument) => argument.startsWith('-'));
process.exitCode = (isAll ? runAll() : run()) ? 0 : 1;
