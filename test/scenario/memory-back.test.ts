// What a host's process has of the machine's memory: it grows as a guest touches its own, and goes back to Linux when the guest
// frees it (free page reporting), gives it up (balloon), or is switched off.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { dialogue, TestHost } from './host.ts';

const MIB = 2 ** 20;
const POLL_MS = 100;
/** The 300 MiB; otherwise less, in less time. */
const FULL = process.env['VMK_FULL_SCALE'] !== undefined;
const [HOST, VM_MIB, FILE_MIB] = FULL ? ['1G', 512, 300] : ['512M', 192, 80];
/** Linux reports free pages while more than 64 MiB are free, blocks of 2 MiB only; the rest goes back with its power. */
const LEAST_REPORTED = 0.6;
/** Under this limit the guest gives up some of what it has; what is kept of it compressed counts too. */
const LIMIT_MIB = 64;
const LEAST_GIVEN_UP_MIB = 10;
/** What is left of a VM is decoded code: the pCPU keeps it for the next one. */
const MOST_LEFT_MIB = 40;

/** MiB of machine memory that the system has given to the process: the mapping that has most. Source: proc_pid_smaps(5). */
function residentMib(pid: number): number {
  const smaps = readFileSync(`/proc/${pid}/smaps`, 'utf8');
  return Math.max(...[...smaps.matchAll(/^Rss: +(\d+) kB$/gm)].map(([, kib]) => Number(kib))) / 1024;
}

test('memory goes back: what a guest frees, what its balloon takes, and all of it when it is switched off', {
  skip: process.platform !== 'linux' && 'freed memory goes back on Linux only',
}, async (t) => {
  const host = new TestHost();
  t.after(() => host.remove());
  await host.up('--https', 'off', '--memory', HOST, '--cpus', '1');
  const { client } = host;
  const { pid } = await client.call<{ pid: number }>('host.facts');
  const until = async (isSo: (mib: number) => boolean): Promise<number> => {
    for (;;) {
      const mib = residentMib(pid);
      if (isSo(mib)) return mib;
      await setTimeout(POLL_MS);
    }
  };
  const before = residentMib(pid);
  await client.call('vm.create', { name: 'web', memoryMib: VM_MIB, nets: [] });
  await client.call('vm.start', { vm: 'web' });
  await dialogue(client, 'web', [['~ # ']]);
  const booted = residentMib(pid);
  const say = (line: string, answer: string) => dialogue(client, 'web', [['', `${line}\n`], [answer]]);
  await say('mkdir /m; mount -t tmpfs -o size=90% none /m; echo there-$((40 + 2))', 'there-42');
  await say(`head -c ${FILE_MIB * MIB} /dev/zero >/m/file; wc -c </m/file`, `\n${FILE_MIB * MIB}\r`);
  const touched = residentMib(pid);
  assert.ok(touched - booted > 0.8 * FILE_MIB, `${booted} MiB became ${touched}`);
  await say('rm /m/file; echo gone-$((40 + 2))', 'gone-42');
  const reported = await until((mib) => touched - mib > LEAST_REPORTED * FILE_MIB);
  const { status, stderr } = await host.vmk('vm', 'set', 'web', '--mem-limit', `${LIMIT_MIB}M`);
  assert.equal(status, 0, stderr);
  const limited = await until((mib) => reported - mib > LEAST_GIVEN_UP_MIB);
  await say('echo here-$((40 + 2))', 'here-42');
  await client.call('vm.stop', { vm: 'web' });
  const off = await until((mib) => mib - before < MOST_LEFT_MIB);
  const rows = { before, booted, touched, reported, limited, off };
  t.diagnostic(
    Object.entries(rows)
      .map(([what, mib]) => `${what} ${mib.toFixed(0)} MiB`)
      .join(', '),
  );
  await host.end('SIGTERM');
});
