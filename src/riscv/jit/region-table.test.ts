// The table of regions: what is full, shared, written and taken back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as L from '../core/layout.ts';
import { PAGE_BYTES } from '../hart/page-map.ts';
import { ModuleBuilder } from '../wasm/module-builder.ts';
import { RegionTable } from './region-table.ts';

const ALONE = { previous: 0, next: 0 };
const MACHINE_BYTES = 2 ** 24;

/** Any function of WebAssembly. */
function someFunction(): CallableFunction {
  const module = new ModuleBuilder();
  module.exportFunction(
    'f',
    module.function({ params: [], results: [] }, () => {}),
  );
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module.finish()));
  return exports['f'] as CallableFunction;
}

class Fixture {
  readonly memory = new SharedArrayBuffer(MACHINE_BYTES);
  readonly area = L.codeArea(PAGE_BYTES, MACHINE_BYTES - PAGE_BYTES, MACHINE_BYTES);
  readonly table = new RegionTable(this.memory, this.area, RegionTable.makeTable());
  readonly code = someFunction();
  readonly #half = new Uint16Array(this.memory);
  readonly #words = new Int32Array(this.memory);

  /** A hot place in the decoded form of a machine page; all its entries are decoded. */
  place(page: number, slot: number, address = BigInt(page * PAGE_BYTES + slot * 2)) {
    const decodedPage = this.area.pool + page * L.DECODED_PAGE_BYTES;
    this.#words[(decodedPage + L.DECODED_MACHINE_PAGE) >>> 2] = (page + 1) * PAGE_BYTES;
    this.#words[(this.area.table >>> 2) + page + 1] = decodedPage;
    const entry = decodedPage + slot * L.ENTRY_BYTES;
    if (this.opcode(entry) === 0) this.#half[entry >>> 1] = L.SPECIALS;
    return { entry, decodedPage, address, mode: 1 as L.Mode };
  }
  /** Other bytes than before, as `codeWritten` and `renew` leave them. */
  write(where: ReturnType<Fixture['place']>, value: number): void {
    this.#words[(where.decodedPage + L.DECODED_COPY) >>> 2] = value;
  }
  setOpcode(entry: number, opcode: number): void {
    this.#half[entry >>> 1] = opcode;
  }
  /** An opcode is that of a pair which begins with another one. */
  pair(opcode: number, first: number): void {
    this.#half[(this.area.firsts >>> 1) + opcode] = first;
  }
  opcode(entry: number): number {
    return this.#half[entry >>> 1] as number;
  }
  isMarked(entry: number): boolean {
    return (this.opcode(entry) & L.REGION_FLAG) !== 0;
  }
  install(where: ReturnType<Fixture['place']>): boolean {
    const request = this.table.request(where, ALONE);
    return request !== undefined && this.table.install(request.id, this.code);
  }
}

test('RegionTable: a place is asked for once, and again when it was taken back or written', () => {
  const f = new Fixture();
  const where = f.place(0, 5);
  const request = f.table.request(where, ALONE);
  assert.ok(request);
  assert.equal(f.table.request(where, ALONE), undefined);
  f.table.withdraw(request);
  assert.ok(f.install(where));
  assert.ok(f.isMarked(where.entry));
  f.table.drop(PAGE_BYTES);
  assert.deepEqual([f.isMarked(where.entry), f.table.size], [false, 0]);
  f.write(where, 1);
  assert.ok(f.install(where));
});

test('RegionTable: entries before a region that do its first instruction as well leave it to the region', () => {
  const f = new Fixture();
  f.pair(300, 20);
  const where = f.place(0, 5);
  const before = [1, 2, 3].map((back) => where.entry - back * L.ENTRY_BYTES);
  for (const entry of before) f.setOpcode(entry, 300);
  f.setOpcode(before[0] as number, 300 | L.REGION_FLAG);
  assert.ok(f.install(where));
  assert.deepEqual(
    before.map((entry) => f.opcode(entry)),
    [20 | L.REGION_FLAG, 20, 300],
  );
});

test('RegionTable: a region at the start of a page leaves what stands before the page', () => {
  const f = new Fixture();
  f.pair(300, 20);
  const where = f.place(1, 0);
  f.setOpcode(where.entry - L.ENTRY_BYTES, 300);
  assert.ok(f.install(where));
  assert.equal(f.opcode(where.entry - L.ENTRY_BYTES), 300);
});

test('RegionTable: what was translated of the same content is entered without a request, also on another page', () => {
  const f = new Fixture();
  const where = f.place(0, 5);
  assert.ok(f.install(where));
  f.table.drop(PAGE_BYTES);
  assert.equal(f.table.request(where, ALONE), undefined);
  assert.ok(f.isMarked(where.entry));
  const twin = f.place(1, 5, where.address);
  assert.equal(f.table.request(twin, ALONE), undefined);
  assert.ok(f.isMarked(twin.entry));
  assert.equal(f.table.size, 2);
  // Elsewhere in virtual memory, in another mode, or of other bytes it is another region.
  assert.ok(f.table.request(f.place(2, 5), ALONE));
  assert.ok(f.table.request({ ...f.place(3, 5, where.address), mode: 0 }, ALONE));
  const other = f.place(4, 5, where.address);
  f.write(other, 1);
  assert.ok(f.table.request(other, ALONE));
});

test('RegionTable.adopt: a page of known content has its regions before anything was counted', () => {
  const f = new Fixture();
  const where = f.place(0, 5);
  assert.ok(f.install(where));
  const twin = f.place(1, 5, where.address);
  const decoded: number[] = [];
  f.table.adopt({ ...twin, address: 0n }, (entry) => decoded.push(entry));
  assert.deepEqual([decoded, f.isMarked(twin.entry)], [[twin.entry], true]);
  f.table.drop(2 * PAGE_BYTES);
  assert.deepEqual([f.isMarked(twin.entry), f.isMarked(where.entry)], [false, true]);
  const other = f.place(2, 5, where.address);
  f.write(other, 1);
  f.table.adopt({ ...other, address: 0n }, () => assert.fail('nothing is known of it'));
});

test('RegionTable: what comes after its page was written is not installed', () => {
  const f = new Fixture();
  const request = f.table.request(f.place(0, 5), ALONE);
  f.table.drop(PAGE_BYTES);
  assert.equal(f.table.install(request?.id ?? 0, f.code), false);
});

test('RegionTable.drop: says where the page’s regions could be entered, not those that are still waited for', () => {
  const f = new Fixture();
  const [where, other] = [f.place(0, 5), f.place(0, 9)];
  assert.deepEqual(f.table.drop(PAGE_BYTES), []);
  assert.ok(f.install(where));
  assert.ok(f.table.request(other, ALONE));
  assert.deepEqual(
    f.table.drop(PAGE_BYTES).map(({ address, mode }) => [address, mode]),
    [[where.address, 1]],
  );
  assert.deepEqual(f.table.drop(PAGE_BYTES), []);
});

test('RegionTable: a write to a neighbour drops the region, one elsewhere does not', () => {
  const f = new Fixture();
  for (const page of [0, 2, 3]) f.place(page, 0);
  const where = f.place(1, 9);
  const request = f.table.request(where, { previous: PAGE_BYTES, next: 3 * PAGE_BYTES });
  assert.ok(f.table.install(request?.id ?? 0, f.code));
  f.table.drop(4 * PAGE_BYTES);
  assert.ok(f.isMarked(where.entry));
  f.table.drop(3 * PAGE_BYTES);
  assert.deepEqual([f.isMarked(where.entry), f.table.size], [false, 0]);
});

test('RegionTable: a place whose slot was taken gets it back when it is hot again', () => {
  const f = new Fixture();
  const slots = new Int32Array(f.memory, f.area.regions, L.REGION_SLOTS * 4);
  const [one, other] = [f.place(0, 5, 0x1000n), f.place(0, 5, 0x1000n + BigInt(L.REGION_SLOTS * PAGE_BYTES))];
  assert.ok(f.install(one));
  const at = slots.findIndex((word) => word !== 0) & ~3;
  assert.ok(f.install(other));
  const taken = slots[at + L.RegionSlot.index / 4];
  assert.equal(f.table.request(one, ALONE), undefined);
  assert.notEqual(slots[at + L.RegionSlot.index / 4], taken);
});

test('RegionTable: more regions than there is room for are refused, not an error', () => {
  const f = new Fixture();
  let installed = 0;
  let slot = 0;
  for (let page = 0; !f.table.isFull; page++) {
    for (slot = 0; slot < 512 && !f.table.isFull; slot++) if (f.install(f.place(page, slot))) installed++;
  }
  assert.equal(f.table.size, installed);
  assert.equal(f.install(f.place(0, 1000)), false);
  f.table.dropAll();
  assert.equal(f.table.size, 0);
  assert.ok(f.install(f.place(0, 1000)));
});
