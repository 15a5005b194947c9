// What somebody sees who joins a console late: all that was said, and nothing that his terminal answers to.
import assert from 'node:assert/strict';
import { Duplex } from 'node:stream';
import { test } from 'node:test';
import { ConsoleHub } from './console-hub.ts';
import { withoutQueries } from './terminal-queries.ts';

const QUERIES = [
  ...[
    '\x05',
    '\x1bZ',
    '\x1b[6n',
    '\x1b[5n',
    '\x1b[?6n',
    '\x1b[c',
    '\x1b[0c',
    '\x1b[>c',
    '\x1b[=0c',
    '\x1b[0x',
  ],
  ...['\x1b[?2026$p', '\x1b[>0q', '\x1b[>q', '\x1b[?u', '\x1b[18t', '\x1b[14;2t'],
  ...['\x1b]11;?\x07', '\x1b]4;1;?\x1b\\', '\x1bP$qm\x1b\\', '\x1bP+q544e\x1b\\'],
];
const OTHERS = [
  ...[
    '\x1b[0;1;31mFAILED\x1b[0m',
    '\x1b[2J',
    '\x1b[45;1H',
    '\x1b[?25h',
    '\x1b[8;40;100t',
    '\x1b[!p',
    '\x1b7',
  ],
  ...[
    '\x1b]0;why?\x07',
    '\x1b]104\x07',
    '\x1b[1 q',
    'Grüße, 6n [c ?\r\n',
    '\x1b[?1049h',
    '\x1b(B',
    '\x1b[3u',
  ],
];

test('withoutQueries: what a terminal answers to is gone, all else is there', () => {
  for (const query of QUERIES)
    assert.equal(
      Buffer.from(withoutQueries(Buffer.from(`a${query}b`))).toString(),
      'ab',
      JSON.stringify(query),
    );
  const all = OTHERS.join('');
  assert.equal(Buffer.from(withoutQueries(Buffer.from(all))).toString(), all);
});

test('ConsoleHub: what was asked before somebody joined is not asked again; what is asked then is', () => {
  const hub = new ConsoleHub(() => {});
  let seen = '';
  const watcher = new Duplex({
    read() {},
    write(bytes: Buffer, _encoding, done) {
      seen += bytes.toString();
      done();
    },
  });
  hub.output(Buffer.from('before \x1b['));
  hub.output(Buffer.from('6n, '));
  hub.join(watcher);
  hub.output(Buffer.from('after \x1b[6n'));
  assert.equal(seen, 'before , after \x1b[6n');
  hub.close();
});
