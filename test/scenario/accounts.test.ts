// Passwords against Debian's own: libcrypt through perl and mkpasswd, passwdqc through pwqcheck.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { systemCrypt } from '#host';
import { SeededRandom } from '#lib';
import { DEFAULT_QUALITY, PasswordHasher, parseQuality, passwordTrouble } from '#system';

const random = new SeededRandom(2026);
const hasher = new PasswordHasher(random);

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const ASCII = `${LETTERS}${LETTERS.toUpperCase()}0123456789 !"#$%&'()*+,-./:;<=>?@[\\]^_{|}~`;
const WIDE = `${ASCII}äöüßéñ€あ漢🦀`;

const words = (alphabet: string, length: number): string => {
  const letters = Array.from(alphabet);
  return Array.from({ length }, () => letters[random.below(letters.length)] as string).join('');
};

function available(command: string): string | false {
  return spawnSync('sh', ['-c', `command -v ${command}`]).status === 0
    ? false
    : `no ${command} on this machine`;
}

/** Lines to a command, and its lines back. */
function ask(command: string, args: readonly string[], lines: readonly string[]): string[] {
  const { stdout, stderr, status } = spawnSync(command, args, {
    input: `${lines.join('\n')}\n`,
    encoding: 'utf8',
  });
  assert.equal(stderr, '');
  assert.ok(status === 0 || command === 'pwqcheck', `${command} ended with ${status}`);
  return stdout.split('\n').slice(0, -1);
}

/** perl's crypt() is the C library's. Bytes go as hexadecimal, so that nothing is re-encoded. */
const PERL =
  'while (<STDIN>) { chomp; my ($p, $s) = split /,/; print crypt(pack("H*", $p), pack("H*", $s)), "\\n" }';
const hexLine = (password: string, setting: string) =>
  [password, setting].map((text) => Buffer.from(text).toString('hex')).join(',');

const PASSWORDS = [
  '',
  'a',
  'x'.repeat(31),
  'x'.repeat(32),
  'x'.repeat(63),
  'x'.repeat(64),
  'x'.repeat(65),
  'x'.repeat(128),
  'ß'.repeat(255),
  'x'.repeat(511),
  ...Array.from({ length: 40 }, () => words(WIDE, random.below(40))),
];

test('crypt: libcrypt makes hashes that we take, with any salt and rounds', {
  skip: available('perl'),
}, async () => {
  const rows = PASSWORDS.map((password) => {
    const rounds = random.below(2) === 0 ? '' : `rounds=${1000 + random.below(9000)}$`;
    const setting = `$${5 + random.below(2)}$${rounds}${words(`${LETTERS}./09`, 1 + random.below(16))}$`;
    return { password, setting };
  });
  const hashes = ask(
    'perl',
    ['-e', PERL],
    rows.map(({ password, setting }) => hexLine(password, setting)),
  );
  assert.equal(hashes.length, rows.length);
  for (const [i, { password, setting }] of rows.entries()) {
    const hash = hashes[i] ?? '';
    assert.ok(hash.startsWith(setting), `${setting} ${hash}`);
    assert.deepEqual(await hasher.verify(password, hash), { kind: 'match' }, JSON.stringify(password));
    assert.deepEqual(
      await hasher.verify(`${password.slice(1)}y`, hash),
      { kind: 'mismatch' },
      JSON.stringify(password),
    );
  }
});

test('crypt: libcrypt takes the hashes that we make', { skip: available('perl') }, async () => {
  const hashes: string[] = [];
  for (const password of PASSWORDS) hashes.push((await hasher.hash(password)) ?? '');
  const again = ask(
    'perl',
    ['-e', PERL],
    PASSWORDS.map((password, i) => hexLine(password, hashes[i] ?? '')),
  );
  assert.deepEqual(again, hashes);
});

test('crypt: what mkpasswd and openssl make for /etc/shadow is taken', {
  skip: available('mkpasswd') || available('openssl'),
}, async () => {
  for (const method of ['sha-512', 'sha-256']) {
    const [hash] = ask('mkpasswd', ['-s', '-m', method], ['Grüße, Welt 1']);
    assert.deepEqual(await hasher.verify('Grüße, Welt 1', hash), { kind: 'match' });
  }
  for (const flag of ['-6', '-5']) {
    const [hash] = ask('openssl', ['passwd', flag, '-stdin'], ['Grüße, Welt 2']);
    assert.deepEqual(await hasher.verify('Grüße, Welt 2', hash), { kind: 'match' });
  }
});

const FOREIGN = ['yescrypt', 'gost-yescrypt', 'scrypt', 'bcrypt', 'bcrypt-a', 'md5crypt'];

test('crypt: other hashes of mkpasswd are taken through libcrypt', {
  skip: available('mkpasswd'),
}, async () => {
  const withSystem = new PasswordHasher(random, systemCrypt());
  for (const method of FOREIGN) {
    const [hash] = ask('mkpasswd', ['-s', '-m', method], ['Grüße, Welt 3']);
    assert.deepEqual(await withSystem.verify('Grüße, Welt 3', hash), { kind: 'match' }, method);
    assert.deepEqual(await withSystem.verify('Grüße, Welt 4', hash), { kind: 'mismatch' }, method);
    const { kind } = await withSystem.verify('x', `${hash?.slice(0, 6)}`);
    assert.notEqual(kind, 'match', `${method}, cut off`);
  }
});

test('systemCrypt: hashes that would take too long are not begun', async () => {
  const crypt = systemCrypt();
  for (const setting of [
    '$2b$31$abcdefghijklmnopqrstuu',
    '$y$jzT$salt$',
    '$7$z/..../....salt',
    '$1$a\0b',
    'ab',
    '$3$x',
  ]) {
    assert.equal(await crypt(new Uint8Array([120]), setting), undefined, setting);
  }
});

/** What both say of a password, in one word. */
const VERDICTS = [
  'too short',
  'different characters',
  'old one',
  'personal',
  'dictionary',
  'sequence',
  'too long',
];
const verdict = (text: string | undefined) =>
  text === undefined || text.startsWith('OK')
    ? 'good'
    : (VERDICTS.find((word) => text.includes(word)) ?? text);

/** New password, old one, user: random, or built on each other, as people build them. */
function passwordCase(): readonly [password: string, old: string, user: string] {
  const alphabet = random.below(3) === 0 ? words(ASCII, 3 + random.below(15)) : ASCII;
  const [base, old, user] = [
    words(alphabet, 1 + random.below(14)),
    words(ASCII, 10),
    words(LETTERS, 3 + random.below(7)),
  ];
  const built = [
    base,
    base,
    base,
    `${base.slice(0, 4)}${user}${base.slice(4, 6)}`,
    `${Array.from(user).toReversed().join('')}${base.slice(0, 4)}`,
    `${old.slice(2, 6 + random.below(4))}${base.slice(0, random.below(7))}`,
    `${base.slice(0, 4)}1985`,
    `${base.slice(0, 4)}asdfgh`,
    `${base.slice(0, 6)}öß€`,
  ];
  return [(built[random.below(built.length)] as string).trim() || 'x', old.trim() || 'y', user];
}

test('quality: 3,000 passwords, judged as pwqcheck judges them', { skip: available('pwqcheck') }, () => {
  const rules = DEFAULT_QUALITY.split(' ').slice(1);
  const control = parseQuality(DEFAULT_QUALITY);
  const cases = Array.from({ length: 3000 }, passwordCase);
  const lines = cases.flatMap(([password, old, user]) => [password, old, `${user}:x:1000:1000::/:/bin/sh`]);
  const theirs = ask('pwqcheck', ['--multi', 'max=40', ...rules], lines);
  assert.equal(theirs.length, cases.length);
  const counts = new Map<string, number>();
  for (const [i, [password, oldPassword, userName]] of cases.entries()) {
    const wanted = verdict((theirs[i] ?? '').replace(/:.*/, (rest) => (rest.startsWith(': ') ? '' : rest)));
    const found = verdict(passwordTrouble(control, password, { userName, oldPassword }));
    counts.set(wanted, (counts.get(wanted) ?? 0) + 1);
    // Its list of words is longer than ours, and both know texts that are words and sequences.
    const isWord =
      [wanted, found].every((word) => ['dictionary', 'sequence'].includes(word)) || wanted === 'dictionary';
    if (!isWord) assert.equal(found, wanted, JSON.stringify([password, oldPassword, userName, theirs[i]]));
  }
  for (const word of ['good', 'too short', 'different characters', 'old one', 'personal', 'sequence']) {
    assert.ok((counts.get(word) ?? 0) > 5, `${word}: ${counts.get(word) ?? 0} cases`);
  }
});
