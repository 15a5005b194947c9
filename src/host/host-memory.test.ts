// Machine memory of a host with real swap files: what VMs get, what they are refused, and what is left when they are off.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { defaultMemoryOptions, GuestMap, MachineMemory } from '#kernel';
import { PAGE_BYTES } from '#riscv';
import { Seat } from '#vmm';
import { Bells } from './bells.ts';
import { HostMemoryManager, topMemory, type VmPart } from './host-memory.ts';
import { MemoryKeeper } from './memory-keeper.ts';
import { openStores } from './memory-seat.ts';
import { MemoryWords } from './memory-words.ts';

const POLL_MS = 5;
const PAGES = 1024;
const allocation = { sizePages: PAGES, reservationPages: 400, shares: 1000, overheadPages: 20 };

function inFolder(use: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'vmk-memory-'));
  try {
    use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function configOf(folder: string, name: string) {
  const sharing = { identity: name, salt: undefined, isUnshared: false, maxBalloonPages: undefined, pool: 0 };
  return { name, ...sharing, allocation, swapPath: join(folder, name) };
}

const parts = (machine: MachineMemory) => ({ machine, bells: new Bells(1), report: () => {} });

test('MemoryKeeper: VMs with more memory than the host go on, and leave nothing behind', () => {
  inFolder((folder) => {
    const machine = new MachineMemory(1536 * PAGE_BYTES);
    const free = machine.freePages;
    const host = new HostMemoryManager(parts(machine));
    const keeper = new MemoryKeeper({
      ...{ machine, options: { ...defaultMemoryOptions(), minFreePct: 6 }, ghz: 1, random: Math.random },
      ...{ give: undefined, ring: () => {}, onProblem: (...given) => assert.fail(given.join()) },
    });
    const vms = ['a', 'b'].map((name) => {
      const part = host.open(configOf(folder, name));
      const place = Seat.layOut(machine, { name, ramBytes: PAGES * PAGE_BYTES, harts: 1 });
      const { seat, key } = part;
      const stores = openStores(machine, seat);
      const map = GuestMap.attach(machine, place.map, { onHostWrite: () => {}, stores });
      keeper.add({ key, ...part.config, place, seat, home: 0 });
      return { name, part, map, place };
    });
    const words = new BigUint64Array(machine.memory.buffer);
    const ramFirst = vms[0]?.map.layout.ramFirstPage ?? 0;
    let nowMs = 0;
    const at = (map: GuestMap, page: number, write: boolean): number => {
      // A VM that is over what it is owed waits for the manager when the host is nearly out of pages.
      while (map.resolve(ramFirst + page, write) !== 'ok') keeper.tick((nowMs += 10));
      return (map.machinePage(ramFirst + page) * PAGE_BYTES) / 8;
    };
    for (let page = 0; page < PAGES; page++) {
      for (const [i, { map }] of vms.entries()) words[at(map, page, true)] = BigInt(page * 2 + i + 1);
    }
    for (let page = 0; page < PAGES; page++) {
      for (const [i, { map }] of vms.entries()) {
        assert.equal(words[at(map, page, false)], BigInt(page * 2 + i + 1));
      }
    }
    for (const { map } of vms) {
      assert.ok(map.count('compressed') + map.count('swapped') > 0);
      map.spare = 0;
    }
    for (const { name, part, map, place } of vms) {
      keeper.remove(part.key);
      map.releaseAll();
      Seat.giveBack(machine, place);
      part.close();
      assert.equal(existsSync(join(folder, name)), false);
    }
    assert.equal(machine.freePages, free);
  });
});

test('HostMemoryManager: a reservation that does not fit is refused, until another VM is off', () => {
  inFolder((folder) => {
    const host = new HostMemoryManager(parts(new MachineMemory(1024 * PAGE_BYTES)));
    const open = (name: string): VmPart => host.open(configOf(folder, name));
    const [a, b] = [open('a'), open('b')];
    assert.throws(() => open('c'), {
      code: 'memory-admission',
      message: /^Cannot guarantee memory: VM "c": it needs 2 MiB .* are not reserved$/,
    });
    assert.equal(existsSync(join(folder, 'c')), false);
    a.close();
    const c = open('c');
    for (const part of [b, c]) part.close();
  });
});

test('HostMemoryManager: no swap file, no VM; its tables are given back', () => {
  inFolder((folder) => {
    const machine = new MachineMemory(1024 * PAGE_BYTES);
    const free = machine.freePages;
    const host = new HostMemoryManager(parts(machine));
    assert.throws(() => host.open(configOf(join(folder, 'none'), 'a')), { code: 'file-io' });
    assert.equal(machine.freePages, free);
  });
});

test('HostMemoryManager: another thread shares pages, and is at none after `leave`', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vmk-memory-'));
  const machine = new MachineMemory(2048 * PAGE_BYTES);
  const options = { shareScanTime: 1, shareRateMax: 32768, shareScanGHz: 32, shareForceSalting: 0 };
  const lines: string[] = [];
  const host = new HostMemoryManager({
    ...parts(machine),
    options,
    report: (line) => void lines.push(line),
  });
  /** Has the manager look again and again: each look shares the pages that are due by then. */
  const until = async (isSo: () => boolean): Promise<void> => {
    for (; !isSo(); await setTimeout(POLL_MS)) host.bell.ring();
  };
  try {
    const part = host.open(configOf(folder, 'a'));
    const place = Seat.layOut(machine, { name: 'a', ramBytes: PAGES * PAGE_BYTES, harts: 1 });
    const map = GuestMap.attach(machine, place.map, { onHostWrite: () => {} });
    const { ramFirstPage } = map.layout;
    for (let page = 0; page < PAGES; page++) map.resolve(ramFirstPage + page, true);
    part.manage(place, 0);
    await until(() => map.count('zero') > 0);
    const row = topMemory(7, part.statistics() ?? assert.fail('it is made'));
    assert.deepEqual([row.group, row.name, row.size], [7, 'a', PAGES * PAGE_BYTES]);
    assert.ok((row.zero ?? 0) > 0 && row.isBallooned === false);
    const words = new MemoryWords(part.seat.words);
    for (const word of ['cache', 'sharedSaved'] as const) {
      words.set(word, 2 * PAGES);
      const { consumedPages = -1 } = part.statistics() ?? {};
      assert.ok(consumedPages >= 0 && consumedPages <= PAGES, `${consumedPages} by an old look at ${word}`);
    }
    await host.kill();
    await until(() => lines.length > 0);
    assert.match(lines.join('\n'), /the memory manager has died .*; a new one takes its place/);
    const before = map.count('zero');
    await until(() => map.count('zero') > before);
    await part.leave();
    const after = map.count('zero');
    map.releaseAll();
    assert.equal(map.count('zero'), 0);
    assert.ok((part.statistics()?.zeroPages ?? 0) > 0, 'what it had when it left');
    assert.ok(after > before);
    Seat.giveBack(machine, place);
    part.close();
  } finally {
    await host.close();
    rmSync(folder, { recursive: true });
  }
});
