// A guest writes a checksummed journal to its disk and flushes each record; the host is killed at seeded random moments, and
// every record whose flush the guest was told of is on the disk, whole. It is booted once and suspended before its first
// record; each host goes on from there.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { linkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, defaultGuest, writeExecArchive } from '#guest';
import { SeededRandom } from '#lib';
import { checkDisk, openSource } from '#storage';
import { dialogue, TestHost } from './host.ts';

const TELL_EVERY = 10;
const SIZE = 64 * 2 ** 20;
const RECORD_BYTES = 4096;
const SLOTS = SIZE / RECORD_BYTES;
/** Records lie far from each other, so that tables and grains of all parts of the disk are written. */
const STRIDE = 7919;
/** A host is killed when its guest has written so many records, or fewer. */
const MOST_RECORDS = 25;

/** Said by the guest when it wants to know which record is the next. */
const READY = 'from which';

/** A record: its number, and the number many times over, with a checksum in front that the guest makes. */
const SCRIPT = `
modprobe -q virtio_blk
echo ${READY}
read -r i </dev/console
while :; do
  { yes "record $i" | head -c 4000; } >/tmp/body
  { sha256sum </tmp/body | cut -c 1-64; printf '%030d\\n' $i; cat /tmp/body; } >/tmp/record
  dd if=/tmp/record of=/dev/vda bs=${RECORD_BYTES} seek=$((i * ${STRIDE} % ${SLOTS})) conv=sync,notrunc,fsync 2>/dev/null || exit 1
  echo "flushed $i"
  i=$((i + 1))
done`;

/** The number of the record in a slot; undefined: there is no whole one. */
function recordIn(bytes: Uint8Array): number | undefined {
  const text = Buffer.from(bytes).toString('latin1');
  const [sum, number] = [text.slice(0, 64), text.slice(65, 95)];
  const body = text.slice(96, 4096);
  const isWhole = createHash('sha256').update(body, 'latin1').digest('hex') === sum;
  return isWhole && /^\d+$/.test(number) ? Number(number) : undefined;
}

/** All records up to `last` are on the disk, and its tables are right. */
function verify(path: string, last: number, kill: number): void {
  assert.deepEqual(checkDisk(path).errors, [], `kill ${kill}`);
  const disk = openSource(path);
  const bytes = new Uint8Array(RECORD_BYTES);
  for (let number = 1; number <= last; number++) {
    disk.read([bytes], ((number * STRIDE) % SLOTS) * RECORD_BYTES);
    assert.equal(recordIn(bytes), number, `kill ${kill}: record ${number} of ${last}`);
  }
  disk.close();
}

/** Throws when a record is missing. `say`: how far it is. */
export async function killHosts(kills: number, seed: number, say: (line: string) => void): Promise<void> {
  const host = new TestHost();
  try {
    await killAgain(host, kills, new SeededRandom(seed), say);
  } finally {
    await host.remove();
  }
}

async function killAgain(
  host: TestHost,
  kills: number,
  random: SeededRandom,
  say: (line: string) => void,
): Promise<void> {
  const { kernelPath, initramfsPath } = await defaultGuest(cacheFolder(), () => {});
  const archive = join(host.home, 'exec.cpio');
  const folder = join(host.home, 'volumes', 'datastore1', 'a');
  const disk = join(folder, 'a.vmdk');
  const [suspended, kept] = [join(folder, 'a.vmss'), join(host.home, 'kept.vmss')];
  writeFileSync(archive, writeExecArchive(SCRIPT, 'journal'));
  await up(host);
  await host.client.call('vm.create', {
    ...{ name: 'a', memoryMib: 128, kernel: kernelPath, initrds: [initramfsPath, archive] },
    ...{ append: 'quiet loglevel=1', disks: [String(SIZE)], nets: [] },
  });
  await host.client.call('vm.start', { vm: 'a' });
  await dialogue(host.client, 'a', [[READY]]);
  await host.client.call('vm.suspend', { vm: 'a' });
  await host.end('SIGKILL');
  linkSync(suspended, kept);
  let flushed = 0;
  for (let kill = 1; kill <= kills; kill++) {
    if (kill > 1) linkSync(kept, suspended);
    await up(host);
    await host.client.call('vm.start', { vm: 'a' });
    flushed = await killAfter(host, 1 + random.below(MOST_RECORDS), random, flushed);
    verify(disk, flushed, kill);
    if (kill % TELL_EVERY === 0) say(`kill ${kill}: ${flushed} records are there`);
  }
  say(`${kills} kills, ${flushed} records: all of them are there`);
  assert.ok(flushed >= kills);
}

const up = (host: TestHost): Promise<void> => host.up('--https', 'off', '--memory', '256M');

/** Has so many records written, from the next one on, then kills within the one after; the last number that was told. */
async function killAfter(
  host: TestHost,
  count: number,
  random: SeededRandom,
  before: number,
): Promise<number> {
  const stream = await host.client.console('a');
  stream.write(`${before + 1}\n`);
  let text = '';
  let last = before;
  let isKilled = false;
  stream.on('error', () => {});
  for await (const part of stream.setEncoding('utf8') as AsyncIterable<string>) {
    text += part;
    for (const [, number] of text.matchAll(/flushed (\d+)\r?\n/g)) last = Math.max(last, Number(number));
    assert.doesNotMatch(text, /VMK-EXEC-END/, 'the script goes on for ever');
    if (last - before < count || isKilled) continue;
    isKilled = true;
    // Anywhere in the next records: what matters is that the moment is another one each time.
    setTimeout(() => void host.end('SIGKILL'), random.below(60));
  }
  await host.end('SIGKILL');
  return last;
}
