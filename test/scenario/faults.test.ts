// Faults on a host that is up: disks that are full, threads that die, the host's own end by TERM and by KILL.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { asm, CSR, EID, load32, program, sbi, X } from '../../src/vmm/testing.ts';
import { dialogue, TestHost } from './host.ts';
import { patternGuest } from './pattern-guest.ts';

const MIB = 2 ** 20;
const POLL_MS = 30;
/** What threads that die may take along: a page that each was about to put in its place. */
const LOST_BYTES_MOST = 2 * 4096;
const LOOKS_FOR_MEMORY = 300;
/** Ten times as long as the devices of one VM have to be unused until they are kept; those of a crowd wait longer. */
const UNUSED_MS = 200;
/** At one of so many deaths of a pCPU the devices of a VM that sleeps are not in use, whatever else the machine does. */
const DEATHS = 8;

interface Row {
  readonly name: string;
  readonly state: string;
  readonly isAsking: boolean;
}

async function up(t: TestContext, ...options: string[]) {
  const host = new TestHost();
  t.after(async () => {
    await host.end('SIGKILL');
    run('umount', '-l', join(host.home, 'volumes', 'small'));
    await host.remove();
  });
  mkdirSync(join(host.home, 'volumes', 'datastore1'), { recursive: true });
  const begin = () => host.up('--https', 'off', '--memory', '256M', '--cpus', '2', ...options);
  const { client } = host;
  const rows = async () => (await client.call<{ vms: Row[] }>('vm.list')).vms;
  const row = async (vm: string) => (await rows()).find(({ name }) => name === vm) as Row;
  const until = async (isSo: () => Promise<boolean>): Promise<void> => {
    while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  };
  const firmware = (name: string, bytes: Uint8Array): string => {
    const path = join(host.home, `${name}.bin`);
    writeFileSync(path, bytes);
    return path;
  };
  return { host, client, begin, rows, row, until, firmware };
}

/** Says A, then for ever what is typed. */
const counts = program(
  ...sbi(EID.DBCN, 2, 'A'.charCodeAt(0)),
  ...load32(X.t0, 0x1000_0000),
  asm.lbu(X.t1, X.t0, 5),
  asm.slli(X.t1, X.t1, 63),
  asm.beqz(X.t1, -8),
  asm.lbu(X.t1, X.t0, 0),
  asm.sb(X.t1, X.t0, 0),
  asm.jal(-20),
);

/** Says A, then sleeps until something is typed, which it says. */
const sleeps = program(
  ...sbi(EID.DBCN, 2, 'A'.charCodeAt(0)),
  ...load32(X.t0, 0x1000_0000),
  ...load32(X.a3, 0x0c00_0000),
  // The UART interrupts for what it receives (10), with priority 1.
  asm.addi(X.t1, 0, 1),
  asm.sb(X.t1, X.t0, 1),
  asm.sw(X.t1, X.a3, 40),
  ...load32(X.a2, 0x0c00_2000),
  asm.addi(X.t1, 0, 1 << 10),
  asm.sw(X.t1, X.a2, 0),
  ...load32(X.a2, 0x0c20_0000),
  ...load32(X.t1, 1 << 9),
  asm.csrs(CSR.sie, X.t1),
  asm.wfi,
  asm.lw(X.t2, X.a2, 4),
  asm.beqz(X.t2, -8),
  asm.lbu(X.t1, X.t0, 0),
  asm.sb(X.t1, X.t0, 0),
  asm.sw(X.t2, X.a2, 4),
  asm.jal(-24),
);

/** Says a letter, then waits for ever. */
const letter = (text: string): Uint8Array => program(...sbi(EID.DBCN, 2, text.charCodeAt(0)), asm.spin);

/** Runs mount(8) or umount(8). */
const run = (program: string, ...words: string[]): boolean => spawnSync(program, words).status === 0;

test('full disk: VMs whose pages find no place stand still and ask; with space they go on, and have lost nothing', async (t) => {
  const { host, client, begin, rows, row, until, firmware } = await up(t);
  const small = join(host.home, 'volumes', 'small');
  mkdirSync(small);
  if (!run('mount', '-t', 'tmpfs', '-o', 'size=8m', 'none', small))
    return t.skip('a small disk needs the right to mount');
  await begin();
  // It has its files elsewhere, and what is typed comes back from it whatever becomes of the others.
  await client.call('vm.create', { name: 'other', memoryMib: 4, firmware: firmware('counts', counts) });
  await client.call('vm.start', { vm: 'other' });
  await dialogue(client, 'other', [['A']]);
  const othersGoOn = (typed: string) => dialogue(client, 'other', [['', typed], [typed]]);
  const names = ['a', 'b', 'c'];
  for (const [number, name] of names.entries()) {
    const path = firmware(name, patternGuest(number, 90 * MIB, 2));
    await client.call('vm.create', { name, memoryMib: 96, firmware: path, datastore: 'small' });
    await client.call('vm.start', { vm: name });
  }
  await until(async () => (await rows()).some(({ isAsking }) => isAsking));
  const asking = (await rows()).find(({ isAsking }) => isAsking)?.name as string;
  await othersGoOn('swap');
  assert.match(await host.ok('vm', 'list'), /powered on, asks/);
  assert.match(
    await host.ok('vm', 'message', asking),
    /^Message 1:\nmsg\.swap\.swap-full: There is no more space for its swap file .*\n   0\. Retry\n   1\. Cancel \(default\)\n$/,
  );
  assert.ok((await rows()).every(({ state }) => state === 'powered on'));
  assert.ok(run('mount', '-o', 'remount,size=256m', small));
  const answer = async ({ name }: Row): Promise<void> => {
    await host.ok('vm', 'answer', name, 'retry');
  };
  await until(async () => {
    const all = await rows();
    for (const one of all) if (one.isAsking) await answer(one);
    return all.every(({ name, state }) => name === 'other' || state === 'powered off');
  });
  for (const vm of names) {
    const { lastEnd } = await client.call<{ lastEnd: string }>('vm.show', { vm });
    assert.equal(lastEnd, 'powered itself off with status 0', vm);
  }

  assert.ok(run('mount', '-o', 'remount,size=1m', small));
  const path = firmware('d', patternGuest(9, 20 * MIB, 2 ** 20));
  await client.call('vm.create', { name: 'd', memoryMib: 32, firmware: path, datastore: 'small' });
  await client.call('vm.start', { vm: 'd' });
  await until(async () => {
    const { memory } = await client.call<{ memory: { name: string; granted?: number }[] }>('top.sample');
    return (memory.find(({ name }) => name === 'd')?.granted ?? 0) > 20 * MIB;
  });
  const saved = client.call('vm.snapshot.save', { vm: 'd', name: 'one' });
  await until(async () => (await row('d')).isAsking);
  await othersGoOn('snapshot');
  assert.match(
    await host.ok('vm', 'message', 'd'),
    /msg\.hbacommon\.outofspace: Cannot write snapshot .*there is no space left/,
  );
  assert.ok(run('mount', '-o', 'remount,size=64m', small));
  await host.ok('vm', 'answer', 'd', '0');
  await saved;
  assert.equal((await row('d')).state, 'powered on');
  assert.match(await host.ok('vm', 'snapshots', 'd'), /one/);
  await othersGoOn('end');
  for (const vm of ['d', 'other']) await client.call('vm.stop', { vm });
  await host.end('SIGTERM');
});

test('a pCPU that dies: a VM that sleeps and has its devices and a disk there goes on, again and again', async (t) => {
  const { host, client, begin, row, until, firmware } = await up(t);
  await begin();
  const path = firmware('sleeps', sleeps);
  await host.ok('vm', 'create', 'idle', '--memory', '4M', '--disk', '1M', '--firmware', path);
  /** What the log has from the beginning, by deaths. */
  const deaths = async () =>
    (await host.ok('log', 'tail', 'vmkernel', '--lines', '200')).split('pCPU 0 has died (');
  const news = async () => /VM "idle" (goes on|is powered off)/.exec((await deaths()).at(-1) ?? '')?.[1];
  let survived = 0;
  for (let death = 1; death <= DEATHS && survived < 2; death++) {
    if ((await row('idle')).state !== 'powered on') {
      await client.call('vm.start', { vm: 'idle' });
      await dialogue(client, 'idle', [['A']]);
    }
    const before = (await deaths()).length;
    // What is kept are devices that nobody used for so long: that is the condition, and time the only sign of it.
    await new Promise((resolve) => setTimeout(resolve, UNUSED_MS));
    await client.call('host.crash', { what: 'pcpu', number: 0 });
    await until(async () => (await deaths()).length > before && (await news()) !== undefined);
    if ((await news()) === 'goes on') survived++;
    else await until(async () => (await row('idle')).state === 'powered off');
    // The guest that says it has said its A before; what is typed finds its devices, and it them.
    if ((await row('idle')).state === 'powered on')
      assert.equal((await dialogue(client, 'idle', [['', `y${death}`], [`y${death}`]])).lastIndexOf('A'), 0);
  }
  assert.equal(survived, 2, (await deaths()).join('\n'));
  await client.call('vm.stop', { vm: 'idle' });
  assert.equal(await host.end('SIGTERM'), 0);
});

test('threads that die: a pCPU takes along only its VMs, the memory manager none; their memory comes back', async (t) => {
  const { host, client, begin, rows, row, until, firmware } = await up(t);
  await begin();
  const free = async () =>
    (await client.call<{ host: { memory: { free: number } } }>('top.sample')).host.memory.free;
  const before = await free();
  for (const name of ['a', 'b']) {
    const path = firmware(name, patternGuest(1, 2 * MIB, 2 ** 20));
    await client.call('vm.create', { name, memoryMib: 8, firmware: path });
    await client.call('vm.start', { vm: name });
  }
  await until(async () => (await free()) < before - 4 * MIB);
  await client.call('host.crash', { what: 'pcpu', number: 0 });
  const log = () => host.ok('log', 'tail', 'vmkernel');
  await until(async () => /VM "[ab]" (?:goes on|is powered off)/.test(await log()));
  assert.match(await log(), /pCPU 0 has died .*; a new one takes its place/);
  // Whoever was running there is off, in a moment; the other one goes on.
  for (const vm of ['a', 'b']) {
    if (!(await log()).includes(`VM "${vm}" is powered off: pCPU 0 has died, and it`)) continue;
    await until(async () => (await row(vm)).state === 'powered off');
    const { lastEnd } = await client.call<{ lastEnd: string }>('vm.show', { vm });
    assert.match(lastEnd, new RegExp(`fault: ${vm}: pCPU 0 has died`));
  }
  if ((await row('a')).state === 'powered off') await client.call('vm.start', { vm: 'a' });
  await client.call('host.crash', { what: 'memory' });
  await until(async () => (await host.ok('log', 'tail', 'vmkernel')).includes('the memory manager has died'));
  assert.equal((await row('a')).state, 'powered on');
  // A hart of the other one may have been running there: it is off too then, in a moment.
  for (const vm of ['a', 'b']) await client.call('vm.stop', { vm }).catch(() => undefined);
  await until(async () => (await rows()).every(({ state }) => state === 'powered off'));
  // A VM is off a moment before the last of its pages are back, and some are being given to the system.
  for (let looks = 0; looks < LOOKS_FOR_MEMORY && before - (await free()) > LOST_BYTES_MOST; looks++) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  const lost = before - (await free());
  t.diagnostic(`${lost} bytes are lost with the threads`);
  assert.ok(lost <= LOST_BYTES_MOST, `${lost} bytes are lost`);
  assert.equal(await host.end('SIGTERM'), 0);
});

test('TERM: VMs are switched off; what is acknowledged is there after KILL', async (t) => {
  const { host, client, begin, row, firmware } = await up(t);
  await begin();
  const path = firmware('letter', letter('A'));
  for (const name of ['off', 'kept']) {
    await client.call('vm.create', { name, memoryMib: 4, firmware: path });
    await client.call('vm.start', { vm: name });
  }
  await host.ok('vm', 'suspend', 'kept');
  assert.equal(await host.end('SIGTERM'), 0);

  await begin();
  assert.equal((await row('off')).state, 'powered off');
  assert.equal((await row('kept')).state, 'suspended');
  await client.call('vm.start', { vm: 'kept' });
  await client.call('vm.snapshot.save', { vm: 'kept', name: 'one' });
  await client.call('vm.suspend', { vm: 'kept' });
  await client.call('vm.create', { name: 'late', memoryMib: 4, firmware: path });
  await host.ok('pool', 'create', 'web');
  await host.end('SIGKILL');

  await begin();
  assert.equal((await row('late')).state, 'powered off');
  assert.equal((await row('kept')).state, 'suspended');
  assert.match(await host.ok('pool', 'list'), /web/);
  assert.match(await host.ok('vm', 'snapshots', 'kept'), /one/);
  await client.call('vm.start', { vm: 'kept' });
  await client.call('vm.snapshot.restore', { vm: 'kept', name: 'one' });
  assert.equal((await row('kept')).state, 'powered on');

  // Configured so, they are suspended, and go on with the next start.
  await client.call('vm.create', { name: 'counts', memoryMib: 4, firmware: firmware('counts', counts) });
  await client.call('vm.start', { vm: 'counts' });
  await dialogue(client, 'counts', [['A']]);
  assert.match(await host.ok('host', 'autostart', '--on-stop', 'suspend'), /when it ends +suspend/);
  assert.equal(await host.end('SIGTERM'), 0);
  await begin();
  assert.match(await host.ok('host', 'autostart'), /suspend/);
  for (const vm of ['kept', 'counts']) assert.equal((await row(vm)).state, 'suspended', vm);
  await client.call('vm.start', { vm: 'counts' });
  // What was typed comes back from the guest that has said its A before: it did not begin again.
  assert.doesNotMatch(await dialogue(client, 'counts', [['', 'x'], ['x']]), /A/);
  await host.end('SIGTERM');
});
