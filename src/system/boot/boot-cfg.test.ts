// Tests of boot.cfg: what is written is read, what is wrong is named, whatever the text.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HostError, SeededRandom } from '#lib';
import { formatBootCfg, parseBootCfg } from './boot-cfg.ts';

const TEXT = `bootstate=0
title=Loading VMware ESXi
timeout=5
prefix=
kernel=/b.b00
kernelopt=installerDiskDumpSlotSize=2560 no-auto-partition
modules=/jumpstrt.gz --- /useropts.gz --- /state.tgz
build=8.0.0-0.0.20513097
updated=2
norts=1
`;

test('parseBootCfg: reads what ESXi writes', () => {
  const cfg = parseBootCfg(TEXT);
  assert.deepEqual(
    [cfg.bootstate, cfg.modules, cfg.updated, cfg.kernelopt, cfg.others],
    [
      0,
      ['jumpstrt.gz', 'useropts.gz', 'state.tgz'],
      2,
      'installerDiskDumpSlotSize=2560 no-auto-partition',
      [['norts', '1']],
    ],
  );
  assert.deepEqual(parseBootCfg(formatBootCfg(cfg)), cfg);
});

// biome-ignore format: a table reads in columns
const WRONG: readonly (readonly [from: string, to: string, complaint: RegExp])[] = [
  ['bootstate=0', 'bootstate=4',     /"bootstate" is "4", not a number in 0 … 3/],
  ['bootstate=0', '',                /does not say "bootstate"/],
  ['updated=2',   'updated=two',     /"updated" is "two"/],
  ['updated=2',   'updated=-1',      /"updated"/],
  ['build',       'build=1\nbuild',  /"build" twice/],
  ['timeout=5',   'timeout',         /line 3 is not key=value/],
  ['/state.tgz',  '../state.tgz',    /module "..\/state.tgz" is not a file of the bank/],
  ['/state.tgz',  'a/b',             /module "a\/b"/],
];

for (const [from, to, complaint] of WRONG) {
  test(`parseBootCfg: ${JSON.stringify(from)} as ${JSON.stringify(to)} is named`, () => {
    assert.throws(() => parseBootCfg(TEXT.replace(from, to)), complaint);
  });
}

test('parseBootCfg: any text gives a table that is written the same again, or an error', () => {
  const random = new SeededRandom(9);
  for (let i = 0; i < 5000; i++) {
    const characters = TEXT.split('');
    for (let n = random.below(8); n >= 0; n--) {
      characters[random.below(characters.length)] = String.fromCharCode(random.below(160));
    }
    try {
      const cfg = parseBootCfg(characters.join(''));
      assert.deepEqual(parseBootCfg(formatBootCfg(cfg)), cfg);
    } catch (error) {
      assert.ok(error instanceof HostError && error.code === 'boot-cfg', String(error));
    }
  }
});
