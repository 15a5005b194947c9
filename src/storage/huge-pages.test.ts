// Large pages behind a shared memory: the system hears of it, and nothing else changes.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { askForHugePages } from './huge-pages.ts';

/** Mappings that large pages were asked for. */
const asked = (): number =>
  readFileSync('/proc/self/smaps', 'utf8').match(/^VmFlags:.*\bhg\b/gm)?.length ?? 0;

test('askForHugePages: the system hears of the memory, whose bytes stay as they are', (t) => {
  const memory = new WebAssembly.Memory({ initial: 64, maximum: 64, shared: true });
  const bytes = new Uint8Array(memory.buffer);
  bytes[70_000] = 7;
  const before = process.platform === 'linux' ? asked() : 0;
  if (!askForHugePages(memory.buffer)) return t.skip('this system has no such pages');
  assert.equal(asked(), before + 1);
  assert.deepEqual([bytes[70_000], bytes[70_001]], [7, 0]);
});
