// Which accesses of a loop move by the same distance each turn.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Assembler } from '../isa/assembler.ts';
import { type Decoded, decode } from '../isa/decode.ts';
import { stridesOf } from './strides.ts';

const [S0, S1, A0, A1, A2] = [8, 9, 10, 11, 12];

function read(write: (asm: Assembler) => void): readonly Decoded[] {
  const asm = new Assembler(0n);
  write(asm);
  const bytes = asm.finish();
  return Array.from(new Uint32Array(bytes.slice().buffer), (word) => decode(word));
}
/** Strides as register, step, half, span, and places with their offsets. */
const strides = (write: (asm: Assembler) => void): string[] | undefined =>
  stridesOf(read(write))?.map(({ register, shift, plus, step, isStore, low, high, offsets }) => {
    const places = [...offsets].map(([place, at]) => `${place}:${at}`).join();
    const base = `${plus === 0 ? '' : `x${plus}+`}x${register}${shift === 0 ? '' : `<<${shift}`}`;
    return `${base}${step < 0 ? '' : '+'}${step} ${isStore ? 'rw' : 'r'} ${low}..${high} ${places}`;
  });
const load = (asm: Assembler, rs1: number, imm: number) => asm.emit('ld', { rd: A2, rs1, imm });
const store = (asm: Assembler, rs1: number, imm: number) => asm.emit('sw', { rs1, rs2: A2, imm });
const addi = (asm: Assembler, rd: number, rs1: number, imm: number) => asm.emit('addi', { rd, rs1, imm });

test('stridesOf: a base that moves counts from where the turn begins, before and behind its step', () => {
  const found = strides((asm) => load(addi(load(asm, S0, 16), S0, S0, 8), S0, -24));
  assert.deepEqual(found, ['x8+8 r -16..24 0:16,2:-16']);
});

test('stridesOf: loads and stores by one base share a look for stores', () => {
  assert.deepEqual(
    strides((asm) => addi(store(load(asm, S0, 0), S0, 8), S0, S0, -4)),
    ['x8-4 rw 0..12 0:0,1:8'],
  );
});

test('stridesOf: copies go with what they are copies of, within a turn and from the turn before', () => {
  const found = strides((asm) => {
    addi(store(addi(store(asm, A0, 0), A1, S0, 8), A1, 0), S0, S0, 16);
    asm.emit('add', { rd: A0, rs1: 0, rs2: S0 });
  });
  assert.deepEqual(found, ['x8+16 rw 0..12 0:0,2:8']);
});

test('stridesOf: what stays is looked up once, what is loaded or computed is no stride', () => {
  const found = strides((asm) => {
    load(addi(load(asm, S1, 0), S0, S0, 1), S0, 0).emit('add', { rd: A0, rs1: A0, rs2: A1 });
    store(load(asm, A0, 0), A2, 0);
  });
  assert.deepEqual(found, ['x9+0 r 0..8 0:0', 'x8+1 r 1..9 2:1']);
});

test('stridesOf: an index that moves, scaled, on a base that stays', () => {
  const indexed = (asm: Assembler, stays: number) => {
    asm.emit('slli', { rd: A1, rs1: S0, imm: 3 }).emit('add', { rd: A0, rs1: stays, rs2: A1 });
    load(asm, A0, 8).emit('add', { rd: A1, rs1: A1, rs2: S1 });
    return addi(store(asm, A1, 0), S0, S0, 2);
  };
  assert.deepEqual(
    strides((asm) => indexed(asm, S1)),
    ['x9+x8<<3+16 rw 0..16 2:8,4:0'],
  );
  assert.deepEqual(
    strides((asm) => addi(indexed(asm, A2), A2, A2, 1)),
    ['x9+x8<<3+16 rw 0..4 4:0'],
    'what moves twice is none',
  );
  assert.equal(
    strides((asm) => addi(load(asm.emit('slli', { rd: A1, rs1: S0, imm: 9 }), A1, 0), S0, S0, 2)),
    undefined,
  );
});

test('stridesOf: nothing that moves, wide spans, long steps, and what turns may not do', () => {
  assert.equal(
    strides((asm) => load(asm, S0, 0)),
    undefined,
  );
  assert.equal(
    strides((asm) => addi(load(load(asm, S0, 0), S0, 600), S0, S0, 8)),
    undefined,
  );
  assert.equal(
    strides((asm) => addi(load(asm, S0, 0), S0, S0, 1024)),
    undefined,
  );
  assert.equal(
    strides((asm) => addi(load(asm, S0, 0), S0, S0, 8).emit('fence.i', { rd: 0, rs1: 0, imm: 0 })),
    undefined,
  );
});

test('stridesOf: a loop that reaches no memory has none, and may be written in turns all the same', () => {
  assert.deepEqual(
    strides((asm) => addi(asm, S0, S0, 1).emit('mul', { rd: A0, rs1: A0, rs2: S0 })),
    [],
  );
  assert.equal(
    strides((asm) => asm.emit('csrrs', { rd: A0, rs1: 0, csr: 0xc00 })),
    undefined,
  );
});
