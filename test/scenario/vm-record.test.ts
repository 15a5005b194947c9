// vmk vm record, replay and debug on a host that is up: Linux with console, disk and network; gdb at it, live and recorded.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { asm, EID, ENTRY, load32, program, sbi, X } from '../../src/vmm/testing.ts';
import { dialogue, TestHost } from './host.ts';

const BILLION = 1_000_000_000n;
const MILLION = 1_000_000n;
const POLL_MS = 30;
/** What is typed before the shell asks may be thrown away. */
const PROMPT = '~ # ';
const hasGdb = spawnSync('gdb-multiarch', ['--version']).status === 0;

interface Replayed {
  readonly steps: string;
  readonly compared: number;
  readonly hashes: number;
  readonly state: string;
  readonly how: string;
  readonly ms: number;
}

interface RecordingRow {
  readonly name: string;
  readonly path: string;
  readonly steps: string;
  readonly inputs: number;
  readonly about: string;
}

async function up(t: TestContext) {
  const host = new TestHost();
  t.after(() => host.remove());
  await host.up('--https', 'off', '--memory', '512M', '--cpus', '1');
  const { client } = host;
  const state = async (vm: string) => (await client.call<{ state: string }>('vm.show', { vm })).state;
  const until = async (vm: string, wanted: string): Promise<void> => {
    while ((await state(vm)) !== wanted) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  };
  const refused = async (...words: string[]): Promise<string> => {
    const { status, stdout, stderr } = await host.vmk(...words);
    assert.notEqual(status, 0, stdout);
    return stderr;
  };
  return { host, client, state, until, refused };
}

test('record: a billion instructions of Linux with console, disk and network, replayed to the same hashes', async (t) => {
  const { host, client, state, until, refused } = await up(t);
  await host.ok('vm', 'create', 'web', '--memory', '128M', '--disk', '4M');
  assert.match(await refused('vm', 'replay', 'web'), /Cannot find a recording of VM "web": it has none/);
  assert.equal(await host.ok('vm', 'record', 'web'), 'web-1.vmrec\n');
  assert.equal(await state('web'), 'being recorded');
  assert.match(await refused('vm', 'suspend', 'web'), /Cannot suspend VM "web": it is being recorded/);
  assert.match(await refused('vm', 'record', 'web'), /Cannot record VM "web": it is being recorded/);
  assert.match(await refused('vm', 'replay', 'web'), /web-1.vmrec is being made/);
  const said = await dialogue(client, 'web', [
    [PROMPT, 'until ip -4 addr show eth0 | grep -q 10.0.2; do sleep 1; done; ping -c 2 10.0.2.2\n'],
    [' 0% packet loss'],
    [PROMPT, 'head -c 1000000 /dev/urandom >/dev/vda; sync; md5sum /dev/vda; x=kept\n'],
    ['/dev/vda; x=kept'],
    [PROMPT],
  ]);
  assert.match(said, /2 packets transmitted, 2 packets received/);
  const sum = /([0-9a-f]{32}) {2}\/dev\/vda/.exec(said)?.[1] ?? 'none';
  assert.equal(await host.ok('vm', 'record', 'web', '--end'), 'web-1.vmrec\n');
  assert.equal(await state('web'), 'powered on');
  assert.match(await refused('vm', 'record', 'web', '--end'), /Cannot end recording VM "web"/);

  // It goes on with all that it had, and is recorded once more while it is on.
  assert.equal(await host.ok('vm', 'record', 'web'), 'web-2.vmrec\n');
  await dialogue(client, 'web', [
    ['', 'ping -c 2 10.0.2.2\n'],
    [' 0% packet loss'],
    [PROMPT, 'kill $(pidof vmk-agent); until pidof acpid; do sleep 0.1; done\n'],
    [PROMPT, 'md5sum /dev/vda; echo "<$x>"; echo written >/dev/vda; sync\n'],
    [`${sum}  /dev/vda`],
    ['<kept>'],
    [PROMPT],
  ]);
  // Nobody in it can be asked by words: the host's half of the agent is not there. A button is an input like any other.
  await host.ok('vm', 'shutdown', 'web');
  await until('web', 'powered off');

  const [row, live] = JSON.parse(await host.ok('vm', 'recordings', 'web', '--json')) as RecordingRow[];
  assert.deepEqual([row?.about, live?.about], ['left', 'powered-off']);
  assert.ok(row !== undefined && row.inputs > 10, 'time, frames and what was typed');
  const replay = async (name: string): Promise<Replayed> => {
    const replayed = JSON.parse(await host.ok('vm', 'replay', 'web', name, '--json')) as Replayed;
    const { steps, compared, hashes, ms } = replayed;
    t.diagnostic(`${name}: ${steps} steps; ${compared} hashes equal in ${ms} ms`);
    assert.equal(compared, hashes);
    return replayed;
  };
  const replayed = await replay('1');
  assert.equal(replayed.steps, row.steps);
  assert.ok(BigInt(replayed.steps) > BILLION, replayed.steps);
  assert.equal(BigInt(replayed.compared), BigInt(replayed.steps) / MILLION);
  const again = await replay('2');
  assert.deepEqual([again.steps, again.how], [live?.steps, 'powered-off']);
  assert.ok(again.hashes > 50, String(again.hashes));

  const bytes = readFileSync(row.path);
  const at = bytes.length >>> 1;
  bytes[at] = (bytes[at] as number) ^ 4;
  writeFileSync(join(host.home, 'volumes/datastore1/web/web-7.vmrec'), bytes);
  assert.match(
    await refused('vm', 'replay', 'web', '7'),
    /Cannot use recording ".*web-7.vmrec": record \d+ at byte \d+ (?:does not fit its checksum|has a length|is cut off)/,
  );
  assert.match(await host.ok('vm', 'recordings', 'web'), /web-7.vmrec .*record \d+ at byte/);
  await host.ok('vm', 'recordings', 'web', '--remove', '7');
  assert.match(
    await host.ok('vm', 'replay', 'web', '1', '--until', '2500000'),
    /2500000 steps .*\n2 of \d+ hashes compared/,
  );
  const memory = join(host.home, 'volumes/datastore1/web/web-2.vmrec.vmsn');
  const begun = readFileSync(memory);
  begun[begun.length >>> 1] = (begun[begun.length >>> 1] as number) ^ 1;
  writeFileSync(memory, begun);
  assert.match(await refused('vm', 'replay', 'web', '2'), /state ".*web-2.vmrec.vmsn" was changed: expected/);
  await host.ok('vm', 'recordings', 'web', '--remove', '2');
  assert.ok(!existsSync(memory));
  // Without the snapshot of its disks they are merged: another disk is noticed.
  await host.ok('vm', 'snapshot', 'remove', 'web', 'recording web-1.vmrec');
  assert.match(
    await refused('vm', 'replay', 'web', '1'),
    /disk ".*web.*vmdk" was changed|there is no such file/,
  );
  await host.end('SIGTERM');
});

/** Two harts that count, each in its t1, and store that at DATA for ever. */
const DATA = 0x8030_0000;
const START = sbi(EID.HSM, 0, 1, ENTRY, 1);
const COUNT = [...load32(X.t0, DATA), asm.addi(X.t1, X.t1, 1), asm.sw(X.t1, X.t0, 0), asm.jal(-8)];
const COUNTERS = [asm.beqz(X.a0, 8), asm.jal(4 * (START.length + 1)), ...START, ...COUNT];
const LOOP = `0x${(ENTRY + 4 * (COUNTERS.length - 3)).toString(16)}`;

/** Runs gdb's commands at an address that `vmk vm debug` has told; what gdb said. */
async function gdb(connect: string, commands: readonly string[]): Promise<string> {
  const setup = ['set pagination off', 'set confirm off', 'set arch riscv:rv64', connect.trim()];
  const lines = [...setup, ...commands].flatMap((command) => ['-ex', command]);
  const child = spawn('gdb-multiarch', ['-nx', '-batch', ...lines], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  await once(child, 'close');
  return output;
}

const values = (output: string): string[] =>
  [...output.matchAll(/^\$\d+ = (?:\(.*\) )?(\S+)/gm)].map(([, value]) => value ?? '');

test('debug: gdb at a VM with two CPUs that runs, which goes on after that; and at its recording, backwards too', {
  skip: !hasGdb && 'no gdb-multiarch',
}, async (t) => {
  const { host, client, state, until, refused } = await up(t);
  const firmware = join(host.home, 'counters.bin');
  writeFileSync(firmware, program(...COUNTERS));
  await client.call('vm.create', { name: 'two', memoryMib: 8, vcpus: 2, firmware, nets: [] });
  await client.call('vm.start', { vm: 'two' });
  assert.match(
    await refused('vm', 'debug', 'two', '--end'),
    /Cannot end debugging VM "two": gdb is not at it/,
  );
  const live = await gdb(await host.ok('vm', 'debug', 'two'), [
    ...['info threads', `hbreak *${LOOP}`, 'continue', 'continue', 'print $pc', 'thread apply all print $a0'],
    ...['delete', `watch *(int *)${DATA}`, 'continue', 'print $pc', 'delete'],
    ...[
      'thread 2',
      'print $t1 = 5000',
      'stepi',
      'stepi',
      'stepi',
      'print $t1',
      `print *(int *)${DATA} = 77`,
      'detach',
    ],
  ]);
  assert.equal(await state('two'), 'being debugged');
  assert.match(live, /Thread 1 \(hart 0, started/);
  assert.match(live, /Thread 2 \(hart 1, started/);
  assert.match(live, /Hardware watchpoint 2: \*\(int \*\)/);
  const seen = values(live);
  assert.equal(seen[0], LOOP, live);
  assert.deepEqual(seen.slice(1, 3).sort(), ['0', '1'], live);
  assert.deepEqual(seen.slice(-3), ['5000', '5001', '77'], live);
  await host.ok('vm', 'debug', 'two', '--end');
  assert.equal(await state('two'), 'powered on');
  await host.ok('vm', 'stop', 'two');

  await host.ok('vm', 'record', 'two');
  const [row] = JSON.parse(await host.ok('vm', 'recordings', 'two', '--json')) as RecordingRow[];
  assert.equal(row?.about, 'goes on');
  const isLong = async () =>
    BigInt((await client.call<RecordingRow[]>('vm.recordings', { vm: 'two' }))[0]?.steps ?? 0);
  while ((await isLong()) < 20n * MILLION) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  await host.ok('vm', 'stop', 'two');
  await until('two', 'powered off');
  const back = await gdb(await host.ok('vm', 'debug', 'two', '--recording', 'last'), [
    ...['monitor seek 300000', 'continue', 'thread 2', 'print $t1', 'stepi', 'stepi', 'stepi', 'print $t1'],
    ...[
      'reverse-stepi',
      'reverse-stepi',
      'reverse-stepi',
      'print $t1',
      'thread 1',
      'reverse-stepi',
      'monitor step',
    ],
    ...[
      `hbreak *${LOOP}`,
      'reverse-continue',
      'print $pc',
      'delete',
      'reverse-continue',
      'monitor step',
      'detach',
    ],
  ]);
  const [before, after, again, loop] = values(back);
  assert.equal(Number(after), Number(before) + 1, back);
  assert.equal(again, before, back);
  assert.equal(loop, LOOP, back);
  const steps = [...back.matchAll(/^step (\d+),/gm)].map(([, step]) => Number(step));
  // The second hart's turn began where the first one's last instruction was.
  assert.equal(steps[0], 5 * 65_536 - 1, back);
  assert.equal(steps[1], 0, back);
  await host.end('SIGTERM');
});
