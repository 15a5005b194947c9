// Syslog.global.logHost: what is taken, what is refused, and that no text breaks it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { fullTargetText, parseLogHosts, targetText } from './target.ts';

function parse(text: string): string {
  const parsed = parseLogHosts(text);
  return parsed.kind === 'wrong' ? `wrong: ${parsed.reason}` : parsed.targets.map(fullTargetText).join(' ');
}

// biome-ignore format: a table reads in columns
const TAKEN: readonly (readonly [text: string, targets: string])[] = [
  ['',                                            ''],
  ['loghost',                                     'udp://loghost:514?formatter=RFC_3164'],
  ['udp://10.0.0.1',                              'udp://10.0.0.1:514?formatter=RFC_3164'],
  ['tcp://h',                                     'tcp://h:1514?formatter=RFC_3164&framing=non_transparent'],
  ['SSL://Log.example.com:6514',                  'ssl://Log.example.com:6514?formatter=RFC_3164&framing=non_transparent'],
  ['ssl://h?formatter=RFC_5424',                  'ssl://h:1514?formatter=RFC_5424&framing=octet_counting'],
  ['tcp://h:9?framing=octet_counting&formatter=RFC_3164', 'tcp://h:9?formatter=RFC_3164&framing=octet_counting'],
  ['tcp://[2001:db8::1]:514',                     'tcp://[2001:db8::1]:514?formatter=RFC_3164&framing=non_transparent'],
  ['udp://[::1]',                                 'udp://[::1]:514?formatter=RFC_3164'],
  ['udp://a, tcp://b:1 ,ssl://c',                 'udp://a:514?formatter=RFC_3164 tcp://b:1?formatter=RFC_3164&framing=non_transparent ssl://c:1514?formatter=RFC_3164&framing=non_transparent'],
];

// biome-ignore format: a table reads in columns
const REFUSED: readonly (readonly [text: string, reason: RegExp])[] = [
  ['http://h',                              /"http" is none of udp, tcp, ssl/],
  ['udp://',                                /"" is neither a host name/],
  ['udp://a,,udp://b',                      /nothing between two commas/],
  ['udp://a,',                              /nothing between two commas/],
  ['udp://h:0',                             /"0" is not a port in 1 … 65535/],
  ['udp://h:65536',                         /is not a port/],
  ['udp://h:5x',                            /is not a port/],
  ['udp://h:',                              /"" is not a port/],
  ['tcp://2001:db8::1:514',                 /stands in brackets/],
  ['tcp://[h]:1',                           /"h" is not an IPv6 address/],
  ['tcp://[fe80::1%eth0]',                  /is not an IPv6 address/],
  ['tcp://999.1.1.1',                       /neither a host name nor an address/],
  ['tcp://a b',                             /neither/],
  ['tcp://h/path',                          /neither/],
  ['tcp://user@h',                          /neither/],
  ['tcp://-h',                              /neither/],
  ['tcp://h?formatter=RFC_9999',            /"RFC_9999" is none of RFC_3164, RFC_5424/],
  ['tcp://h?colour=red',                    /neither formatter=… nor framing=…/],
  ['tcp://h?__proto__=1',                   /neither formatter=… nor framing=…/],
  ['tcp://h?',                              /neither formatter/],
  ['tcp://h?framing=octet_counting&framing=octet_counting', /framing stands there twice/],
  ['udp://h?framing=octet_counting',        /framing does not go with udp/],
  ['tcp://h?formatter=RFC_5424&framing=non_transparent', /RFC_5424 goes with octet_counting only/],
  ['udp://h,udp://H:514',                   /stands there twice/],
  [Array.from({ length: 17 }, (_, i) => `h${i}`).join(','), /more than 16/],
  ['x'.repeat(5000),                        /longer than 4096/],
];

for (const [text, targets] of TAKEN) test(`logHost "${text}"`, () => assert.equal(parse(text), targets));
for (const [text, reason] of REFUSED)
  test(`logHost "${text.slice(0, 60)}": refused`, () => assert.match(parse(text), reason));

test('logHost: what is written is parsed again to the same', () => {
  for (const [text] of TAKEN) {
    const parsed = parseLogHosts(text);
    assert.ok(parsed.kind === 'targets');
    assert.deepEqual(parseLogHosts(parsed.targets.map(fullTargetText).join(',')), parsed);
    assert.ok(parsed.targets.every((target) => fullTargetText(target).startsWith(targetText(target))));
  }
});

test('logHost: no text throws, and what is taken can be written and taken again', () => {
  const random = new SeededRandom(5424);
  const parts = [
    'udp://',
    'tcp://',
    'ssl://',
    '[',
    ']',
    ':',
    '::1',
    ',',
    '?',
    '&',
    '=',
    'formatter',
    'framing',
    'RFC_5424',
    'octet_counting',
    'h',
    '514',
    '.',
    '%',
    '\n',
    '\0',
    ' ',
    '99999',
    'é',
    '\ud800',
  ];
  let taken = 0;
  for (let round = 0; round < 20_000; round++) {
    const text = Array.from({ length: random.below(9) }, () => parts[random.below(parts.length)]).join('');
    const parsed = parseLogHosts(text);
    if (parsed.kind === 'wrong') {
      assert.notEqual(parsed.reason, '');
      continue;
    }
    taken++;
    assert.deepEqual(
      parseLogHosts(parsed.targets.map(fullTargetText).join(',')),
      parsed,
      JSON.stringify(text),
    );
  }
  assert.ok(taken > 100, `${taken} were taken`);
});
