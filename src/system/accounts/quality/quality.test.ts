// Which passwords are taken, and what is said of those that are not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_QUALITY, parseQuality, passwordTrouble } from './quality.ts';
import { DISABLED } from './strength.ts';

const CONTROL = parseQuality(DEFAULT_QUALITY);

// biome-ignore format: a table reads in columns
const PASSWORDS: readonly (readonly [password: string, trouble: RegExp | undefined, why: string])[] = [
  ['xQaTEhb!',          undefined,           'three classes, as ESXi\'s manual has it'],
  ['xQaT3#A',           undefined,           'four classes'],
  ['Xqat3hi',           /different characters or classes/, 'the capital at the start does not count'],
  ['xQaTEh2',           /different characters or classes/, 'the digit at the end does not count'],
  ['xQaT3',             /too short/,         'five characters'],
  ['qtyhbnuiklwe',      /different characters or classes/, 'one class'],
  ['aB1aB1aB1',         /different characters or classes/, 'three different characters'],
  ['x'.repeat(20) + 'Y1-'.repeat(7), /too long.*at most 40/, '41 characters'],
  ['rOot-1-a',          /personal login/,    'the name of the user'],
  ['x4Toor',            /too short/,         'short'],
  ['xQ3#dmin',          /personal login/,    'part of the description'],
  ['xQ3#dminzK%w',      undefined,           'strong without that part'],
  ['pAssw0rd-',         /dictionary word/,   'a word with a digit for a letter'],
  ['1qaZ2wsX-',         /common sequence/,   'a walk on the keyboard'],
  ['zK-1985x',          undefined,           'a year, but enough without it'],
  ['K-1985x',           /common sequence/,   'a year, and too little without it'],
  ['Größe-Öl7x',        undefined,           'letters beyond ASCII'],
  ['',                  /too short/,         'nothing'],
];

for (const [password, trouble, why] of PASSWORDS) {
  test(`passwordTrouble: "${password}": ${why}`, () => {
    const found = passwordTrouble(CONTROL, password, { userName: 'root', description: 'Administrator' });
    if (trouble === undefined) assert.equal(found, undefined);
    else assert.match(found ?? 'good', trouble);
  });
}

test('passwordTrouble: the old password, and what is built on it', () => {
  const old = { userName: 'bob', oldPassword: 'kW9-mTzup' };
  assert.match(passwordTrouble(CONTROL, 'kW9-mTzup', old) ?? '', /the same as the old one/);
  assert.match(passwordTrouble(CONTROL, 'kW9-mTzux', old) ?? '', /based on the old one/);
  assert.match(passwordTrouble(CONTROL, 'puzTm-9Wk', old) ?? '', /based on the old one/);
  assert.equal(
    passwordTrouble(parseQuality(`${DEFAULT_QUALITY} similar=permit`), 'kW9-mTzux', old),
    undefined,
  );
});

test('passwordTrouble: says what a good one is', () => {
  const control = parseQuality('min=disabled,24,11,8,7 passphrase=3');
  assert.equal(
    passwordTrouble(control, 'abc', { userName: 'x' }),
    'Weak password: too short. Use at least 24 characters of two classes, or 11 in 3 words, or 8 characters of three classes, or 7 characters of four classes: lower case, upper case, digits, others; an upper case letter at the start and a digit at the end do not count.',
  );
  assert.equal(passwordTrouble(control, 'lofty gnome vexes', { userName: 'x' }), undefined);
});

test('parseQuality: what it means, and what is wrong with it', () => {
  assert.deepEqual(CONTROL.min, [DISABLED, DISABLED, DISABLED, 7, 7]);
  assert.equal(parseQuality('retry=5').retry, 5);
  // biome-ignore format: a table reads in columns
  for (const [text, message] of [
    ['min=1,2,3',          /"min=1,2,3": it has 3 lengths, not 5/],
    ['min=7,8,9,10,11',    /larger than the one before it/],
    ['min=a,b,c,d,e',      /"a" is not in 0 … 511/],
    ['similar=maybe',      /neither permit nor deny/],
    ['foo=1',              /"foo=1": there is no such setting/],
    ['retry',              /"retry": there is no such setting/],
  ] as const) {
    assert.throws(() => parseQuality(text), message);
  }
});
