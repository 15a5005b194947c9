// Everything that must hold before a commit: format, lint, types, tests. Stops at the first that does not.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';

const ROOT = dirname(import.meta.dirname);
const bin = (name: string) => join(ROOT, 'node_modules', '.bin', name);

const STEPS: readonly (readonly [name: string, command: string, ...commandArguments: string[]])[] = [
  ['format', bin('biome'), 'check', '.'],
  ['lint', bin('oxlint'), '--deny-warnings'],
  ['types', bin('tsc'), '-p', '.'],
  ['tests', process.execPath, join(ROOT, 'tools', 'test.ts')],
];

for (const [name, command, ...commandArguments] of STEPS) {
  process.stderr.write(`── ${name}\n`);
  const { status, error } = spawnSync(command, commandArguments, { cwd: ROOT, stdio: 'inherit' });
  if (error) throw error;
  if (status !== 0) {
    process.stderr.write(`── ${name}: failed\n`);
    process.exit(status ?? 1);
  }
}
