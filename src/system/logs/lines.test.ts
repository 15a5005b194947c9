// What becomes of a record: its logger, its line in a file, and that nothing in a message can make a second line.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type LogLevel, SeededRandom } from '#lib';
import { entryOf, fileLine, loggerRow } from './entry.ts';
import { cutBytes, oneLine } from './escape.ts';
import { LOGGERS, type LoggerRow, loggerFor } from './loggers.ts';

const WALL = 1_795_653_421_123_000_000n;

function line(level: LogLevel, source: string, message: string): string {
  const row = loggerRow(loggerFor(source)) as LoggerRow;
  return fileLine(entryOf({ level, source, message, wallNanoseconds: WALL }, row, { processId: 42 }));
}

// biome-ignore format: a table reads in columns
const LINES: readonly (readonly [level: LogLevel, source: string, message: string, line: string])[] = [
  ['info',    'vmkernel',       'Boot.',         '2026-11-26T00:37:01.123Z In(182) vmkernel: cpu0:0)Boot.\n'],
  ['info',    'vm-1.uart',      'reset',         '2026-11-26T00:37:01.123Z In(182) vmkernel: cpu0:0)uart: reset\n'],
  ['warning', 'vmkernel.mem',   'low',           '2026-11-26T00:37:01.123Z Wa(180) vmkwarning: cpu0:0)WARNING: mem: low\n'],
  ['error',   'hostd',          'no',            '2026-11-26T00:37:01.123Z Er(163) Hostd[42]: [sub=Default] no\n'],
  ['info',    'http.folder',    'GET',           '2026-11-26T00:37:01.123Z In(166) Hostd[42]: [sub=folder] GET\n'],
  ['info',    'sshd',           'Accepted',      '2026-11-26T00:37:01.123Z In(38) sshd[42]: Accepted\n'],
  ['info',    'shell',          '[root]: ls',    '2026-11-26T00:37:01.123Z In(14) shell[42]: [root]: ls\n'],
  ['info',    'vobd',           'x',             '2026-11-26T00:37:01.123Z In(14) vobd[42]: [GenericCorrelator] x\n'],
  ['debug',   'unheard-of',     'x',             '2026-11-26T00:37:01.123Z Db(47) unheard-of[42]: x\n'],
  ['info',    'bootstop',       'Host has booted', '2026-11-26T00:37:01.123Z In(14) bootstop: Host has booted\n'],
  ['info',    'esxupdate',      'a\nb\x1b[31m',  '2026-11-26T00:37:01.123Z In(14) esxupdate[42]: a\\nb\\x1b[31m\n'],
];

for (const [level, source, message, expected] of LINES) {
  test(`fileLine: ${level} of ${source}`, () => assert.equal(line(level, source, message), expected));
}

test('oneLine: whatever is in a message, it stays one line of printable text', () => {
  const random = new SeededRandom(6);
  for (let round = 0; round < 2000; round++) {
    const units = Array.from({ length: random.below(40) }, () =>
      random.below(4) === 0 ? random.below(0x10000) : random.below(0x30),
    );
    const text = oneLine(String.fromCharCode(...units));
    assert.doesNotMatch(text, /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u, `round ${round}`);
    assert.ok(text.isWellFormed());
  }
  assert.equal(oneLine('a\u2028b\u202ec\x85'), 'a\\u2028b\\u202ec\\x85');
  assert.equal(oneLine('Grüße 🙂'), 'Grüße 🙂');
});

test('cutBytes: never more bytes, never half a character', () => {
  for (let bytes = 0; bytes < 12; bytes++) {
    const cut = cutBytes('aé🙂b', bytes);
    assert.ok(Buffer.byteLength(cut) <= bytes);
    assert.ok('aé🙂b'.startsWith(cut));
  }
});

test('a message of a megabyte is cut and says how long it was', () => {
  const text = line('info', 'hostd', 'x'.repeat(1_000_000));
  assert.ok(text.length < 17_000);
  assert.match(text, /… \(1000014 characters\)\n$/);
});

test('LOGGERS: no id and no file twice, and every source has a logger', () => {
  assert.equal(new Set(LOGGERS.map(({ file }) => file)).size, LOGGERS.length);
  for (const source of ['', '.', '7', 'constructor', 'vm', 'VM.x', 'net.port'])
    assert.ok(loggerRow(loggerFor(source)), source);
});
