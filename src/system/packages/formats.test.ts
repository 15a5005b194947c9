// Tests of the formats of packages: versions, XML, descriptors and ar archives, read again and held against other programs.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { makeKey, makeVib } from '../boot/testing.ts';
import { readAr, writeAr } from './ar.ts';
import { type Descriptor, DescriptorProblem, formatDescriptor, parseDescriptor } from './descriptor.ts';
import { readPayload } from './payload.ts';
import { compareVersions, isVersion } from './version.ts';
import { buildVib, readVib } from './vib.ts';
import { formatXml, parseXml, XmlProblem } from './xml.ts';

test('compareVersions: from the oldest to the newest', () => {
  const versions = [
    '0.9',
    '1',
    '1-1',
    '1-2',
    '1-10',
    '1.a',
    '1.0',
    '1.0-1',
    '1.0.1',
    '1.2',
    '1.10',
    '2.0-0.0.1',
    '10',
  ];
  for (const [i, a] of versions.entries()) {
    assert.ok(isVersion(a), a);
    for (const [j, b] of versions.entries()) {
      assert.equal(Math.sign(compareVersions(a, b)), Math.sign(i - j), `${a} ${b}`);
    }
  }
  for (const text of ['', '1..2', '1-', '-1', 'a b', '1/2', '1-2-3'])
    assert.equal(isVersion(text), false, text);
});

const DESCRIPTOR: Descriptor = {
  ...{ name: 'net-tool', version: '1.2.3-4', vendor: 'A & B', acceptance: 'CommunitySupported' },
  ...{ summary: 'a <tool>', description: 'says "hello"\nin two lines', releaseDate: '2026-11-26T00:00:00Z' },
  depends: [{ name: 'vmkernel', relation: '>=', version: '0.1' }, { name: 'lib' }],
  ...{ conflicts: [{ name: 'x' }], replaces: [], provides: [{ name: 'y', relation: '=', version: '1' }] },
  files: ['opt/net-tool/grüße', 'etc/init.d/net-tool'],
  ...{ maintenanceMode: true, liveInstall: true, liveRemove: false },
  payloads: [{ name: 'files', sizeBytes: 12, sha256: 'ab'.repeat(32) }],
};

test('descriptor: what is written is read', () => {
  assert.deepEqual(parseDescriptor(formatDescriptor(DESCRIPTOR)), DESCRIPTOR);
});

// biome-ignore format: a table reads in columns
const WRONG: readonly (readonly [from: string, to: string, complaint: RegExp])[] = [
  ['<name>net-tool',   '<name>../x',           /"..\/x" is not a name/],
  ['1.2.3-4',          'one two',              /not a version/],
  ['community',        'best',                 /"best" is not an acceptance level/],
  ['opt/net-tool/',    'opt/../',              /is not a plain path/],
  ['<vib ',            '<!DOCTYPE vib><vib ',  /no XML/],
  ['</vib>',           '',                     /<vib> does not end/],
  ['a &lt;tool',       'a &lol;tool',          /unknown entity/],
  ['abab',             'xyab',                 /payload "files" has no name/],
];

for (const [from, to, complaint] of WRONG) {
  test(`descriptor: ${JSON.stringify(from)} as ${JSON.stringify(to)} is named`, () => {
    const text = formatDescriptor(DESCRIPTOR);
    assert.ok(text.includes(from));
    const problem = parseDescriptor(text.replace(from, to));
    assert.ok(problem instanceof DescriptorProblem);
    assert.match(problem.reason, complaint);
  });
}

test('XML: any text is a document that is written the same again, or a problem, soon', () => {
  const random = new SeededRandom(17);
  const parts = [
    '<a>',
    '</a>',
    '<b x="1">',
    '</b>',
    '<c/>',
    'text',
    '&amp;',
    '&#65;',
    '&x;',
    '<!-- - -->',
    '<',
    '>',
    '"',
    '<?x?>',
    '\0',
  ];
  let documents = 0;
  for (let i = 0; i < 30_000; i++) {
    const text = Array.from({ length: random.below(8) }, () => parts[random.below(parts.length)]).join('');
    const parsed = parseXml(text);
    if (parsed instanceof XmlProblem) continue;
    documents++;
    const again = parseXml(formatXml(parsed));
    assert.ok(!(again instanceof XmlProblem));
    assert.equal(again.name, parsed.name);
  }
  assert.ok(documents > 20);
  assert.ok(parseXml('<a>'.repeat(100_000)) instanceof XmlProblem);
  assert.ok(parseXml(`<a ${'b="1" '.repeat(50_000)}`) instanceof XmlProblem);
});

test('ar: what is written is read, here and by the machine', () => {
  const members = [
    { name: 'descriptor.xml', data: new TextEncoder().encode('odd') },
    { name: 'payload', data: new Uint8Array(1000).fill(7) },
    { name: 'empty', data: new Uint8Array() },
  ];
  const bytes = writeAr(members);
  assert.deepEqual(readAr(bytes), members);
  const folder = mkdtempSync(join(tmpdir(), 'vmkernel-ar-'));
  try {
    writeFileSync(join(folder, 'a'), bytes);
    const { stdout, error } = spawnSync('ar', ['t', join(folder, 'a')], { encoding: 'utf8' });
    if (error === undefined) assert.equal(stdout, 'descriptor.xml\npayload\nempty\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('ar and packages: damaged bytes never throw', () => {
  const whole = makeVib('tool', '1.0', makeKey());
  const random = new SeededRandom(23);
  for (let i = 0; i < 3000; i++) {
    const damaged = whole.slice(0, random.below(3) === 0 ? random.below(whole.length) : whole.length);
    for (let n = random.below(5); n >= 0 && damaged.length > 0; n--) {
      damaged[random.below(damaged.length)] = random.below(256);
    }
    const vib = readVib(damaged);
    assert.ok(typeof vib === 'string' || vib.descriptor.name === 'tool');
  }
  assert.match(readPayload('x', new Uint8Array(10)) as string, /payload "x": incorrect header/);
});

test('buildVib: files where no package may put any are refused', () => {
  const entry = {
    kind: 'file',
    mode: 0o644,
    uid: 0,
    gid: 0,
    mtimeSeconds: 0,
    data: new Uint8Array(),
  } as const;
  const build = (path: string) =>
    buildVib({ descriptor: DESCRIPTOR, payloadName: 'files', entries: [{ ...entry, path }] });
  assert.ok(build('opt/x') instanceof Uint8Array);
  assert.deepEqual(build('opt/x'), build('opt/x'));
  for (const path of ['vmfs/volumes/x', 'tmp/x', '../x', 'var/log/x', 'a//b', 'x'.repeat(300)]) {
    assert.equal(typeof build(path), 'string', path);
  }
});
