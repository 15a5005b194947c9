// Verifying without a difference to see, in slices, and only so many at once.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { SeededRandom } from '#lib';
import { PasswordHasher } from './hasher.ts';
import { isLockedHash, schemeOf } from './schemes.ts';

const hasher = () => new PasswordHasher(new SeededRandom(3));

test('hash, verify: a new salt each time, and only the same password matches', async () => {
  const it = hasher();
  const [a, b] = [await it.hash('Grüße 1!'), await it.hash('Grüße 1!')];
  assert.match(a ?? '', /^\$6\$[./0-9A-Za-z]{16}\$[./0-9A-Za-z]{86}$/);
  assert.notEqual(a, b);
  assert.deepEqual(await it.verify('Grüße 1!', a), { kind: 'match' });
  assert.deepEqual(await it.verify('Grüße 1?', a), { kind: 'mismatch' });
});

test('verify: nothing matches a locked account, an absent user, a password with NUL or of 512 bytes', async () => {
  const it = hasher();
  const hash = await it.hash('x');
  for (const locked of [undefined, '', '*', '!', `!${hash}`, 'x']) {
    assert.deepEqual(await it.verify('x', locked), { kind: 'mismatch' }, String(locked));
  }
  assert.deepEqual(await it.verify('x\0', hash), { kind: 'mismatch' });
  assert.deepEqual(await it.verify('x'.repeat(512), hash), { kind: 'mismatch' });
  assert.equal(await it.hash('x'.repeat(512)), undefined);
  assert.equal(await it.hash('a\0b'), undefined);
});

// biome-ignore format: a table reads in columns
const UNSUPPORTED: readonly (readonly [hash: string, scheme: string])[] = [
  ['$y$j9T$salt$hash',             'yescrypt'],
  ['$2b$10$abcdefghijklmnopqrstuu', 'bcrypt'],
  ['$1$salt$hash',                 'md5crypt'],
  ['abJnggxhB/yWI',                'an unknown kind'],
  ['$6$rounds=999999999$s$h',      'sha512crypt with such a setting'],
];

for (const [hash, scheme] of UNSUPPORTED) {
  test(`verify: ${hash} is said to be unsupported, and matches nothing`, async () => {
    assert.deepEqual(await hasher().verify('x', hash), { kind: 'unsupported', scheme });
  });
}

test('verify: hashes that are not ours go to the system, when it can', async () => {
  const asked: string[] = [];
  const it = new PasswordHasher(new SeededRandom(3), (password, setting) => {
    asked.push(new TextDecoder().decode(password));
    return Promise.resolve(setting === '$y$j9T$s$good' ? '$y$j9T$s$good' : undefined);
  });
  assert.deepEqual(await it.verify('pw', '$y$j9T$s$good'), { kind: 'match' });
  assert.deepEqual(await it.verify('pw', '$y$j9T$s$bad'), { kind: 'unsupported', scheme: 'yescrypt' });
  assert.deepEqual(asked, ['pw', 'pw']);
});

test('verify: other work goes on between its slices', async () => {
  let turns = 0;
  const state = { isOver: false };
  const work = hasher()
    .verify('x', '$6$rounds=20000$salt$h')
    .then(() => {
      state.isOver = true;
    });
  while (!state.isOver) {
    turns++;
    await setImmediate();
  }
  await work;
  assert.ok(turns >= 20, `${turns} turns`);
});

test('verify: who comes when too many wait is sent away at once, everybody else is answered', async () => {
  const it = hasher();
  const verdicts = await Promise.all(
    Array.from({ length: 1010 }, () => it.verify('x', '$6$rounds=1000$s$h')),
  );
  assert.equal(verdicts.filter(({ kind }) => kind === 'busy').length, 8);
  assert.equal(verdicts.filter(({ kind }) => kind === 'mismatch').length, 1002);
});

test('schemes: what is locked, what is a hash', () => {
  assert.ok(isLockedHash('!$6$a$b') && isLockedHash('*LK*') && isLockedHash('') && !isLockedHash('$6$a$b'));
  assert.equal(schemeOf('$gy$x')?.name, 'gost-yescrypt');
  assert.equal(schemeOf('$3$x'), undefined);
});
