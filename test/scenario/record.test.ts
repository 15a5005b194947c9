// vmk run --record and vmk replay: Linux with typed commands and a disk, more than a billion instructions, hash by hash.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { SeededRandom } from '#lib';
import { vmk } from './vmk.ts';

const MAIN = fileURLToPath(new URL('../../src/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'vmk-record-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const DISK_BYTES = 4 * 2 ** 20;
const BILLION = 1_000_000_000n;
/** Reads the disk, writes it, reads it again, computes for a while. */
const COMMANDS = [
  'md5sum /dev/vda',
  'echo written | dd of=/dev/vda bs=512 seek=3 conv=notrunc 2>/dev/null; sync',
  'i=0; while [ $i -lt 6000 ]; do i=$((i+1)); done',
  'echo 3 >/proc/sys/vm/drop_caches; md5sum /dev/vda; head -c 8 /dev/urandom | hexdump -C; date',
  'poweroff -f',
];

/** Types a line whenever the prompt has come again. */
function typed(given: readonly string[]): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [MAIN, ...given], { stdio: ['pipe', 'pipe', 'pipe'] });
  let [stdout, stderr, line, seen] = ['', '', 0, 0];
  child.stdout.setEncoding('latin1').on('data', (text: string) => {
    stdout += text;
    const prompt = stdout.indexOf('~ # ', seen);
    if (prompt < 0 || line === COMMANDS.length) return;
    seen = prompt + 4;
    child.stdin.write(`${COMMANDS[line++]}\n`);
  });
  child.stderr.setEncoding('latin1').on('data', (text: string) => (stderr += text));
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, stdout, stderr })));
}

test('a run of more than a billion instructions with console input and disk I/O, replayed to the same hashes', async () => {
  const disk = join(folder, 'disk.img');
  const recording = join(folder, 'run.rec');
  const content = new Uint8Array(DISK_BYTES);
  new SeededRandom(1).fill(content);
  writeFileSync(disk, content);
  const options = ['--memory', '128M', '--disk', disk, '--record', recording, '--stats'];
  const first = await typed(['run', ...options]);
  assert.equal(first.status, 0, first.stderr);
  assert.deepEqual(new Uint8Array(readFileSync(disk)), content, 'the disk is as it was');
  const sums = [...first.stdout.matchAll(/([0-9a-f]{32}) {2}\/dev\/vda/g)].map(([, sum]) => sum);
  assert.equal(sums.length, 2);
  assert.notEqual(sums[0], sums[1]);
  const steps = /: (\d+) steps/.exec(first.stderr)?.[1] ?? '';
  assert.ok(BigInt(steps) > BILLION, steps);

  const again = await vmk(['replay', recording, '--stats']);
  assert.equal(again.status, 0, again.stderr);
  assert.equal(again.stdout.replaceAll('\r', ''), first.stdout.replaceAll('\r', ''));
  const compared = /replay (\d+) of (\d+) hashes compared, all equal/.exec(again.stderr) ?? [];
  assert.equal(compared[1], compared[2]);
  assert.ok(BigInt(compared[1] ?? 0) >= BILLION / 1_000_000n, again.stderr);
  const state = /state +([0-9a-f]{16})/;
  assert.equal(state.exec(again.stderr)?.[1], state.exec(first.stderr)?.[1]);
  await changesAreNamed(recording, disk);
});

async function changesAreNamed(recording: string, disk: string): Promise<void> {
  const bytes = readFileSync(recording);
  const changed = join(folder, 'changed.rec');
  const at = bytes.length >>> 1;
  bytes[at] = (bytes[at] as number) ^ 0x10;
  writeFileSync(changed, bytes);
  const flipped = await vmk(['replay', changed]);
  assert.equal(flipped.status, 2);
  assert.match(
    flipped.stderr,
    /Cannot use recording .*changed.rec": record \d+ at byte \d+ (?:does not fit its checksum|has a length)/,
  );

  writeFileSync(changed, readFileSync(recording).subarray(0, at));
  const cut = await vmk(['replay', changed]);
  assert.match(cut.stderr, /can be replayed with --until \d+/);

  const other = readFileSync(disk);
  other[0] = (other[0] as number) ^ 1;
  writeFileSync(disk, other);
  const differs = await vmk(['replay', recording]);
  assert.equal(differs.status, 2);
  assert.match(differs.stderr, /disk ".*disk.img" was changed: expected SHA-256 [0-9a-f]{64}, found/);
}
