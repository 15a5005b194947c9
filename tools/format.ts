// Formats every file and sorts its imports with Biome.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';

const ROOT = dirname(import.meta.dirname);
const { status, error } = spawnSync(join(ROOT, 'node_modules', '.bin', 'biome'), ['check', '--write', '.'], {
  cwd: ROOT,
  stdio: 'inherit',
});
if (error) throw error;
process.exitCode = status ?? 1;
