// Entries of decoded pages: what is remembered of a word is what taking it apart says, wherever it stands.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { X_SINK } from '../hart/context.ts';
import { decode } from '../isa/decode.ts';
import { EntryWriter } from './entry-writer.ts';
import { HandlerTable, isRelativeJump } from './handler-table.ts';

const ENTRY = 64;

function writer() {
  const memory = new ArrayBuffer(256);
  const table = new HandlerTable();
  return { table, view: new DataView(memory), entries: new EntryWriter(memory, table) };
}

test('EntryWriter: words that share places are not taken for one another', () => {
  const { table, view, entries } = writer();
  const random = new SeededRandom(7);
  const words = Array.from({ length: 30_000 }, () => random.nextU32());
  // Twice, so that each is found where others were meanwhile.
  for (const word of [...words, ...words]) {
    const one = decode(word);
    if (one.row.fields.has('csr')) continue;
    const offset = (word >>> 16) & 0xffe;
    const length = entries.write(ENTRY, word, offset, 0);
    const isNear = isRelativeJump(one.row) && offset + one.imm >= 0 && offset + one.imm < 4096;
    const hasImmediate = one.row.fields.has('imm');
    const second = one.rs2 | (one.rs3 << 8) | (one.rm << 16);
    const rd = one.rd === 0 && !table.writesF.has(one.row) ? X_SINK / 8 : one.rd;
    assert.equal(view.getUint16(ENTRY, true), table.opcode(one.index, one.length, isNear));
    assert.deepEqual(
      [2, 3].map((at) => view.getUint8(ENTRY + at)),
      [hasImmediate && one.row.fields.has('rs2') ? one.rs2 : rd, one.rs1],
    );
    assert.equal(view.getInt32(ENTRY + 4, true), isNear ? one.imm * 4 : hasImmediate ? one.imm : second);
    assert.ok(length === 0 || length === one.length);
  }
});

test('EntryWriter: a jump is near only where its target is in the page, and a flag stays with its entry', () => {
  const { table, view, entries } = writer();
  const branch = 0x0000_0463;
  const { index } = decode(branch);
  const opcodeAt = (offset: number, flag = 0) => {
    entries.write(ENTRY, branch, offset, flag);
    return view.getUint16(ENTRY, true);
  };
  assert.equal(opcodeAt(100), table.opcode(index, 4, true));
  assert.equal(opcodeAt(4092), table.opcode(index, 4, false));
  assert.equal(opcodeAt(-1), table.opcode(index, 4, false));
  assert.equal(opcodeAt(100, 0x4000), table.opcode(index, 4, true) | 0x4000);
  assert.equal(opcodeAt(100), table.opcode(index, 4, true));
});
