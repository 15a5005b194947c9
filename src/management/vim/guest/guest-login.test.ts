// How a user of a guest is found: the hash that its files have, whatever else is in them.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { hashScript } from './guest-login.ts';

test('hashScript: of /etc/passwd, or of /etc/shadow where that says so; nobody is 3', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'vmk-hash-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const [passwd, shadow] = [join(folder, 'passwd'), join(folder, 'shadow')];
  writeFileSync(
    passwd,
    'root::0:0::/:/bin/sh\nann:x:1000:1000::/:/bin/sh\nbob:$5$a\\b:1::\nlost:x:2::\neve:x:3::',
  );
  writeFileSync(shadow, 'root:!:1::\nann:$5$salt$hash:20000:::\neve:$6$s');
  const ask = (user: string) => {
    const { status, stdout } = spawnSync('/bin/sh', ['-c', hashScript(user, passwd, shadow)], {
      encoding: 'utf8',
    });
    return status === 0 ? stdout : status;
  };
  const users = ['root', 'ann', 'bob', 'lost', 'eve', 'an', '', "a'; exit 0; '"];
  assert.deepEqual(users.map(ask), ['', '$5$salt$hash', '$5$a\\b', 'x', '$6$s', 3, 3, 3]);
  const without = spawnSync('/bin/sh', ['-c', hashScript('ann', passwd, join(folder, 'none'))], {
    encoding: 'utf8',
  });
  assert.equal(without.stdout, 'x');
});
