// Machine memory of a host with real swap files: what VMs get, what they are refused, and what is left when they are off.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { GuestMap, MachineMemory } from '#kernel';
import { PAGE_BYTES } from '#riscv';
import { HostMemoryManager, topMemory } from './host-memory.ts';

const RAM = 0x8000_0000;
const PAGES = 1024;
const allocation = { sizePages: PAGES, reservationPages: 400, shares: 1000, overheadPages: 20 };
const noBalloon = { isDriven: false, target: 0, actual: 0, setTarget: () => {} };

function inFolder(use: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'vmk-memory-'));
  try {
    use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('HostMemoryManager: VMs with more memory than the host go on, and leave nothing behind', () => {
  inFolder((folder) => {
    const machine = new MachineMemory(1536 * PAGE_BYTES);
    const free = machine.freePages;
    const host = new HostMemoryManager(machine);
    const vms = ['a', 'b'].map((name) => {
      const part = host.open({ name, identity: name, allocation, swapPath: join(folder, name) });
      const ram = { ramBase: RAM, ramBytes: PAGES * PAGE_BYTES, onHostWrite: () => {} };
      const map = new GuestMap(machine, { ...ram, ...part.memory });
      part.manage(map, noBalloon);
      return { name, part, map };
    });
    const words = new BigUint64Array(machine.memory.buffer);
    const place = (map: GuestMap, page: number, write: boolean): number => {
      assert.equal(map.resolve(RAM / PAGE_BYTES + page, write), 'ok');
      return (map.machinePage(RAM / PAGE_BYTES + page) * PAGE_BYTES) / 8;
    };
    for (const [i, { map }] of vms.entries()) {
      for (let page = 0; page < PAGES; page++) words[place(map, page, true)] = BigInt(page * 2 + i + 1);
      host.tick(1000 * (i + 1));
    }
    for (const [i, { map }] of vms.entries()) {
      for (let page = 0; page < PAGES; page++) {
        assert.equal(words[place(map, page, false)], BigInt(page * 2 + i + 1));
      }
    }
    const { vms: rows } = host.statistics();
    assert.ok(rows.every((vm) => vm.compressedPages + vm.swappedPages > 0));
    const row = topMemory(7, rows[0] as (typeof rows)[number], 20);
    assert.deepEqual(
      [row.group, row.name, row.size, row.overhead],
      [7, 'a', PAGES * PAGE_BYTES, 20 * PAGE_BYTES],
    );
    for (const { name, part, map } of vms) {
      map.destroy();
      part.close();
      assert.equal(existsSync(join(folder, name)), false);
    }
    assert.equal(machine.freePages, free);
  });
});

test('HostMemoryManager: a reservation that does not fit is refused, until another VM is off', () => {
  inFolder((folder) => {
    const host = new HostMemoryManager(new MachineMemory(1024 * PAGE_BYTES));
    assert.equal(host.refusal(allocation), undefined);
    const parts = ['a', 'b'].map((name) =>
      host.open({ name, identity: name, allocation, swapPath: join(folder, name) }),
    );
    assert.match(host.refusal(allocation)?.reason ?? '', /it needs 2 MiB .* are not reserved/);
    parts[0]?.close();
    assert.equal(host.refusal(allocation), undefined);
    parts[1]?.close();
  });
});
