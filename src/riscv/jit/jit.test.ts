// The JIT: what is hot is translated, entered, and dropped in time.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PAGE_BYTES } from '../hart/page-map.ts';
import { encode } from '../isa/encode.ts';
import { RAM, TestHart } from '../testing/hart.ts';
import { Leaf, Tables } from '../testing/page-tables.ts';
import { Bench } from '../testing/scenario.ts';
import { ModuleReader } from '../wasm/module-reader.ts';
import { Op } from '../wasm/opcodes.ts';
import { type CompiledRegions, compileRegions, InlineCompiler, type RegionCompiler } from './compiler.ts';
import type { Jit } from './jit.ts';
import { type RegionRequest, type Translation, type TranslationSettings, translate } from './translate.ts';
import { verifyModule } from './verify-module.ts';

const [T0, A0] = [5, 10];
const ADD = (imm: number): number => encode('addi', { rd: A0, rs1: A0, imm });

/** A loop of `rounds` that adds 1 to a0 each time. */
function loop(hart: TestHart, rounds: bigint, at = RAM): void {
  hart.program(at, (asm) => {
    asm.li(T0, rounds).label('loop').word(ADD(1)).emit('addi', { rd: T0, rs1: T0, imm: -1 });
    asm.jump('bne', { rs1: T0, rs2: 0 }, 'loop').emit('ecall');
  });
  hart.context.set('pc', at);
}
const hartWith = (compiler?: RegionCompiler, hotThreshold = 1): TestHart & { readonly engine: Jit } =>
  new TestHart('jit', { hotThreshold, ...(compiler ? { compiler } : {}) }) as TestHart & {
    readonly engine: Jit;
  };

/** Keeps requests until they are let go, as a compiler in another thread would. */
class SlowCompiler implements RegionCompiler {
  readonly isImmediate = false;
  readonly waiting: RegionRequest[] = [];
  hasRoom = true;
  #settings: TranslationSettings | undefined;
  #done: CompiledRegions[] = [];

  begin(settings: TranslationSettings): void {
    this.#settings = settings;
  }
  submit(request: RegionRequest): boolean {
    if (this.hasRoom) this.waiting.push(request);
    return this.hasRoom;
  }
  take(): readonly CompiledRegions[] {
    return this.#done.splice(0);
  }
  /** Compiles what waits, from machine memory as it is now. */
  compile(memory: ArrayBufferLike): void {
    const settings = this.#settings;
    assert.ok(settings);
    for (const request of this.waiting.splice(0)) {
      const compiled = compileRegions(memory, [request], settings);
      if (compiled) this.#done.push(compiled);
    }
  }
}

test('Jit: hot code runs in its region', () => {
  const compiler = new SlowCompiler();
  const hart = hartWith(compiler, 3);
  loop(hart, 100n);
  hart.run(60);
  assert.ok(compiler.waiting.length > 0);
  // The region is made of another program: what a0 becomes tells which one runs.
  const copy = hart.memory.slice(0);
  const words = new Uint32Array(copy);
  for (const [at, word] of words.entries()) if (word === ADD(1)) words[at] = ADD(1000);
  compiler.compile(copy);
  const before = hart.context.x(A0);
  hart.run(300);
  assert.equal(hart.context.x(A0) - before, 1000n * (100n - before));
  assert.ok(hart.engine.regions > 0);
});

test('Jit: while a machine has just begun what is hot for the second time is translated, later the first time', () => {
  let ticks = 5000;
  const clock = { ticks: () => ticks };
  const hart = new TestHart('jit', { hotThreshold: 10, youngTicks: 100, clock });
  const engine = hart.engine as Jit;
  loop(hart, 15n);
  hart.run(1000);
  assert.equal(engine.profile().asked, 0, 'ten arrivals, and five');
  loop(hart, 15n);
  hart.run(1000);
  assert.equal(engine.profile().asked, 1, 'twenty');
  ticks += 100;
  loop(hart, 15n, RAM + 4096n);
  hart.run(1000);
  assert.equal(engine.profile().asked, 2);
  engine.machineBegins();
  loop(hart, 15n, RAM + 8192n);
  hart.run(1000);
  assert.equal(engine.profile().asked, 2, 'another machine');
});

test('Jit: nothing is translated before it is hot', () => {
  const compiler = new SlowCompiler();
  const hart = hartWith(compiler, 50);
  loop(hart, 40n);
  hart.run(1000);
  assert.deepEqual([compiler.waiting.length, hart.context.x(A0)], [0, 40n]);
});

test('Jit: a region that comes after its page was written is not entered', () => {
  const compiler = new SlowCompiler();
  const hart = hartWith(compiler, 3);
  loop(hart, 100n);
  hart.run(60);
  compiler.compile(hart.memory);
  const before = hart.context.x(A0);
  hart.program(RAM + 4n, (asm) => asm.word(ADD(7)));
  hart.run(300);
  const rest = 100n - before;
  assert.equal(hart.context.x(A0) - before, rest * 7n);
  assert.ok(compiler.waiting.length > 0, 'it is asked for again');
});

test('Jit: a request that found no room is made again', () => {
  const compiler = new SlowCompiler();
  compiler.hasRoom = false;
  const hart = hartWith(compiler, 3);
  loop(hart, 1000n);
  hart.run(300);
  compiler.hasRoom = true;
  hart.run(300);
  assert.ok(compiler.waiting.length > 0);
});

test('Jit: a jump forward to code that was never met is entered from then on', () => {
  const hart = hartWith();
  hart.program(RAM, (asm) =>
    asm.jump('jal', { rd: 0 }, 'far').emit('ecall').label('far').word(ADD(1)).emit('ecall'),
  );
  for (let i = 0; i < 4; i++) {
    hart.context.set('pc', RAM);
    hart.run(10);
  }
  assert.equal(hart.context.x(A0), 4n);
  assert.ok(hart.engine.regionSteps > 0n);
});

test('Jit: most steps of a loop are done in its region', () => {
  const hart = hartWith(undefined, 10);
  loop(hart, 10_000n);
  hart.run(100_000);
  assert.equal(hart.context.x(A0), 10_000n);
  assert.ok(hart.engine.regionSteps > 29_000n, `${hart.engine.regionSteps} steps`);
});

test('Jit: what masks interrupts and lets them come again goes on in its region', () => {
  const hart = hartWith(undefined, 10);
  hart.program(RAM, (asm) => {
    asm.li(T0, 5000n).label('loop').emit('csrrci', { rd: 6, imm: 2, csr: 0x100 });
    asm.emit('addi', { rd: A0, rs1: A0, imm: 1 }).emit('csrrsi', { rd: 0, imm: 2, csr: 0x100 });
    asm.emit('addi', { rd: T0, rs1: T0, imm: -1 }).jump('bne', { rs1: T0, rs2: 0 }, 'loop').emit('ecall');
  });
  hart.run(100_000);
  assert.equal(hart.context.x(A0), 5000n);
  assert.equal(hart.engine.regions, 1, 'nobody arrived behind a CSR');
  assert.ok(hart.engine.regionSteps > 24_000n, `${hart.engine.regionSteps} steps`);
});

test('Jit: code under a second virtual address gets regions of its own', () => {
  const hart = hartWith(undefined, 10);
  const tables = new Tables(hart, 8);
  const places = [0x4000n, 0x7000_3000n, 0x12_3456_7000n];
  for (const address of places) tables.map(address, RAM, Leaf.RX);
  hart.context.set('satp', tables.satp());
  loop(hart, 2000n);
  for (const address of places) {
    const before = hart.engine.regionSteps;
    hart.context.set('pc', address);
    hart.run(10_000);
    const steps = hart.engine.regionSteps - before;
    assert.ok(steps > 5000n, `${steps} steps in regions at 0x${address.toString(16)}`);
  }
});

test('translate: FENCE.I is nothing where no other engine stores code, and leaves the region where one does', () => {
  const memory = new SharedArrayBuffer(16 * 65_536);
  const words = new Uint32Array(memory, PAGE_BYTES);
  words.set([ADD(1), encode('fence.i', { rd: 0, rs1: 0, imm: 0 }), ADD(2), encode('ecall', {})]);
  const alone = { previous: 0, next: 0 };
  const request = {
    ...{ id: 1, machine: PAGE_BYTES, offset: 0, page: RAM, mode: 1 as const },
    ...alone,
    contents: { own: 0, ...alone },
  };
  for (const isShared of [false, true]) {
    const settings = { hasFusedMadd: true, isShared };
    const { bytes } = translate(memory, [request], settings) as Translation;
    assert.deepEqual(verifyModule(bytes), []);
    const { imports, bodies } = new ModuleReader(bytes).read();
    const called = bodies.flat().filter(({ op }) => op === Op.call);
    const names = called.map(({ value }) => imports[Number(value)]);
    assert.equal(names.includes('fenceCode'), isShared);
  }
});

test('InlineCompiler: gives nothing before it is asked, and each request once', () => {
  const compiler = new InlineCompiler(() => new SharedArrayBuffer(PAGE_BYTES));
  assert.deepEqual(compiler.take(), []);
  compiler.begin({ hasFusedMadd: false });
  assert.deepEqual(compiler.take(), []);
});

new Bench({ isHigh: true }).test('machine pages above 2 GiB are run and translated', (hart) => {
  loop(hart, 500n);
  hart.run(2000);
  assert.equal(hart.context.x(A0), 500n);
  hart.program(RAM + 4n, (asm) => asm.word(ADD(2)));
  hart.context.set('pc', RAM);
  hart.run(2000);
  assert.equal(hart.context.x(A0), 1500n);
});
