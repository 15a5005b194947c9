// Tests of "vmk disk": each command on real files, and what is refused.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { DISK_COMMANDS } from './disk.ts';
import { slowProgress } from './disk-progress.ts';
import { ownConnect, runGroup } from './group.ts';

const folder = mkdtempSync(join(tmpdir(), 'vmkernel-disk-'));
after(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);

async function vmk(...words: string[]): Promise<{ output: string; status: number }> {
  let output = '';
  const stdout = { write: (text: string) => (output += text) };
  const process = { stdout, stderr: stdout } as never;
  const status = await runGroup('disk', DISK_COMMANDS, words, { process, connect: ownConnect });
  return { output, status };
}

test('disk create, info, grow, check, remove', async () => {
  await vmk('create', at('a.vmdk'), '1M', '--format', 'zeroedthick');
  await vmk('grow', at('a.vmdk'), '3M');
  const { output } = await vmk('info', at('a.vmdk'));
  assert.match(output, /^format +zeroedthick$/m);
  assert.match(output, /^sizeBytes +3145728 \(3 MiB\)$/m);
  assert.match(output, /^usedBytes +3145728 /m);
  assert.deepEqual(await vmk('check', at('a.vmdk')), { output: 'No errors, 0 grains.\n', status: 0 });
  await assert.rejects(vmk('grow', at('a.vmdk'), '1M'), /do not become smaller/);
  await assert.rejects(vmk('create', at('a.vmdk'), '1M'), /Cannot make disk|EEXIST/);
  await vmk('remove', at('a.vmdk'));
  assert.equal(existsSync(at('a.vmdk')) || existsSync(at('a-flat.vmdk')), false);
});

test('disk convert, delta, merge: content goes through every format and back', async () => {
  const content = Buffer.alloc(2 ** 20);
  content.write('at the beginning', 0);
  content.write('at the end', content.length - 512);
  writeFileSync(at('in.raw'), content);
  await vmk('convert', at('in.raw'), at('b.vmdk'), '--format', 'monosparse');
  await vmk('delta', at('b.vmdk'), at('b-000001.vmdk'));
  const info = JSON.parse((await vmk('info', at('b-000001.vmdk'), '--json')).output);
  assert.deepEqual(
    info.map((link: { format: string }) => link.format),
    ['delta', 'monolithicSparse'],
  );
  await vmk('merge', at('b-000001.vmdk'));
  await vmk('clone', at('b.vmdk'), at('c.vmdk'), '--format', 'streamOptimized');
  await vmk('clone', at('c.vmdk'), at('out.raw'), '--format', 'raw');
  assert.ok(readFileSync(at('out.raw')).equals(content));
  assert.ok(statSync(at('c.vmdk')).size < 2 ** 18);
});

test('disk: paths on a datastore of the host, and words that mean nothing', async () => {
  mkdirSync(at('home/volumes/datastore1'), { recursive: true });
  await vmk('create', '[datastore1] d.vmdk', '1M', '--home', at('home'));
  assert.ok(existsSync(at('home/volumes/datastore1/d.vmdk')));
  await assert.rejects(vmk('info', '[none] d.vmdk', '--home', at('home')), /there is no datastore "none"/);
  await assert.rejects(vmk('create', at('e.vmdk'), 'large'), /"large" is no size of a disk/);
  await assert.rejects(vmk('create', at('e.vmdk'), '1M', '--format', 'fat'), /it is none of thin/);
  await assert.rejects(vmk('info', at('none.vmdk')), /there is no such file/);
});

test('slowProgress: says nothing of what is quick', () => {
  let [now, said] = [0, ''];
  const progress = slowProgress({ write: (text) => (said += text) }, 'copying', () => now);
  now = 900;
  progress.at(0.5);
  assert.equal(said, '');
  now = 1100;
  progress.at(0.6);
  progress.at(0.7);
  assert.equal(said, '\rvmk: copying: 60 %');
  progress.end();
  assert.equal(said, '\rvmk: copying: 60 %\rvmk: copying: 100 %\n');
});
