/** A terminal on a console that is left: what was typed before arrives, what comes after is for nobody, either way. */
import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { Duplex, PassThrough } from 'node:stream';
import { test } from 'node:test';
import { joinConsole } from './vm.ts';

test('joinConsole: the host has all that was typed before it is left, and nothing after; it closes, and nothing more is shown', async () => {
  const typed: string[] = [];
  const host = new Duplex({
    read() {},
    write(bytes: Uint8Array, _encoding, done) {
      typed.push(String(bytes));
      done();
    },
    // Somebody types on before the host has closed.
    final(done) {
      stdin.write('late');
      setImmediate(() => {
        host.push('bye');
        host.push(null);
        done();
      });
    },
  });
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode() {} });
  const stdout = Object.assign(new PassThrough(), { isTTY: true });
  const parts = Object.assign(new EventEmitter(), { stdin, stdout, stderr: new PassThrough(), exit() {} });
  const joined = joinConsole(host, parts as never);
  stdin.write('poweroff\n\x1d');
  assert.equal(await joined, undefined);
  assert.deepEqual(typed, ['poweroff\n']);
  assert.equal(stdout.read(), null);
});
