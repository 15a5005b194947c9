// The table of all commands and the page that is printed from it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ABSENT, absentReason } from './absent.ts';
import { ALL_COMMANDS } from './all-commands.ts';
import { COMMANDS } from './commands.ts';
import { allPaths, coveragePage } from './coverage.ts';
import { NAMESPACES } from './namespaces.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');

test('ALL_COMMANDS: 651 paths, none twice', () => {
  assert.equal(new Set(allPaths()).size, 651);
  assert.equal(allPaths().length, 651);
});

test('docs/esxcli-coverage.md is what tools/esxcli-coverage.ts prints', () => {
  assert.equal(readFileSync(join(ROOT, 'docs/esxcli-coverage.md'), 'utf8'), coveragePage());
});

test('ABSENT: every command of ESXi that is not here has a reason, every reason a command', () => {
  for (const path of allPaths()) {
    const here = COMMANDS.some((row) => row.path.join(' ') === path);
    assert.ok(here || absentReason(path.split(' ')) !== undefined, path);
  }
  for (const prefix of Object.keys(ABSENT)) {
    assert.ok(
      Object.keys(ALL_COMMANDS).some((name) => `${name} `.startsWith(`${prefix} `)),
      prefix,
    );
  }
});

test('NAMESPACES: every namespace of a command has a text for the help', () => {
  for (const { path } of COMMANDS) {
    for (let length = 1; length < path.length; length++) {
      assert.ok(NAMESPACES[path.slice(0, length).join(' ')], path.slice(0, length).join(' '));
    }
  }
});
