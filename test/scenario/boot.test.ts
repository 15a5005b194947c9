// The default guest boots and does what a Linux does: on each fast engine, with little and with much memory.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { vmk } from './vmk.ts';

const folder = mkdtempSync(join(tmpdir(), 'vmk-boot-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Touches files, processes, signals, floating point, and time; every line is a check that ends the script with it. */
const SCRIPT = `
fail() { echo "failed: $1"; exit 1; }
echo hello > /tmp/a && cp /tmp/a /tmp/b && ln -s b /tmp/c || fail files
[ "$(cat /tmp/c)" = hello ] && cmp /tmp/a /tmp/b || fail links
mkdir -p /tmp/d/e && mv /tmp/b /tmp/d/e/ && [ "$(find /tmp/d -type f)" = /tmp/d/e/b ] || fail folders
dd if=/dev/zero of=/tmp/big bs=64k count=64 2>/dev/null && [ "$(wc -c < /tmp/big)" = 4194304 ] || fail dd
[ "$(md5sum < /tmp/big)" = "b5cfa9d6c8febd618f91ac2843d50a1c  -" ] || fail md5
[ "$(seq 1 1000 | sort -rn | gzip | gunzip | tail -n 1)" = 1 ] || fail pipes
(exit 7) & wait $!; [ $? = 7 ] || fail wait
sleep 100 & kill -TERM $!; wait $! 2>/dev/null; [ $? = 143 ] || fail signal
got=; trap 'got=yes' USR1; kill -USR1 $$; [ "$got" = yes ] || fail trap
i=0; while [ $i -lt 50 ]; do /bin/true || fail fork; i=$((i+1)); done
[ "$(awk 'BEGIN { x = 1; for (i = 0; i < 9; i++) x = (x + 2 / x) / 2; printf "%.12f %g", x, 1e300 * 1e10 }')" = "1.414213562373 inf" ] || fail sqrt
[ "$(awk 'BEGIN { for (i = 1; i <= 10000; i++) s += 1 / i; printf "%.9f", s }')" = 9.787606036 ] || fail harmonic
before=$(date +%s); sleep 1; after=$(date +%s); [ $((after - before)) -ge 1 ] && [ $((after - before)) -le 3 ] || fail time
[ "$(date +%Y)" -ge 2000 ] || fail clock
echo all is well
exit 42
`;

const CHECKED = ['--check-code', '--profile', '--json'];

for (const [engine, memory, ...also] of [
  ['interpreter', '96M'],
  ['interpreter', '3G'],
  ['jit', '96M', ...CHECKED],
  ['jit', '3G'],
]) {
  test(`the default guest runs a script on the ${engine} with ${memory}`, async () => {
    const { status, stdout, stderr } = await vmk([
      'run',
      '--engine',
      engine ?? '',
      '--memory',
      memory ?? '',
      ...also,
      '--exec',
      SCRIPT,
    ]);
    assert.equal(stdout, 'all is well\n', stderr);
    assert.equal(status, 42);
    if (also.length === 0) return;
    const { steps, regionSteps, places, regions, code } = JSON.parse(/^\{.*\}$/m.exec(stderr)?.[0] ?? '');
    assert.ok(BigInt(regionSteps) > 0n && BigInt(regionSteps) < BigInt(steps), 'a part was translated');
    assert.ok(places.interpreter > 0 && regions.length > 0 && code.installed > 0, stderr);
  });
}

test('the guest sees the memory it was given, one CPU, its name, and an access fault where nothing is', async () => {
  // devmem maps the page: the address that faults is virtual, and the process dies, not the machine.
  const script =
    'uname -srm; nproc; grep MemTotal /proc/meminfo; cat /proc/device-tree/model; devmem 0x20000000 32; echo "status $?"';
  const { status, stdout } = await vmk(['run', '--memory', '256M', '--exec', script]);
  assert.equal(status, 0);
  assert.match(
    stdout,
    /^Linux 6\.\S+ riscv64\n1\nMemTotal: +(\d+) kB\nvmkernel,virt\0(?:.*\n)?status 1(35|39)\n$/,
  );
  const total = Number(/MemTotal: +(\d+)/.exec(stdout)?.[1]);
  assert.ok(total > 150_000 && total < 262_144, `${total} kB`);
});

test('a disk: what the guest writes is in the file, what it discards is zero, and it may be read-only', async () => {
  const disk = join(folder, 'disk.img');
  writeFileSync(disk, new Uint8Array(8 * 2 ** 20).fill(0x55));
  const writing =
    'echo written | dd of=/dev/vda conv=fsync 2>/dev/null; blkdiscard -o 1048576 -l 1048576 /dev/vda; cat /sys/block/vda/size';
  const first = await vmk(['run', '--disk', disk, '--exec', writing]);
  assert.equal(first.stdout, '16384\n', first.stderr);
  const content = readFileSync(disk);
  assert.equal(content.subarray(0, 8).toString('latin1'), 'written\n');
  assert.ok(content.subarray(2 ** 20, 2 ** 21).every((byte) => byte === 0));
  assert.ok(content.subarray(2 ** 21).every((byte) => byte === 0x55));
  const reading = 'head -n 1 /dev/vda; cat /sys/block/vda/ro; echo no > /dev/vda';
  const second = await vmk(['run', '--disk', `${disk},readonly`, '--exec', reading]);
  assert.match(second.stdout, /^written\n1\n/);
  assert.notEqual(second.status, 0);
  assert.equal(readFileSync(disk).subarray(0, 8).toString('latin1'), 'written\n');
});

test('TERM: what was flushed is in the file, and the status says which signal', async () => {
  const disk = join(folder, 'killed.img');
  writeFileSync(disk, new Uint8Array(2 ** 20));
  const script = 'echo flushed | dd of=/dev/vda conv=fsync 2>/dev/null; echo READY; sleep 1000';
  const { status, signal } = await vmk(['run', '--disk', disk, '--exec', script], {
    onOutput: (stdout, kill) => stdout.includes('READY') && kill('SIGTERM'),
  });
  assert.equal(signal, null);
  assert.equal(status, 143);
  assert.equal(readFileSync(disk).subarray(0, 8).toString('latin1'), 'flushed\n');
});

test('the virtio console is as good as the serial one', async () => {
  const { status, stdout } = await vmk(['run', '--console', 'virtio', '--exec', 'echo over virtio; exit 3']);
  assert.deepEqual([status, stdout], [3, 'over virtio\n']);
});

test('too little memory: one line with what is needed, and status 2', async () => {
  const { status, stdout, stderr } = await vmk(['run', '--memory', '64M', '--exec', 'true']);
  assert.equal(status, 2);
  assert.equal(stdout, '');
  assert.match(stderr, /64 MiB of memory is too little: .*at least \d+ MiB are needed/);
});
