// Writes docs/api-coverage.md from the tables of the VIM API: node tools/bootstrap.js tools/api-coverage.ts
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiCoveragePage } from '../src/management/vim/coverage.ts';

writeFileSync(join(import.meta.dirname, '..', 'docs', 'api-coverage.md'), apiCoveragePage());
