// Writes docs/esxcli-coverage.md from the tables of esxcli: node tools/bootstrap.js tools/esxcli-coverage.ts
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { coveragePage } from '#management';

writeFileSync(join(import.meta.dirname, '..', 'docs', 'esxcli-coverage.md'), coveragePage());
