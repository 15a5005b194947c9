// Advanced options: the table, what is refused and how it is said, what is kept in the file, and VIM's view.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { testParts, thrown } from '../testing.ts';
import { AdvancedOptions, OPTIONS_PATH, type OptionChange } from './advanced-options.ts';
import { OPTIONS } from './all-options.ts';
import { complaint, fromText } from './option.ts';
import { fromVim, vimOptionDef } from './vim-option.ts';

test('OPTIONS: no key twice, every default is allowed, names as ESXi writes them', () => {
  assert.equal(new Set(OPTIONS.map(({ key }) => key.toLowerCase())).size, OPTIONS.length);
  for (const row of OPTIONS) {
    assert.equal(complaint(row, row.default), undefined, row.key);
    assert.match(row.key, /^[A-Z][A-Za-z0-9]*(\.[A-Za-z][A-Za-z0-9]*)+$/);
    assert.notEqual(row.help, '');
  }
});

test('set: a value is checked, kept, told, and only what differs from its default is in the file', () => {
  const parts = testParts();
  const options = new AdvancedOptions(parts);
  const changes: OptionChange[] = [];
  const stop = options.onChange((change) => changes.push(change));
  options.set('Mem.MemZipMaxAllocPct', 10);
  options.set('mem.sharescanghz', 32);
  options.set('Syslog.global.logDirUnique', true);
  options.set('Annotations.WelcomeMessage', 'line\n"two" = é');
  assert.equal(
    parts.texts.get(OPTIONS_PATH),
    '# Advanced options that differ from their defaults.\nAnnotations.WelcomeMessage = "line\\n\\"two\\" = é"\nMem.MemZipMaxAllocPct = 10\nMem.ShareScanGHz = 32\nSyslog.global.logDirUnique = true\n',
  );
  assert.deepEqual(changes[1], { key: 'Mem.ShareScanGHz', value: 32, before: 4 });
  const again = new AdvancedOptions(testParts(parts.texts));
  assert.equal(again.text('Annotations.WelcomeMessage'), 'line\n"two" = é');
  assert.equal(again.flag('Syslog.global.logDirUnique'), true);
  stop();
  options.reset('Mem.MemZipMaxAllocPct');
  options.set('Mem.ShareScanGHz', 4);
  assert.equal(changes.length, 4);
  assert.doesNotMatch(parts.texts.get(OPTIONS_PATH) as string, /Mem/);
  assert.equal(options.isDefault('Mem.MemZipMaxAllocPct'), true);
});

// biome-ignore format: a table reads in columns
const REFUSED: readonly (readonly [key: string, value: unknown, message: string])[] = [
  ['Mem.MemZipMaxAllocPct',            4,          'Cannot set Mem.MemZipMaxAllocPct to 4: it is an integer in 5 … 100'],
  ['Mem.MemZipMaxAllocPct',            5.5,       'Cannot set Mem.MemZipMaxAllocPct to 5.5: it is an integer in 5 … 100'],
  ['Mem.MemZipMaxAllocPct',            '10',       'Cannot set Mem.MemZipMaxAllocPct to "10": it is an integer in 5 … 100'],
  ['Mem.MemZipMaxAllocPct',            Number.NaN, 'Cannot set Mem.MemZipMaxAllocPct to null: it is an integer in 5 … 100'],
  ['Syslog.global.logDirUnique',   1,          'Cannot set Syslog.global.logDirUnique to 1: it is true or false'],
  ['Syslog.global.logLevel',       'loud',     'Cannot set Syslog.global.logLevel to "loud": it is one of debug, info, warning, error'],
  ['Syslog.global.logHost',        'ftp://h',  'Cannot set Syslog.global.logHost to "ftp://h": "ftp" is none of udp, tcp, ssl'],
  ['Syslog.global.logDir',         'logs',     'Cannot set Syslog.global.logDir to "logs": it is [datastore] folder, or a path from /'],
  ['Syslog.global.logDir',         '[ds] ../x', 'Cannot set Syslog.global.logDir to "[ds] ../x": a name in it cannot be used'],
  ['DCUI.Access',                  'root,a b', 'Cannot set DCUI.Access to "root,a b": "a b" is not a name of a user'],
  ['Security.PasswordQualityControl', 'retry=3', 'Cannot set Security.PasswordQualityControl to "retry=3": min=N0,N1,N2,N3,N4 is missing'],
  ['Security.PasswordQualityControl', 'min=1,2', 'Cannot set Security.PasswordQualityControl to "min=1,2": "min=1,2" is no option of pam_passwdqc'],
  ['Annotations.WelcomeMessage',   '\0',       'Cannot set Annotations.WelcomeMessage to "\\u0000": it is a text without NUL'],
  ['Mem.NoSuch',                   1,          'There is no option "Mem.NoSuch"'],
  ['__proto__',                    1,          'There is no option "__proto__"'],
];

for (const [key, value, message] of REFUSED) {
  test(`set: ${message.slice(0, 70)}`, () => {
    const parts = testParts();
    assert.equal(
      thrown(() => new AdvancedOptions(parts).set(key, value)),
      message,
    );
    assert.equal(parts.texts.size, 0);
  });
}

test('setAll: one wrong value, and none of them counts', () => {
  const parts = testParts();
  const options = new AdvancedOptions(parts);
  assert.notEqual(
    thrown(() =>
      options.setAll([
        ['Mem.IdleTax', 1],
        ['Mem.CtlMaxPercent', 100],
      ]),
    ),
    undefined,
  );
  assert.equal(options.integer('Mem.IdleTax'), 75);
  assert.equal(parts.texts.size, 0);
});

test('set: when the file cannot be written nothing has changed and nobody is told', () => {
  const { logger } = testParts();
  const files = {
    read: () => undefined,
    replace: () => {
      throw new Error('full');
    },
  };
  const options = new AdvancedOptions({ files, logger });
  options.onChange(() => assert.fail());
  assert.equal(
    thrown(() => options.set('Mem.IdleTax', 1)),
    'full',
  );
  assert.equal(options.integer('Mem.IdleTax'), 75);
});

test('load: lines that cannot be used are said with their number and left out', () => {
  const text =
    'Mem.IdleTax = 5\nMem.Nothing = 1\nMem.CtlMaxPercent = 1000\nNFS.MaxVolumes = {\nnonsense\n\nNFS.SyncRetries = 7\n';
  const parts = testParts(new Map([[OPTIONS_PATH, text]]));
  const options = new AdvancedOptions(parts);
  assert.deepEqual(
    [
      options.integer('Mem.IdleTax'),
      options.integer('NFS.SyncRetries'),
      options.integer('Mem.CtlMaxPercent'),
    ],
    [5, 7, 65],
  );
  assert.deepEqual(
    parts.said.map((line) => /line (\d)/.exec(line)?.[1]),
    ['2', '3', '4', '5'],
  );
});

test('load and set: no text and no value break it', () => {
  const random = new SeededRandom(71);
  for (let round = 0; round < 3000; round++) {
    const text = Array.from({ length: random.below(60) }, () =>
      String.fromCharCode(random.below(2) === 0 ? random.below(128) : random.below(0x10000)),
    ).join('');
    const options = new AdvancedOptions(
      testParts(new Map([[OPTIONS_PATH, `Mem.IdleTax = ${text}\n${text}`]])),
    );
    const row = options.rows[random.below(options.rows.length)];
    if (row !== undefined) thrown(() => options.setText(row.key, text));
    for (const { key } of options.rows)
      assert.equal(complaint(options.row(key), options.get(key)), undefined, JSON.stringify(text));
  }
});

test('fromText: what people type', () => {
  const row = (key: string) => new AdvancedOptions(testParts()).row(key);
  assert.equal(fromText(row('Syslog.global.logDirUnique'), 'YES'), true);
  assert.equal(fromText(row('Mem.IdleTax'), '07'), 7);
  assert.equal(fromText(row('Mem.IdleTax'), '1e3'), '1e3');
  assert.equal(fromText(row('Syslog.global.logDirUnique'), 'constructor'), 'constructor');
});

test('vimOptionDef: each type as VIM describes it', () => {
  const options = new AdvancedOptions(testParts());
  const optionType = (key: string) => vimOptionDef(options.row(key)).optionType;
  assert.deepEqual(optionType('Mem.IdleTax'), {
    type: 'LongOption',
    min: 0,
    max: 99,
    defaultValue: 75,
    valueIsReadonly: false,
  });
  assert.deepEqual(optionType('Syslog.global.logDirUnique'), {
    type: 'BoolOption',
    supported: true,
    defaultValue: false,
    valueIsReadonly: false,
  });
  assert.equal(optionType('Syslog.global.logHost').type, 'StringOption');
  const level = optionType('Syslog.global.logLevel');
  assert.ok(level.type === 'ChoiceOption' && level.choiceInfo[level.defaultIndex]?.key === 'error');
  assert.equal(fromVim(options.row('Mem.IdleTax'), 5n), 5);
  assert.equal(fromVim(options.row('Mem.IdleTax'), ''), undefined);
  assert.equal(fromVim(options.row('Syslog.global.logDirUnique'), 'true'), true);
});
