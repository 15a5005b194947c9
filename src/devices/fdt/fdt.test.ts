/** Tests of the device tree writer: what it writes is read back, by a parser of ours and by dtc where there is one. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { type FdtNode, type FdtValue, flatten, ref, reg } from './fdt.ts';

type Parsed = { [name: string]: string | Parsed };

/** Nodes as objects, properties as hexadecimal digits. */
function parse(blob: Uint8Array): { tree: Parsed; reserved: string; header: number[] } {
  const view = new DataView(blob.buffer);
  const header = Array.from({ length: 10 }, (_, i) => view.getUint32(4 * i));
  const [, , structureAt = 0, stringsAt = 0, reservedAt = 0] = header;
  let at = structureAt;
  const name = (from: number): string => Buffer.from(blob.subarray(from, blob.indexOf(0, from))).toString();
  const next = (): number => view.getUint32((at += 4) - 4);
  const node = (): Parsed => {
    const result: Parsed = {};
    for (let token = next(); token !== 2; token = next()) {
      if (token === 1) {
        const child = name(at);
        at += (child.length + 4) & ~3;
        result[child] = node();
      } else {
        assert.equal(token, 3);
        const length = next();
        const key = name(stringsAt + next());
        result[key] = Buffer.from(blob.subarray(at, at + length)).toString('hex');
        at += (length + 3) & ~3;
      }
    }
    return result;
  };
  assert.equal(next(), 1);
  at += 4;
  const tree = node();
  assert.equal(next(), 9);
  assert.equal(at, stringsAt);
  return { tree, header, reserved: Buffer.from(blob.subarray(reservedAt, structureAt)).toString('hex') };
}

const TREE: FdtNode = {
  name: '',
  properties: {
    empty: true,
    cell: 1,
    wide: 0x1_0000_0002n,
    text: 'ab',
    list: ['a', 'bc'],
    bytes: Uint8Array.of(1, 2, 3),
  },
  children: [
    { name: 'intc@1000', label: 'intc', properties: { reg: reg({ base: 0x1_0000_1000, size: 0x20 }) } },
    { name: 'user', label: 'unused', properties: { parent: [ref('intc'), 9], cell: 2 } },
  ],
};

test('flatten: every kind of value, nested nodes and references', () => {
  const { tree } = parse(flatten(TREE));
  assert.deepEqual(tree, {
    empty: '',
    cell: '00000001',
    wide: '0000000100000002',
    text: '616200',
    list: '6100626300',
    bytes: '010203',
    'intc@1000': { reg: '00000001000010000000000000000020', phandle: '00000001' },
    user: { parent: '0000000100000009', cell: '00000002' },
  });
});

test('flatten: header and reservations', () => {
  const blob = flatten(TREE, { reservations: [{ base: 0x8000_0000, size: 0x1000 }], bootHart: 3 });
  const { header, reserved } = parse(blob);
  const [magic, total, structureAt, stringsAt, reservedAt, version, compatible, boot, strings, structure] =
    header;
  assert.deepEqual(
    [magic, total, reservedAt, version, compatible, boot],
    [0xd00dfeed, blob.length, 40, 17, 16, 3],
  );
  assert.equal(structureAt, 40 + 32);
  assert.equal(stringsAt, (structureAt ?? 0) + (structure ?? 0));
  assert.equal((stringsAt ?? 0) + (strings ?? 0), blob.length);
  assert.equal(reserved, '00000000800000000000000000001000'.padEnd(64, '0'));
});

const child = (properties: Record<string, FdtValue>, label?: string): FdtNode => ({
  name: '',
  properties: {},
  children: [
    { name: 'a', properties, ...(label === undefined ? {} : { label }) },
    { name: 'b', label: 'b', properties: {} },
  ],
});

test('flatten: what is wrong is named with its place', () => {
  assert.throws(
    () => flatten(child({ x: [ref('nobody')] })),
    /Unknown label "nobody" in property "x" of node "\/a"/,
  );
  assert.throws(() => flatten(child({ x: [ref('b')] }, 'b')), /Label "b" is on two nodes/);
  for (const cell of [-1, 2 ** 32, 0.5]) {
    assert.throws(() => flatten(child({ x: [cell] })), /no 32-bit cell in property "x" of node "\/a"/);
    assert.throws(() => flatten(child({ x: cell })), /no 32-bit cell/);
  }
  for (const name of ['', 'a b', 'a/b', 'a@', 'a@1@2']) {
    assert.throws(
      () => flatten({ name: '', properties: {}, children: [{ name, properties: {} }] }),
      /Malformed node name/,
    );
  }
});

const dtc = spawnSync('dtc', ['--version']).status === 0;

test('flatten: dtc reads it', { skip: dtc ? false : 'no dtc on this machine' }, () => {
  const { status, stdout } = spawnSync('dtc', ['-q', '-I', 'dtb', '-O', 'dts'], { input: flatten(TREE) });
  assert.equal(status, 0);
  assert.match(stdout.toString(), /parent = <0x01 0x09>;/);
});
