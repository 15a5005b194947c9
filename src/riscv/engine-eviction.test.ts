// Translated code that left the table leaves memory too: modules and instances are collected.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Exit } from './hart/exit.ts';
import { encode } from './isa/encode.ts';
import { type CompiledRegions, InlineCompiler } from './jit/compiler.ts';
import type { Jit } from './jit/jit.ts';
import { RAM, TestHart } from './testing/hart.ts';

const [RA, T0, A0] = [1, 5, 10];
const CODE = RAM + 0x1_0000n;
const PAGE = 4096n;
const PAGES = 40;
const ROUNDS = 25;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Knows which modules it has made are still there. */
class RememberingCompiler extends InlineCompiler {
  readonly made: WeakRef<WebAssembly.Module>[] = [];

  override take(): readonly CompiledRegions[] {
    const taken = super.take();
    for (const { module } of taken) this.made.push(new WeakRef(module));
    return taken;
  }
}

/** Writes a loop into a page, as a guest that generates code, and runs it. */
function generate(hart: TestHart, page: number, amount: number): void {
  const at = CODE + BigInt(page) * PAGE;
  hart.program(at, (asm) => {
    asm.word(encode('addi', { rd: A0, rs1: A0, imm: amount })).emit('addi', { rd: T0, rs1: T0, imm: -1 });
    asm.emit('bne', { rs1: T0, rs2: 0, imm: -8 }).emit('ecall');
  });
  hart.context.setX(T0, 20n);
  hart.context.setX(RA, 0n);
  hart.context.set('pc', at);
  assert.equal(hart.run(1000), Exit.Sbi);
}

for (const [name, decodedPages] of [
  ['written over', 256],
  ['more than there is room for', 16],
] as const) {
  test(`code that is ${name} is given back, and its places in the table are used again`, async () => {
    const compiler = new RememberingCompiler((): ArrayBufferLike => own.memory);
    const own: TestHart = new TestHart('jit', { decodedPages, compiler, keptRegions: PAGES });
    const jit = own.engine as Jit;
    for (let round = 1; round <= ROUNDS; round++) {
      for (let page = 0; page < PAGES; page++) generate(own, page, round);
    }
    const { installed, dropped, regions } = jit.profile();
    assert.ok(compiler.made.length >= PAGES * ROUNDS, `${compiler.made.length} modules`);
    assert.ok(installed - dropped === regions && regions <= 2 * PAGES, `${regions} regions`);
    // Weak references are let go between two turns of the event loop.
    await new Promise(setImmediate);
    collect();
    await new Promise(setImmediate);
    collect();
    const alive = compiler.made.filter((module) => module.deref() !== undefined).length;
    assert.ok(alive <= 3 * PAGES, `${alive} of ${compiler.made.length} modules are still there`);
  });
}
