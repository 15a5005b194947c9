// Several VMs on several pCPUs: all say their name, pause and end; a pCPU that dies takes along only what ran there.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { GuestMap, MachineMemory } from '#kernel';
import { PAGE_BYTES } from '#riscv';
import { Cpus } from '../../src/host/cpus.ts';
import type { VmConfig, VmSeat } from '../../src/host/messages.ts';
import { readSnapshot } from '../../src/host/snapshot-file.ts';
import { asm, EID, load32, program, sbi, X } from '../../src/vmm/testing.ts';

const MIB = 2 ** 20;
const folder = mkdtempSync(join(tmpdir(), 'vmk-cpus-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Words that write a byte by the debug console. */
const say = (byte: number): number[] => sbi(EID.DBCN, 2, byte);
const OFF = sbi(EID.SRST, 0, 0, 0);

function config(name: string, words: readonly number[], cpus = 1): VmConfig {
  const path = join(folder, `${name}.bin`);
  writeFileSync(path, program(...words));
  return {
    ...{ name, firmware: path, initrd: [], append: '', memoryBytes: 4 * MIB, disks: [] },
    ...{ console: 'serial', deterministic: false, trace: [], cpus },
  };
}

/** Starts a VM and gathers what it says; `said` resolves when that is so much. */
async function start(cpus: Cpus, vm: VmConfig) {
  let text = '';
  const hearers: (() => void)[] = [];
  const handle = await cpus.startVm(vm, {
    write(bytes) {
      text += String.fromCharCode(...bytes);
      for (const hear of hearers) hear();
      return true;
    },
    drained: () => Promise.resolve(),
    lines: (_lines, done) => done(),
  });
  const said = (wanted: string) =>
    new Promise<void>((resolve) => {
      const hear = () => (text.includes(wanted) ? resolve() : undefined);
      hearers.push(hear);
      hear();
    });
  return { handle, said, text: () => text };
}

async function withCpus(count: number, use: (cpus: Cpus, reports: string[]) => Promise<void>): Promise<void> {
  const reports: string[] = [];
  const report = (line: string): void => void reports.push(line);
  const cpus = new Cpus({ cpus: count, memoryBytes: 512 * MIB, engine: 'interpreter', report });
  try {
    await use(cpus, reports);
  } finally {
    await cpus.close();
  }
}

test('Cpus: eight VMs on two pCPUs say their name and switch themselves off; their memory comes back', async () => {
  await withCpus(2, async (cpus) => {
    const names = 'ABCDEFGH'.split('');
    const before = cpus.memory.freePages;
    const vms = await Promise.all(
      names.map((name) => start(cpus, config(name, [...say(name.charCodeAt(0)), ...OFF]))),
    );
    const ends = await Promise.all(vms.map(({ handle }) => handle.ended));
    assert.deepEqual(
      vms.map(({ text }) => text()),
      names,
    );
    assert.ok(ends.every(({ result }) => result.kind === 'powered-off'));
    assert.deepEqual(new Set(vms.map(({ handle }) => handle.home)), new Set([0, 1]));
    assert.equal(cpus.memory.freePages, before);
    assert.deepEqual(cpus.vms, []);
  });
});

/** Hart 0 starts hart 1 where it stands itself; each says its digit, then counts for ever at 0x80300000 + 64 × id. */
const PAIR = [
  ...[asm.addi(X.t0, X.a0, 0)],
  ...[asm.beqz(X.t0, 8), asm.jal(4 * (sbi(EID.HSM, 0, 1, 0x8020_0000, 0).length + 1))],
  ...sbi(EID.HSM, 0, 1, 0x8020_0000, 0),
  ...[asm.addi(X.a0, X.t0, 0x30)],
  ...load32(X.a7, EID.DBCN),
  ...[...load32(X.a6, 2), asm.ecall],
  asm.spin,
];

test('Cpus: a VM of two harts runs on two pCPUs at once, stands still while it is paused, and is reset', async () => {
  await withCpus(2, async (cpus) => {
    const { handle, said, text } = await start(cpus, config('pair', PAIR, 2));
    await Promise.all([said('0'), said('1')]);
    const steps = () => handle.rows.map((row) => cpus.worlds.columns.steps[row] as number);
    await handle.pause();
    const paused = steps();
    const again = await handle.stats();
    assert.deepEqual(steps(), paused);
    assert.equal(again.steps, (await handle.stats()).steps);
    const before = text();
    await handle.resume();
    await handle.reset();
    await Promise.race([said(`${before}01`), said(`${before}10`)]);
    await handle.powerOff();
    assert.deepEqual((await handle.ended).result, { kind: 'left' });
  });
});

test('Cpus: a pCPU that dies takes along VMs whose devices are in use there; others go on, and a new one comes', async () => {
  await withCpus(2, async (cpus, reports) => {
    const sleeps = [...load32(X.t0, 0x200), asm.csrw(0x104, X.t0), asm.wfi, asm.jal(-4)];
    const uses = [...load32(X.t0, 0x1000_0000), asm.lbu(X.t1, X.t0, 5), asm.jal(-4)];
    const begun = async (name: string, words: readonly number[]) => {
      const vm = await start(cpus, config(name, [...say(name.charCodeAt(0)), ...words]));
      await vm.said(name);
      return vm.handle;
    };
    const lost = await begun('A', uses);
    const elsewhere = await begun('B', sleeps);
    const kept = await begun('D', sleeps);
    assert.deepEqual([lost.home, elsewhere.home, kept.home], [0, 1, 0]);
    while (!kept.isKept) await setImmediate();
    assert.equal(lost.isKept, false);
    await cpus.kill(0);
    const { result } = await lost.ended;
    assert.equal(result.kind, 'fault');
    assert.match(reports.join('\n'), /pCPU 0 has died.*\n.*VM "A" is powered off/);
    assert.deepEqual(
      cpus.vms.map(({ name }) => name),
      ['B', 'D'],
    );
    for (const handle of [elsewhere, kept]) {
      await handle.pause();
      await handle.resume();
    }
    const goesOn = /VM "D" goes on: its devices on pCPU 0 were not in use/g;
    assert.equal(reports.join('\n').match(goesOn)?.length, 1);
    // So does one that is paused, and stays so.
    await kept.pause();
    while (!kept.isKept) await setImmediate();
    await cpus.kill(0);
    while (reports.join('\n').match(goesOn)?.length !== 2) await setImmediate();
    await kept.resume();
    await kept.pause();
    await kept.resume();
    const next = await start(cpus, config('C', [...say(67), ...OFF]));
    assert.equal((await next.handle.ended).result.kind, 'powered-off');
    for (const handle of [elsewhere, kept]) await handle.powerOff();
  });
});

test('Cpus: what cannot be booted is told, and leaves nothing behind', async () => {
  await withCpus(1, async (cpus) => {
    const before = cpus.worlds.end;
    const bad = { ...config('bad', OFF), firmware: join(folder, 'nothing') };
    await assert.rejects(start(cpus, bad), { code: 'file-missing' });
    assert.deepEqual(cpus.vms, []);
    assert.equal(cpus.worlds.end, before);
  });
});

test('Cpus: a snapshot builds on the one that was saved last, and on no other; it is whole when its VM is switched off meanwhile', async () => {
  await withCpus(2, async (cpus) => {
    const { handle, said } = await start(cpus, config('saved', [...say(65), asm.spin]));
    await said('A');
    await handle.pause();
    const { ramFirstPage, ramPages } = (handle.seat as VmSeat).place.map;
    const map = GuestMap.attach(cpus.memory, (handle.seat as VmSeat).place.map, { onHostWrite: () => {} });
    const write = (page: number, value: number) => {
      map.views((ramFirstPage + page) * PAGE_BYTES, PAGE_BYTES, true)?.[0]?.fill(value);
      map.endViews();
    };
    const path = (name: string) => join(folder, `${name}.vmsn`);
    write(900, 1);
    await handle.snapshot(path('a'), undefined);
    write(900, 2);
    await handle.snapshot(path('b'), undefined);
    write(901, 3);
    // What was written between the two is not known any more.
    await handle.snapshot(path('c'), path('a'));
    write(902, 4);
    assert.equal((await handle.snapshot(path('d'), path('c'))).pages, 1);
    write(903, 5);
    await assert.rejects(handle.snapshot(join(folder, 'none', 'e.vmsn'), path('d')), { code: 'file-io' });
    const saving = handle.snapshot(path('f'), path('d'));
    const ended = handle.powerOff();
    await saving;
    await ended;
    assert.equal(await handle.press('power'), false, 'who has ended hears no button');
    const copy = new GuestMap(new MachineMemory(16 * MIB), {
      ...{ ramBase: ramFirstPage * PAGE_BYTES, ramBytes: ramPages * PAGE_BYTES, onHostWrite: () => {} },
    });
    readSnapshot(path('f')).fill(copy);
    const values = [900, 901, 902, 903].map((page) => copy.pageBytes(ramFirstPage + page)?.[7]);
    assert.deepEqual(values, [2, 3, 4, 5]);
  });
});
