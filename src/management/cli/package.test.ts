// Tests of "vmk package": a package from a folder, signed, the same each time; what is wrong is named.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { HostError } from '#lib';
import { parseServiceDescriptor, readBundle, readVib } from '#system';
import { ownConnect, runGroup } from './group.ts';
import { PACKAGE_COMMANDS } from './package.ts';
import { readPackageFile } from './package-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'vmkernel-package-'));
after(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);
mkdirSync(at('tree/usr/lib/vmware/services'), { recursive: true });
mkdirSync(at('tree/opt/web'), { recursive: true });
writeFileSync(at('tree/opt/web/index.html'), 'hello', { mode: 0o640 });
symlinkSync('index.html', at('tree/opt/web/link'));
writeFileSync(at('tree/usr/lib/vmware/services/web.json'), '{}');
const DESCRIPTOR = {
  name: 'web',
  version: '1.0-1',
  vendor: 'Us',
  liveInstall: true,
  depends: ['vmkernel >= 0.1'],
};
writeFileSync(at('web.json'), JSON.stringify(DESCRIPTOR));

async function vmk(...words: string[]): Promise<string> {
  let output = '';
  const stdout = { write: (text: string) => (output += text) };
  const process = { stdout, stderr: stdout } as never;
  assert.equal(await runGroup('package', PACKAGE_COMMANDS, words, { process, connect: ownConnect }), 0);
  return output;
}

test('package build --help: its example is a package', async () => {
  const help = await vmk('build', '--help');
  const [descriptor = '', service = ''] = [...help.matchAll(/^ +(\{.*\})$/gm)].map(([, json]) => json ?? '');
  assert.equal(readPackageFile('web.json', descriptor).name, 'web');
  const folder = 'example/usr/lib/vmware/services';
  mkdirSync(at(folder), { recursive: true });
  writeFileSync(at(`${folder}/web.json`), service);
  writeFileSync(at('example.json'), descriptor);
  await vmk('build', at('example'), at('example.json'), '--output', at('example.vib'));
  assert.match(await vmk('show', at('example.vib')), /web 1\.0-1, by Us/);
  const parsed = parseServiceDescriptor(service);
  assert.equal(parsed.kind, 'descriptor', service);
});

test('package build: makes the same signed package of a folder each time', async () => {
  const line = await vmk('key', at('key.pem'), '--name', 'ours', '--level', 'PartnerSupported');
  assert.match(line, /^PartnerSupported [A-Za-z0-9+/=]+ ours\n$/);
  const build = (output: string) =>
    vmk('build', at('tree'), at('web.json'), '--key', at('key.pem'), '--output', at(output));
  assert.match(await build('a.vib'), /a\.vib: \d+ bytes\n$/);
  await build('b.vib');
  assert.deepEqual(readFileSync(at('a.vib')), readFileSync(at('b.vib')));
  const vib = readVib(readFileSync(at('a.vib')));
  assert.ok(typeof vib !== 'string');
  assert.deepEqual(vib.descriptor.files, [
    'opt/web/index.html',
    'opt/web/link',
    'usr/lib/vmware/services/web.json',
  ]);
  assert.deepEqual(vib.descriptor.depends, [{ name: 'vmkernel', relation: '>=', version: '0.1' }]);
  assert.match(await vmk('show', at('a.vib')), /^web 1.0-1, by Us\nCommunitySupported, signed\n\/opt\/web/);
  await vmk('bundle', 'standard', at('a.vib'), '--output', at('standard.tgz'));
  const bundle = readBundle(readFileSync(at('standard.tgz')));
  assert.ok(typeof bundle !== 'string');
  assert.deepEqual(
    bundle.packages.map(({ name }) => name),
    ['vibs/Us_bootbank_web_1.0-1.vib'],
  );
});

// biome-ignore format: a table reads in columns
const WRONG: readonly (readonly [change: object | string, complaint: RegExp])[] = [
  ['{',                         /is no JSON/],
  ['[]',                        /is no JSON object/],
  [{ name: undefined },         /does not say "name"/],
  [{ vendor: 7 },               /"vendor" must be a text/],
  [{ acceptance: 'best' },      /"acceptance" must be an acceptance level/],
  [{ depends: ['a b c'] },      /"depends" must be a list of texts such as/],
  [{ colour: 'red' },           /there is no field "colour"/],
  [{ version: 'one two' },      /Cannot use package "web": "one two" is not a version/],
];

for (const [change, complaint] of WRONG) {
  test(`package build: ${JSON.stringify(change)} in the descriptor is named`, async () => {
    const text = typeof change === 'string' ? change : JSON.stringify({ ...DESCRIPTOR, ...change });
    writeFileSync(at('wrong.json'), text);
    await assert.rejects(vmk('build', at('tree'), at('wrong.json')), (error: HostError) => {
      assert.ok(error instanceof HostError);
      assert.match(error.message, complaint);
      return true;
    });
  });
}

test('package: files that are not there, and keys that are none, are named', async () => {
  await assert.rejects(
    vmk('build', at('none'), at('web.json')),
    /Cannot open folder ".*none": there is no such file/,
  );
  await assert.rejects(vmk('build', at('tree'), at('none')), /Cannot open descriptor/);
  await assert.rejects(
    vmk('build', at('tree'), at('web.json'), '--key', at('web.json')),
    /no Ed25519 private key/,
  );
  await assert.rejects(vmk('key', at('web.json')), /Cannot write key .*EEXIST/);
  await assert.rejects(vmk('show', at('web.json')), /it is no ar archive/);
});
