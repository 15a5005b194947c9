// SHA-crypt against the vectors of its specification, and the rules of its settings.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseShaSetting, shaCrypt } from './sha-crypt.ts';

const crypt = (password: string, setting: string): string => {
  const parsed = parseShaSetting(setting);
  assert.ok(parsed, setting);
  const work = shaCrypt(new TextEncoder().encode(password), parsed, 1000);
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
};

// biome-ignore format: a table reads in columns
const VECTORS: readonly (readonly [setting: string, password: string, hash: string])[] = [
  ['$5$saltstring', 'Hello world!', '$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5'],
  ['$5$rounds=10000$saltstringsaltstring', 'Hello world!', '$5$rounds=10000$saltstringsaltst$3xv.VbSHBb41AL9AvLeujZkZRBAwqFMz2.opqey6IcA'],
  ['$5$rounds=77777$short', 'we have a short salt string but not a short password', '$5$rounds=77777$short$JiO1O3ZpDAxGJeaDIuqCoEFysAe1mZNJRs3pw0KQRd/'],
  ['$5$rounds=123456$asaltof16chars..', 'a short string', '$5$rounds=123456$asaltof16chars..$gP3VQ/6X7UUEW3HkBn2w1/Ptq2jxPyzV/cZKmF/wJvD'],
  ['$5$rounds=10$roundstoolow', 'the minimum number is still observed', '$5$rounds=1000$roundstoolow$yfvwcWrQ8l/K0DAWyuPMDNHpIVlTQebY9l/gL972bIC'],
  ['$6$saltstring', 'Hello world!', '$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1'],
  ['$6$rounds=10000$saltstringsaltstring', 'Hello world!', '$6$rounds=10000$saltstringsaltst$OW1/O6BYHV6BcXZu8QVeXbDWra3Oeqh0sbHbbMCVNSnCM/UrjmM0Dp8vOuZeHBy/YTBmSK6H9qs/y3RnOaw5v.'],
  ['$6$rounds=1400$anotherlongsaltstring', 'a very much longer text to encrypt.  This one even stretches over morethan one line.', '$6$rounds=1400$anotherlongsalts$POfYwTEok97VWcjxIiSOjiykti.o/pQs.wPvMxQ6Fm7I6IoYN3CmLs66x9t0oSwbtEW7o7UmJEiDwGqd8p4ur1'],
  ['$6$rounds=77777$short', 'we have a short salt string but not a short password', '$6$rounds=77777$short$WuQyW2YR.hBNpjjRhpYD/ifIw05xdfeEyQoMxIXbkvr0gge1a1x3yRULJ5CCaUeOxFmtlcGZelFl5CxtgfiAc0'],
];

for (const [setting, password, hash] of VECTORS) {
  test(`shaCrypt: ${setting}, as the specification prints it`, () =>
    assert.equal(crypt(password, setting), hash));
}

// biome-ignore format: a table reads in columns
const SETTINGS: readonly (readonly [text: string, parsed: object | undefined])[] = [
  ['$6$salt',                      { id: 6, rounds: 5000, explicit: false, salt: 'salt' }],
  ['$6$salt$hash',                 { id: 6, rounds: 5000, explicit: false, salt: 'salt' }],
  ['$5$rounds=77777$short',        { id: 5, rounds: 77777, explicit: true, salt: 'short' }],
  ['$5$rounds=10$s',               { id: 5, rounds: 1000, explicit: true, salt: 's' }],
  ['$6$rounds=999999999$s$h',      { id: 6, rounds: 999_999_999, explicit: true, salt: 's' }],
  ['$6$abcdefghijklmnopqrst',      { id: 6, rounds: 5000, explicit: false, salt: 'abcdefghijklmnop' }],
  ['$6$',                          { id: 6, rounds: 5000, explicit: false, salt: '' }],
  ['$6$rounds=x$salt',             undefined],
  ['$6$rounds=9999999999$s',       undefined],
  ['$7$salt',                      undefined],
  ['$6$a:b',                       undefined],
  ['',                             undefined],
];

for (const [text, parsed] of SETTINGS) {
  test(`parseShaSetting: "${text}"`, () => assert.deepEqual(parseShaSetting(text), parsed));
}

test('shaCrypt: yields after each so many rounds', () => {
  const setting = parseShaSetting('$6$rounds=3500$s');
  assert.ok(setting);
  const steps = [...shaCrypt(new Uint8Array(3), setting, 1000)];
  assert.equal(steps.length, 3);
});
