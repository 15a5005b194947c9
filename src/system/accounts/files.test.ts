// The account files: read, written, kept to the byte where nothing changed, and fed with rubbish.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { AccountDatabase } from './database.ts';
import type { FileProblem } from './files.ts';
import { GROUP_FORMAT } from './group.ts';
import { HISTORY_FORMAT } from './history.ts';
import { LineFile, type LineFormat } from './line-file.ts';
import { PASSWD_FORMAT } from './passwd.ts';
import { SHADOW_FORMAT, shadowState } from './shadow.ts';
import { MemoryFiles } from './testing.ts';

const PASSWD = `# by hand
root:x:0:0:Administrator:/:/bin/sh
+::::::

bob:x:1000:100:Bob, the builder:/home/bob:/bin/sh
too:few:fields
bob:x:1001:100:Another:/:/bin/sh
eve:x:no:100::/:/bin/sh
`;

test('passwd: what cannot be read is kept and reported, changes touch one line only', () => {
  const file = LineFile.parse('/etc/passwd', PASSWD, PASSWD_FORMAT);
  assert.deepEqual(
    file.entries.map(({ name, uid }) => `${name} ${uid}`),
    ['root 0', 'bob 1000'],
  );
  assert.deepEqual(
    file.problems.map(({ line, reason }) => `${line} ${reason}`),
    [
      '3 "" is no user number',
      '6 it has 3 fields, not 7',
      '7 "bob" is there twice',
      '8 "no" is no user number',
    ],
  );
  assert.equal(file.print(), PASSWD);
  const bob = file.find('bob');
  assert.ok(bob);
  assert.equal(file.with({ ...bob, gecos: 'B' }).print(), PASSWD.replace('Bob, the builder', 'B'));
  const carol = { name: 'carol', uid: 7, gid: 7, gecos: '', home: '/', shell: '/sbin/nologin' };
  assert.equal(file.with(carol).print(), `${PASSWD}carol:x:7:7::/:/sbin/nologin\n`);
  assert.equal(file.without('bob').print(), PASSWD.replace(/bob:x:1000.*\n/, ''));
});

test('group: members are a list', () => {
  const file = LineFile.parse('/etc/group', 'ops:x:200:bob, eve,\nempty:x:201:', GROUP_FORMAT);
  assert.deepEqual(file.find('ops'), { name: 'ops', gid: 200, members: ['bob', 'eve'] });
  assert.deepEqual(file.find('empty')?.members, []);
  assert.equal(file.print(), 'ops:x:200:bob, eve,\nempty:x:201:\n');
});

test('shadow: empty fields are no rule', () => {
  const file = LineFile.parse(
    '/etc/shadow',
    'root:$6$a$b:19000:0:90:7:14::\nbob:*:::::-1::\nx:*:a::::::',
    SHADOW_FORMAT,
  );
  assert.deepEqual(file.find('root'), {
    name: 'root',
    hash: '$6$a$b',
    lastChangeDay: 19_000,
    minDays: 0,
    maxDays: 90,
    warnDays: 7,
    inactiveDays: 14,
    expireDay: undefined,
    reserved: '',
  });
  assert.equal(file.find('bob')?.inactiveDays, undefined);
  assert.deepEqual(file.problems, [{ path: '/etc/shadow', line: 3, reason: '"a" is no number of days' }]);
});

// biome-ignore format: a table reads in columns
const AGES: readonly (readonly [fields: object, day: number, state: string])[] = [
  [{},                                                      1000, 'valid'],
  [{ lastChangeDay: 0 },                                    1000, 'password-expired'],
  [{ lastChangeDay: 900, maxDays: 100 },                    1000, 'valid'],
  [{ lastChangeDay: 900, maxDays: 99 },                     1000, 'password-expired'],
  [{ lastChangeDay: 900, maxDays: 90, inactiveDays: 10 },   1000, 'password-expired'],
  [{ lastChangeDay: 900, maxDays: 90, inactiveDays: 9 },    1000, 'account-expired'],
  [{ expireDay: 1000 },                                     1000, 'account-expired'],
  [{ expireDay: 1001 },                                     1000, 'valid'],
  [{ maxDays: 0 },                                          1000, 'valid'],
];

for (const [fields, day, state] of AGES) {
  test(`shadowState: ${JSON.stringify(fields)} on day ${day} is ${state}`, () => {
    assert.equal(shadowState({ name: 'a', hash: '*', reserved: '', ...fields }, day), state);
  });
}

test('database: a file that was edited by hand is read again, its problems said once', () => {
  const files = new MemoryFiles();
  const problems: FileProblem[] = [];
  const database = new AccountDatabase(files, (problem) => problems.push(problem));
  assert.ok(database.isEmpty);
  files.replace('/etc/passwd', 'a:x:1:1::/:/bin/sh\nbad\n', 0o644);
  assert.equal(database.passwd.entries.length + database.passwd.entries.length, 2);
  assert.equal(problems.length, 1);
  files.replace('/etc/passwd', 'a:x:1:1::/:/bin/sh\nb:x:2:2::/:/bin/sh\n', 0o644);
  assert.equal(database.passwd.find('b')?.uid, 2);
  database.shadow = database.shadow.with({ name: 'b', hash: '*', reserved: '' });
  assert.deepEqual([files.read('/etc/shadow'), files.modes.get('/etc/shadow')], ['b:*:::::::\n', 0o600]);
});

// biome-ignore format: a table reads in columns
const FORMATS: readonly (readonly [name: string, format: LineFormat<{ name: string }>, good: string])[] = [
  ['passwd',  PASSWD_FORMAT,  'root:x:0:0:Administrator:/:/bin/sh'],
  ['group',   GROUP_FORMAT,   'ops:x:200:bob,eve'],
  ['shadow',  SHADOW_FORMAT,  'root:$6$salt$hash:19000:0:90:7:14:20000:'],
  ['opasswd', HISTORY_FORMAT, 'bob:1000:2:$6$a$b,$6$c$d'],
];

for (const [name, format, good] of FORMATS) {
  test(`${name}: any text is read without harm, printed as it was, and printed entries are read as they are`, () => {
    const random = new SeededRandom(11);
    const characters = `:,#\n x0123456789-*!$abc\u0000ÿ${good}`;
    for (let i = 0; i < 2000; i++) {
      let text = Array.from({ length: random.below(5) }, () => good).join('\n');
      for (let changes = random.below(12); changes > 0; changes--) {
        const at = random.below(text.length + 1);
        const character = characters[random.below(characters.length)] as string;
        text =
          text.slice(0, at) + (random.below(3) === 0 ? '' : character) + text.slice(at + random.below(2));
      }
      const file = LineFile.parse(name, text, format);
      assert.equal(file.print(), text === '' || text.endsWith('\n') ? text : `${text}\n`);
      for (const entry of file.entries) {
        const again = LineFile.parse(name, file.with(entry).print(), format);
        assert.deepEqual(again.find(entry.name), entry, JSON.stringify(text));
      }
    }
  });
}
