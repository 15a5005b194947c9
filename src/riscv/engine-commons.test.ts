// What need not be compared after a fence of code: pages that many VMs have in common, and all of a VM that has one writer.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Exit } from './hart/exit.ts';
import { encode } from './isa/encode.ts';
import { RAM, TestHart } from './testing/hart.ts';

const [T0, A0] = [5, 10];
const add = (imm: number): number => encode('addi', { rd: A0, rs1: A0, imm });
const ECALL = 0x73;
const bytesOf = (...words: number[]): Uint8Array => new Uint8Array(Uint32Array.from(words).buffer);

for (const kind of ['interpreter', 'jit'] as const) {
  test(`${kind}: code that is common is compared once for each time that a common page has ceased to be one`, () => {
    const commons = { commonEpoch: 1, isCommon: true, isShared: () => commons.isCommon };
    const hart = new TestHart(kind, { owner: 1, commons });
    /** Runs what is at RAM after a fence; what it has added. */
    const added = (): bigint => {
      const { context } = hart;
      context.set('pc', RAM);
      context.setX(A0, 0n);
      hart.engine.fenceCode(context.address);
      assert.equal(hart.run(100), Exit.Sbi);
      return context.x(A0);
    };
    hart.write(RAM, bytesOf(add(1), ECALL));
    assert.equal(added(), 1n);
    assert.equal(added(), 1n);
    // Nobody can do this while the page is common: that nothing comes of it shows that it was not compared.
    hart.writeUnheard(RAM, bytesOf(add(2)));
    assert.equal(added(), 1n);
    // Somebody's last common page became his own, this one perhaps.
    commons.commonEpoch++;
    commons.isCommon = false;
    assert.equal(added(), 2n);
    hart.writeUnheard(RAM, bytesOf(add(3)));
    assert.equal(added(), 3n, 'a page of one VM is compared after each fence');
    commons.isCommon = true;
    hart.writeUnheard(RAM, bytesOf(add(4)));
    assert.equal(added(), 4n, 'and once more when it has become common');
  });
}

for (const kind of ['interpreter', 'jit'] as const) {
  test(`${kind}: fence.i looks at nothing while all that is written is told, and at every page otherwise`, () => {
    const hart = new TestHart(kind, { owner: 1 });
    const page = RAM + 4096n;
    /** A fence, then a page that another thread has written; what the page has added. */
    const added = (isSole: boolean): bigint => {
      const { context } = hart;
      context.set32('soleWriter', isSole ? 1 : 0);
      context.set('pc', RAM);
      context.setX(A0, 0n);
      assert.equal(hart.run(100), Exit.Sbi);
      return context.x(A0);
    };
    hart.program(RAM, (asm) => asm.li(T0, page).emit('fence.i').emit('jalr', { rd: 0, rs1: T0, imm: 0 }));
    hart.write(page, bytesOf(add(1), ECALL));
    assert.equal(added(true), 1n);
    // Nobody does this: that nothing comes of it shows that it was not looked for.
    hart.writeUnheard(page, bytesOf(add(2)));
    assert.equal(added(true), 1n);
    assert.equal(added(false), 2n);
    hart.write(page, bytesOf(add(3)));
    assert.equal(added(true), 3n, 'what is told is found');
  });
}
