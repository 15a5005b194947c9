// Log files: put away by size, counted when the place is full, and the same in memory, in the VFS and on the machine.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { Ramdisks } from '#kernel';
import { ManualClock } from '#lib';
import { gzipCompress } from './compress.ts';
import type { LogFolder } from './log-folder.ts';
import { machineLogFolder } from './machine-log-folder.ts';
import { RotatingFile } from './rotating-file.ts';
import { MemoryFolder } from './testing.ts';
import { vfsLogFolder } from './vfs-log-folder.ts';
import { VmLog } from './vm-log.ts';

const temporary = mkdtempSync(join(tmpdir(), 'vmk-logs-'));
process.on('exit', () => rmSync(temporary, { recursive: true, force: true }));

const FOLDERS: Readonly<Record<string, () => LogFolder>> = {
  'in memory': () => new MemoryFolder(),
  'in the VFS': () => vfsLogFolder(new Ramdisks(new ManualClock()).vfs.view(), '/var/log/deep'),
  'on the machine': () => machineLogFolder(mkdtempSync(join(temporary, 'f'))),
};

function rotating(
  folder: LogFolder,
  count = 3,
  report: (message: string) => void = assert.fail,
): RotatingFile {
  return new RotatingFile({
    folder,
    name: 'x.log',
    rotation: { sizeBytes: 100, count },
    compress: gzipCompress,
    report,
  });
}

for (const [where, make] of Object.entries(FOLDERS)) {
  test(`RotatingFile ${where}: so many archives are kept, the newest first, nothing of them is lost`, async () => {
    const folder = make();
    const file = rotating(folder);
    for (let i = 0; i < 40; i++) {
      file.write(`line ${i} ${'.'.repeat(20)}\n`);
      await file.settled();
    }
    assert.deepEqual([...folder.list()].sort(), ['x.0.gz', 'x.1.gz', 'x.2.gz', 'x.log']);
    const text = ['x.2.gz', 'x.1.gz', 'x.0.gz']
      .map((name) => gunzipSync(folder.read(name)).toString())
      .join('');
    const numbers = (text + Buffer.from(folder.read('x.log')).toString())
      .match(/line \d+/g)
      ?.map((word) => Number(word.slice(5)));
    assert.deepEqual(
      numbers,
      Array.from({ length: numbers?.length ?? 0 }, (_, i) => 40 - (numbers?.length ?? 0) + i),
    );
    assert.ok((numbers?.length ?? 0) > 8);
  });
}

test('RotatingFile: lines that come while the last file is being packed are all there', async () => {
  const folder = new MemoryFolder();
  const file = rotating(folder, 50);
  for (let i = 0; i < 100; i++) file.write(`line ${i} ${'.'.repeat(20)}\n`);
  await file.settled();
  const text = gunzipSync(folder.read('x.0.gz')).toString() + folder.text('x.log');
  assert.equal(text.match(/line/g)?.length, 100);
});

test('RotatingFile: one that was left unpacked by the last run is packed', async () => {
  const folder = new MemoryFolder();
  folder.files.set('x.0', Buffer.from('old\n'));
  await rotating(folder).settled();
  assert.equal(gunzipSync(folder.read('x.0.gz')).toString(), 'old\n');
  assert.ok(!folder.files.has('x.0'));
});

test('RotatingFile: with no archives the file begins anew', async () => {
  const folder = new MemoryFolder();
  const file = rotating(folder, 0);
  for (let i = 0; i < 10; i++) file.write(`line ${i} ${'.'.repeat(20)}\n`);
  await file.settled();
  assert.deepEqual(folder.list(), ['x.log']);
  assert.match(folder.text('x.log'), /line 9/);
});

test('RotatingFile: a full place loses lines, says it once, and counts them where they are missing', () => {
  const folder = new MemoryFolder();
  const said: string[] = [];
  const file = rotating(folder, 3, (message) => said.push(message));
  const stamp = '2026-11-26T00:37:01.123Z';
  file.write(`${stamp} a\n`);
  folder.bytesMax = 0;
  for (let i = 0; i < 5; i++) file.write(`${stamp} lost ${i}\n`);
  assert.equal(said.length, 1);
  assert.match(said[0] as string, /x\.log cannot be written, .*no space left/);
  folder.bytesMax = 1000;
  file.write(`${stamp} b\n`);
  assert.equal(
    folder.text('x.log'),
    `${stamp} a\n${stamp} Wa(44) vmsyslogd: 5 lines were lost before this one\n${stamp} b\n`,
  );
  assert.match(said[1] as string, /5 were lost/);
  assert.equal(file.lost, 5);
});

test('vfsLogFolder: a full /var/log refuses the whole line and hurts no other ramdisk', () => {
  const view = new Ramdisks(new ManualClock()).vfs.view();
  const folder = vfsLogFolder(view, '/var/log');
  const chunk = new Uint8Array(8 * 2 ** 20);
  assert.throws(() => {
    for (;;) folder.append('big.log', chunk);
  }, /Cannot write "\/var\/log\/big\.log"/);
  assert.equal(folder.sizeBytes('big.log') % chunk.length, 0);
  assert.equal(view.writeFile('/etc/x', new Uint8Array(10)), undefined);
});

test('vfsLogFolder: a log that somebody removes, or another takes the name of, is made anew', () => {
  const view = new Ramdisks(new ManualClock()).vfs.view();
  const folder = vfsLogFolder(view, '/var/log');
  const line = Buffer.from('line\n');
  folder.append('a.log', line);
  folder.append('a.log', line);
  assert.equal(folder.sizeBytes('a.log'), 2 * line.length);
  assert.equal(view.unlink('/var/log/a.log'), undefined);
  folder.append('a.log', line);
  folder.rename('a.log', 'b.log');
  folder.append('a.log', line);
  assert.deepEqual([folder.sizeBytes('a.log'), folder.sizeBytes('b.log')], [line.length, line.length]);
  folder.close?.();
  folder.append('a.log', line);
  assert.equal(folder.sizeBytes('a.log'), 2 * line.length);
});

test('VmLog: each run begins a file, older ones are numbered, so many are kept', () => {
  const folder = new MemoryFolder();
  const report = assert.fail;
  for (let run = 1; run <= 5; run++) {
    new VmLog({
      folder,
      wallNanoseconds: () => 0n,
      report,
      settings: { keepOld: 2, rotateSizeBytes: 0 },
    }).write('info', 'vmx', `run ${run}`);
  }
  assert.deepEqual(folder.list(), ['vmware-3.log', 'vmware-4.log', 'vmware.log']);
  assert.equal(folder.text('vmware.log'), '1970-01-01T00:00:00.000Z In(05) vmx - run 5\n');
  assert.match(folder.text('vmware-4.log'), /run 4/);
});

test('VmLog: a long run is put away by size; what is refused is counted in its place; nothing is injected', () => {
  const folder = new MemoryFolder();
  const said: string[] = [];
  const log = new VmLog({
    folder,
    wallNanoseconds: () => 0n,
    report: (message) => said.push(message),
    settings: { keepOld: 9, rotateSizeBytes: 60 },
  });
  for (let i = 0; i < 4; i++) log.write('warning', 'vcpu-0', `n ${i}`);
  assert.deepEqual(folder.list(), ['vmware-1.log', 'vmware.log']);
  folder.bytesMax = 0;
  log.write('info', 'vmx', 'lost');
  log.write('info', 'vmx', 'lost');
  folder.bytesMax = 1000;
  log.write('error', 'vmx', 'two\nlines');
  assert.match(
    folder.text('vmware.log'),
    /Wa\(03\) vmx - 2 lines were lost before this one\n.*Er\(02\) vmx - two\\nlines\n$/,
  );
  assert.equal(said.length, 1);
});
