// How far an installation is.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countConfigured } from './install-progress.ts';

test('countConfigured: each package once, wherever what is said is cut, and never more than all', () => {
  const said =
    'Setting up a (1) ...\r\nSetting up b (2) ...\r\nProcessing triggers\r\nSetting up a (1) ...\r\n';
  for (let size = 1; size <= said.length; size++) {
    const heard: number[] = [];
    const hear = countConfigured(2, (done) => heard.push(done));
    for (let at = 0; at < said.length; at += size) hear(Buffer.from(said.slice(at, at + size)));
    assert.equal(heard.at(-1), 1, `pieces of ${size}`);
    assert.ok(heard.length <= 3 && (size > 20 || heard.includes(0.5)), `pieces of ${size}`);
  }
});
