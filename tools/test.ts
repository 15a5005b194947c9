// Runs the tests with node:test: all of them, or the files and options given as arguments.
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';

const ALL_TESTS = ['src', 'tools', 'bench', 'test'].map((folder) => `${folder}/**/*.test.ts`);

const given = process.argv.slice(2);
const paths = given.some((argument) => !argument.startsWith('-')) ? [] : ALL_TESTS;
const { status, error } = spawnSync(process.execPath, ['--test', ...given, ...paths], {
  cwd: dirname(import.meta.dirname),
  stdio: 'inherit',
});
if (error) throw error;
process.exitCode = status ?? 1;
