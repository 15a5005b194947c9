// A VM as the main thread has it in hand: while it is saved its pages stand still, for which the main thread waits nowhere.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { GuestMap, MachineMemory } from '#kernel';
import { HostError } from '#lib';
import { PAGE_BYTES } from '#riscv';
import { ControlBlock } from './control-block.ts';
import type { Cpus } from './cpus.ts';
import type { PcpuRequest, VmSeat } from './messages.ts';
import type { ToSave } from './snapshot-write.ts';
import { VmHandle } from './vm-handle.ts';

const RAM = { ramBase: 0x8000_0000, ramBytes: 16 * PAGE_BYTES };
const TO_SAVE = { state: { version: 1 } } as unknown as ToSave;

/** A VM whose home answers so. */
function make(t: TestContext, home: (map: GuestMap, kind: PcpuRequest['kind']) => Promise<unknown>) {
  const folder = mkdtempSync(join(tmpdir(), 'vmk-handle-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const memory = new MachineMemory(64 * PAGE_BYTES);
  const map = new GuestMap(memory, { ...RAM, onHostWrite: () => {} });
  const request = ({ kind }: PcpuRequest): Promise<unknown> => home(map, kind);
  const cpus = { memory, link: () => ({ request }) } as unknown as Cpus;
  const console = { write: () => true, drained: async () => {}, lines: () => {} };
  const facts = { ...{ vm: 1, name: 'a', memoryBytes: RAM.ramBytes, group: 0, home: 0 }, disks: [] };
  const handle = new VmHandle({ ...facts, part: undefined }, new ControlBlock(), console, cpus);
  handle.seat = { place: { map: map.place } } as unknown as VmSeat;
  return { handle, table: map.changer.table, path: join(folder, 'saved') };
}

const standsStill = async (map: GuestMap): Promise<ToSave> => {
  map.standStill();
  return TO_SAVE;
};

test('snapshot: the home makes the pages stand still, the main thread lets them go when they are written', async (t) => {
  const { handle, table, path } = make(t, async (map, kind) => {
    assert.equal(kind, 'snapshot');
    while (map.isClaimed) await setImmediate();
    return await standsStill(map);
  });
  // The memory manager is at them, and dies there: what the main thread does then it can do.
  assert.ok(table.claim());
  const saved = handle.snapshot(path, undefined);
  await setImmediate();
  table.unclaim();
  await setImmediate();
  await setImmediate();
  assert.equal(table.claim(), false, 'while it is written');
  await saved;
  assert.ok(existsSync(path));
  assert.ok(table.claim(), 'once was enough');
});

test('snapshot: pages are let go when the file cannot be written', async (t) => {
  const { handle, table, path } = make(t, standsStill);
  await assert.rejects(handle.snapshot(join(path, 'nowhere'), undefined), { code: 'file-io' });
  assert.ok(table.claim());
});

test('snapshot: pages that the home did not make stand still are not let go', async (t) => {
  const gone = new HostError('host-limit', { what: 'pCPU 0', reason: 'it is dead' });
  const { handle, table, path } = make(t, () => Promise.reject(gone));
  assert.ok(table.claim());
  await assert.rejects(handle.snapshot(path, undefined), gone);
  assert.ok(table.isClaimed);
});

test('resume: not before the pages of all saves are written', async (t) => {
  const said: string[] = [];
  const { handle, path } = make(t, async (map, kind) => {
    said.push(kind);
    return kind === 'snapshot' ? await standsStill(map) : undefined;
  });
  const saves = ['', '2'].map(async (more) => {
    await handle.snapshot(path + more, undefined);
    said.push('written');
  });
  await handle.resume();
  await Promise.all(saves);
  assert.deepEqual(said, ['snapshot', 'snapshot', 'written', 'written', 'resume']);
});
