// Code that changes: every engine fetches what was stored last, with or without fence.i.
import assert from 'node:assert/strict';
import { Exit } from './hart/exit.ts';
import { PAGE_BYTES } from './hart/page-map.ts';
import type { Assembler } from './isa/assembler.ts';
import { encode } from './isa/encode.ts';
import { RAM, type TestHart } from './testing/hart.ts';
import { Leaf, Tables } from './testing/page-tables.ts';
import { Bench } from './testing/scenario.ts';

const bench = new Bench();
const PAGE = BigInt(PAGE_BYTES);
const CODE = RAM + 4n * PAGE;
const [RA, T0, T1, T2, T3, A0, A1] = [1, 5, 6, 7, 28, 10, 11];

const addTo = (rd: number, imm: number): number => encode('addi', { rd, rs1: rd, imm });
const RETURN = encode('jalr', { rd: 0, rs1: RA, imm: 0 });

/** Stores an instruction word at where `base` points. */
const put = (asm: Assembler, base: number, offset: number, word: number): Assembler =>
  asm.li(T3, BigInt.asIntN(32, BigInt(word))).emit('sw', { rs1: base, rs2: T3, imm: offset });
const call = (asm: Assembler, base: number): Assembler => asm.emit('jalr', { rd: RA, rs1: base, imm: 0 });
const finish = (hart: TestHart, steps = 100_000): void => {
  assert.equal(hart.run(steps), Exit.Sbi);
};

bench.test('a store to the next instruction is fetched', (hart) => {
  hart.program(RAM, (asm) => {
    asm.emit('auipc', { rd: T0, imm: 0 }).li(T3, BigInt(addTo(A0, 5)));
    const at = Number(asm.here - RAM);
    asm
      .emit('sw', { rs1: T0, rs2: T3, imm: at + 4 })
      .word(addTo(A0, 1))
      .emit('ecall');
  });
  finish(hart);
  assert.equal(hart.context.x(A0), 5n);
});

bench.test('a loop that rewrites its own body runs each version once', (hart) => {
  // addi a0, a0, n with n one more in every round.
  hart.program(RAM, (asm) => {
    asm
      .emit('auipc', { rd: T0, imm: 0 })
      .li(T1, 200n)
      .li(T2, 1n << 20n);
    asm.li(T3, BigInt(addTo(A0, 0)));
    const loop = Number(asm.here - RAM);
    asm.label('loop').word(addTo(A0, 0)).emit('add', { rd: T3, rs1: T3, rs2: T2 });
    asm.emit('sw', { rs1: T0, rs2: T3, imm: loop }).emit('addi', { rd: T1, rs1: T1, imm: -1 });
    asm.jump('bne', { rs1: T1, rs2: 0 }, 'loop').emit('ecall');
  });
  finish(hart);
  assert.equal(hart.context.x(A0), (199n * 200n) / 2n);
});

for (const [name, change] of [
  ['an AMO', (asm) => asm.emit('amoadd.w', { rd: 0, rs1: T0, rs2: T2 })],
  [
    'an SC',
    (asm) => {
      asm.emit('lr.w', { rd: T3, rs1: T0 }).emit('add', { rd: T3, rs1: T3, rs2: T2 });
      asm.emit('sc.w', { rd: T3, rs1: T0, rs2: T3 }).emit('add', { rd: A1, rs1: A1, rs2: T3 });
    },
  ],
] as const satisfies readonly (readonly [string, (asm: Assembler) => unknown])[]) {
  bench.test(`a loop whose next instruction is changed by ${name}`, (hart) => {
    hart.program(RAM, (asm) => {
      asm
        .emit('auipc', { rd: T0, imm: 0 })
        .li(T1, 200n)
        .li(T2, 1n << 20n);
      asm.emit('addi', { rd: T0, rs1: T0, imm: name === 'an AMO' ? 20 : 32 }).label('loop');
      change(asm);
      asm.word(addTo(A0, 0)).emit('addi', { rd: T1, rs1: T1, imm: -1 });
      asm.jump('bne', { rs1: T1, rs2: 0 }, 'loop').emit('ecall');
    });
    finish(hart);
    assert.deepEqual([hart.context.x(A0), hart.context.x(A1)], [(200n * 201n) / 2n, 0n]);
  });
}

bench.test('cbo.zero over the rest of its own loop stops it there', (hart) => {
  // Zeros are illegal; the block that is cleared begins 64 bytes into the page.
  hart.context.set('stvec', RAM + PAGE);
  hart.program(RAM + PAGE, (asm) => asm.emit('ecall'));
  hart.program(RAM, (asm) => {
    asm.li(T0, RAM).emit('addi', { rd: T2, rs1: T0, imm: 0x700 }).li(T1, 50n).label('loop');
    asm
      .emit('addi', { rd: T1, rs1: T1, imm: -1 })
      .jump('bne', { rs1: T1, rs2: 0 }, 'go')
      .emit('addi', { rd: T2, rs1: T0, imm: 64 });
    while (asm.here < RAM + 52n) asm.word(addTo(A1, 0));
    asm.label('go').emit('cbo.zero', { rs1: T2 });
    while (asm.here < RAM + 68n) asm.word(addTo(A0, 1));
    asm.jump('jal', { rd: 0 }, 'loop');
  });
  finish(hart);
  const { context } = hart;
  assert.deepEqual(
    [context.get('scause'), context.get('sepc'), context.x(A0)],
    [2n, RAM + 64n, 49n * 3n + 2n],
  );
});

bench.test('a hot loop keeps running right while data beside its code is written', (hart) => {
  hart.program(RAM, (asm) => {
    asm.emit('auipc', { rd: T0, imm: 0 }).li(T1, 300n).label('loop');
    asm.emit('ld', { rd: T2, rs1: T0, imm: 0x700 }).emit('addi', { rd: T2, rs1: T2, imm: 3 });
    asm.emit('sd', { rs1: T0, rs2: T2, imm: 0x700 }).emit('addi', { rd: T1, rs1: T1, imm: -1 });
    asm.jump('bne', { rs1: T1, rs2: 0 }, 'loop').emit('ecall');
  });
  finish(hart);
  assert.equal(hart.read64(RAM + 0x700n), 900n);
});

/** Calls a function at T0 `rounds` times, and changes its first instruction after each by `change`. */
function callAndChange(hart: TestHart, rounds: number, change: (asm: Assembler) => void): void {
  hart.program(CODE, (asm) => asm.word(addTo(A0, 1)).word(RETURN));
  hart.program(RAM, (asm) => {
    asm.li(T0, CODE).li(T1, BigInt(rounds)).label('loop');
    call(asm, T0);
    change(asm);
    asm.emit('addi', { rd: T1, rs1: T1, imm: -1 }).jump('bne', { rs1: T1, rs2: 0 }, 'loop').emit('ecall');
  });
  finish(hart);
}

for (const fence of [false, true]) {
  bench.test(
    `a function changed between calls is fetched anew ${fence ? 'after' : 'without'} fence.i`,
    (hart) => {
      callAndChange(hart, 20, (asm) => {
        asm
          .emit('lw', { rd: T3, rs1: T0, imm: 0 })
          .li(T2, 1n << 20n)
          .emit('add', { rd: T3, rs1: T3, rs2: T2 });
        asm.emit('sw', { rs1: T0, rs2: T3, imm: 0 });
        if (fence) asm.emit('fence.i');
      });
      assert.equal(hart.context.x(A0), 210n);
    },
  );
}

bench.test('an AMO to code is fetched', (hart) => {
  callAndChange(hart, 20, (asm) => {
    asm.li(T2, 1n << 20n).emit('amoadd.w', { rd: 0, rs1: T0, rs2: T2 });
  });
  assert.equal(hart.context.x(A0), 210n);
});

bench.test('an SC to code is fetched', (hart) => {
  callAndChange(hart, 20, (asm) => {
    asm
      .li(T2, 1n << 20n)
      .emit('lr.w', { rd: T3, rs1: T0 })
      .emit('add', { rd: T3, rs1: T3, rs2: T2 });
    asm.emit('sc.w', { rd: T3, rs1: T0, rs2: T3 }).emit('add', { rd: A1, rs1: A1, rs2: T3 });
  });
  assert.deepEqual([hart.context.x(A0), hart.context.x(A1)], [210n, 0n]);
});

bench.test('cbo.zero over code makes it illegal', (hart) => {
  hart.program(CODE, (asm) => asm.word(addTo(A0, 1)).word(RETURN));
  hart.program(RAM + PAGE, (asm) => asm.emit('csrrs', { rd: A1, rs1: 0, csr: 0x143 }).emit('ecall'));
  hart.context.set('stvec', RAM + PAGE);
  hart.program(RAM, (asm) => {
    asm.li(T0, CODE);
    for (let i = 0; i < 3; i++) call(asm, T0);
    asm.emit('cbo.zero', { rs1: T0 });
    call(asm, T0);
  });
  finish(hart);
  assert.deepEqual([hart.context.x(A0), hart.context.get('scause'), hart.context.x(A1)], [3n, 2n, 0n]);
});

bench.test('a page that was written before it was first executed is watched from then on', (hart) => {
  hart.program(RAM, (asm) => {
    asm.li(T0, CODE);
    put(put(asm, T0, 0, addTo(A0, 1)), T0, 4, RETURN);
    call(asm, T0);
    put(asm, T0, 0, addTo(A0, 100));
    call(asm, T0);
    asm.emit('ecall');
  });
  finish(hart);
  assert.equal(hart.context.x(A0), 101n);
});

for (const [name, offset, width, step] of [
  ['upper half', 2, 'h', 1n << 4n],
  ['last byte', 3, 'b', 1n],
] as const) {
  bench.test(`the ${name} of an instruction is changed by itself`, (hart) => {
    // addi a0, a0, imm: the immediate is in bits 31:20.
    callAndChange(hart, 20, (asm) => {
      asm.emit(`l${width}`, { rd: T3, rs1: T0, imm: offset }).li(T2, step);
      asm.emit('add', { rd: T3, rs1: T3, rs2: T2 }).emit(`s${width}`, { rs1: T0, rs2: T3, imm: offset });
    });
    const by = width === 'h' ? 1n : 16n;
    assert.equal(hart.context.x(A0), 20n + by * 190n);
  });
}

bench.test('the half of an instruction that lies on the next page is changed', (hart) => {
  const at = CODE + PAGE - 2n;
  hart.program(at, (asm) => asm.word(addTo(A0, 1)).word(RETURN));
  hart.program(RAM, (asm) => {
    asm
      .li(T0, at)
      .li(T1, 20n)
      .li(T2, 1n << 4n)
      .label('loop');
    call(asm, T0).emit('lh', { rd: T3, rs1: T0, imm: 2 }).emit('add', { rd: T3, rs1: T3, rs2: T2 });
    asm.emit('sh', { rs1: T0, rs2: T3, imm: 2 }).emit('addi', { rd: T1, rs1: T1, imm: -1 });
    asm.jump('bne', { rs1: T1, rs2: 0 }, 'loop').emit('ecall');
  });
  finish(hart);
  assert.equal(hart.context.x(A0), 210n);
});

bench.test('code written through another virtual address is fetched', (hart) => {
  const tables = new Tables(hart, 9);
  tables.map(RAM, RAM, Leaf.RWX, 4);
  tables.map(0x4000n, CODE, Leaf.RX);
  tables.map(0x9000n, CODE, Leaf.RW);
  hart.context.set('satp', tables.satp());
  hart.program(CODE, (asm) => asm.word(addTo(A0, 1)).word(RETURN));
  hart.program(RAM, (asm) => {
    asm.li(T0, 0x4000n).li(T2, 0x9000n);
    for (let round = 1; round <= 5; round++) {
      for (let i = 0; i < 4; i++) call(asm, T0);
      put(asm, T2, 0, addTo(A0, 10 ** Math.min(round, 3)));
    }
    asm.emit('ecall');
  });
  finish(hart);
  assert.equal(hart.context.x(A0), 4n + 40n + 400n + 8000n);
});

bench.test('one page of code under two virtual addresses sees one pc each', (hart) => {
  const tables = new Tables(hart, 8);
  tables.map(RAM, RAM, Leaf.RWX, 4);
  for (const address of [0x4000n, 0x7_0000_0000n]) tables.map(address, CODE, Leaf.RX);
  hart.context.set('satp', tables.satp());
  hart.program(CODE, (asm) => {
    asm.emit('auipc', { rd: T2, imm: 0 }).emit('add', { rd: A0, rs1: A0, rs2: T2 }).word(RETURN);
  });
  hart.program(RAM, (asm) => {
    asm.li(T0, 0x4000n).li(T1, 0x7_0000_0000n);
    for (let i = 0; i < 6; i++) call(call(asm, T0), T1);
    asm.emit('ecall');
  });
  finish(hart);
  assert.equal(hart.context.x(A0), 6n * 0x7_0000_4000n);
});

bench.test('what the host writes is fetched once the engine was told', (hart) => {
  hart.program(CODE, (asm) => asm.word(addTo(A0, 1)).word(RETURN));
  hart.program(RAM, (asm) => {
    asm.label('loop');
    call(asm, T0).emit('addi', { rd: T1, rs1: T1, imm: -1 });
    asm.jump('bne', { rs1: T1, rs2: 0 }, 'loop').emit('ecall');
  });
  for (let round = 0; round < 4; round++) {
    hart.write(CODE, [...new Uint8Array(new Uint32Array([addTo(A0, 10 ** round)]).buffer)]);
    hart.context.setX(T0, CODE);
    hart.context.setX(T1, 10n);
    hart.context.set('pc', RAM);
    finish(hart);
  }
  assert.equal(hart.context.x(A0), 11110n);
});

bench.test('a store over the end of a code page changes the next page only there', (hart) => {
  hart.program(CODE + PAGE, (asm) => asm.word(addTo(A0, 1)).word(RETURN));
  hart.program(RAM, (asm) => {
    asm.li(T0, CODE + PAGE);
    call(call(asm, T0), T0)
      .li(T2, BigInt(addTo(A0, 7)) << 16n)
      .emit('sd', { rs1: T0, rs2: T2, imm: -2 });
    // The store above has also zeroed the upper half of what follows the first instruction.
    put(asm, T0, 4, RETURN);
    call(asm, T0).emit('ecall');
  });
  finish(hart);
  assert.equal(hart.context.x(A0), 9n);
});

bench.test('every halfword of a page of compressed code can be changed by itself', (hart) => {
  const increment = encode('c.addi', { rd: A0, imm: 1 });
  const back = encode('c.jr', { rs1: RA });
  hart.program(RAM, (asm) => {
    asm.li(T0, CODE);
    for (let i = 0; i < 16; i++) {
      asm.li(T3, BigInt(increment)).emit('sh', { rs1: T0, rs2: T3, imm: i * 2 });
      asm.li(T3, BigInt(back)).emit('sh', { rs1: T0, rs2: T3, imm: i * 2 + 2 });
      call(asm, T0);
    }
    asm.emit('ecall');
  });
  finish(hart);
  assert.equal(hart.context.x(A0), (16n * 17n) / 2n);
});

/** Each page adds its number and goes to the next, the last one back to the start. */
function pagesOfCode(hart: TestHart, pages: number, rounds: bigint): void {
  for (let page = 1; page <= pages; page++) {
    hart.program(RAM + BigInt(page) * PAGE, (asm) => {
      asm.word(addTo(A0, page)).emit('add', { rd: T2, rs1: T2, rs2: A0 });
      const next = page === pages ? -page * PAGE_BYTES : PAGE_BYTES;
      asm.emit('jal', { rd: 0, imm: next - 8 });
    });
  }
  hart.program(RAM, (asm) => {
    asm.jump('beq', { rs1: T1, rs2: 0 }, 'end').emit('addi', { rd: T1, rs1: T1, imm: -1 });
    asm
      .emit('jal', { rd: 0, imm: PAGE_BYTES - 8 })
      .label('end')
      .emit('ecall');
  });
  hart.context.setX(T1, rounds);
  finish(hart);
  assert.equal(hart.context.x(A0), (rounds * BigInt(pages) * BigInt(pages + 1)) / 2n);
}

bench.test('code of many pages runs', (hart) => pagesOfCode(hart, 40, 30n));

for (const decodedPages of [2, 5]) {
  const small = new Bench({ decodedPages });
  small.test(`code of many pages runs with room for ${decodedPages}`, (hart) => pagesOfCode(hart, 13, 30n));
  small.test(`straddling code runs with room for ${decodedPages}`, (hart) => {
    for (let page = 1; page < 12; page++) {
      const word = encode('addi', { rd: A0, rs1: A0, imm: page });
      hart.program(RAM + BigInt(page) * PAGE + PAGE - 6n, (asm) =>
        asm
          .word(encode('addi', { rd: T2, rs1: T2, imm: 1 }))
          .word(word)
          .word(RETURN),
      );
    }
    hart.program(RAM, (asm) => {
      asm
        .li(T1, 20n)
        .label('loop')
        .li(T0, RAM + 2n * PAGE - 6n)
        .li(T3, PAGE);
      for (let page = 1; page < 12; page++) call(asm, T0).emit('add', { rd: T0, rs1: T0, rs2: T3 });
      asm.emit('addi', { rd: T1, rs1: T1, imm: -1 }).jump('bne', { rs1: T1, rs2: 0 }, 'loop').emit('ecall');
    });
    finish(hart);
    assert.equal(hart.context.x(A0), 20n * 66n);
  });
}

bench.test('a page that was taken away and comes back with other content is fetched anew', (hart) => {
  hart.program(CODE, (asm) => asm.word(addTo(A0, 1)).word(RETURN));
  hart.program(RAM, (asm) => call(call(call(asm.li(T0, CODE), T0), T0), T0).emit('ecall'));
  finish(hart);
  hart.write(CODE, new Uint8Array(PAGE_BYTES).fill(0xff));
  hart.setMap(4, 0);
  hart.flush();
  hart.program(CODE, (asm) => asm.word(addTo(A0, 2)).word(RETURN));
  hart.context.set('pc', RAM);
  finish(hart);
  assert.equal(hart.context.x(A0), 9n);
  assert.ok(hart.events.some((event) => event.startsWith('PageMiss')));
});
