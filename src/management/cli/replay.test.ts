// The arguments of "vmk replay": the recording may stand anywhere, what is wrong is named.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseReplay } from './replay.ts';

test('parseReplay: the recording before, between and behind the options', () => {
  for (const given of [
    ['a.rec', '--until', '5', '--stats'],
    ['--until', '5', 'a.rec', '--stats'],
    ['--stats', '--until=5', 'a.rec'],
  ]) {
    const { values, path } = parseReplay(given);
    assert.equal(path, 'a.rec');
    assert.equal(values.until, 5n);
    assert.equal(values.stats, true);
  }
  const { values } = parseReplay(['a.rec', '--gdb', '[::1]:99', '--gdb-wait']);
  assert.deepEqual(values.gdb, { host: '::1', port: 99 });
  assert.deepEqual(parseReplay(['a.rec', '--gdb', '0']).values.gdb, { host: '127.0.0.1', port: 0 });
});

test('parseReplay: what cannot be', () => {
  const refused = (...given: string[]): string => {
    try {
      parseReplay(given);
    } catch (error) {
      return (error as Error).message;
    }
    return '';
  };
  assert.match(refused(), /needs a recording/);
  assert.match(refused('a', 'b'), /unexpected argument "b"/);
  assert.match(refused('a', '--until', 'x'), /it is no number of steps/);
  assert.match(refused('a', '--gdb', '70000'), /\[HOST:\]PORT/);
  assert.match(refused('a', '--gdb-wait'), /goes with --gdb/);
});
