// What --profile tells of samples and counters.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatProfile } from './profile.ts';
import { Summary } from './profile-summary.ts';
import { Sampler } from './sampler.ts';

const file = (path: string): string => `file:///some/where/src/${path}`;
const SAMPLES = [
  { name: 'U:10b26', url: 'wasm://wasm/1', ms: 500 },
  { name: 'U:10b26', url: 'wasm://wasm/2', ms: 100 },
  { name: 'S:ffffffff80000010', url: 'wasm://wasm/2', ms: 200 },
  { name: 'core:run', url: 'wasm://wasm/3', ms: 80 },
  { name: 'core:translate', url: 'wasm://wasm/3', ms: 30 },
  { name: 'multiply', url: file('riscv/isa/soft-float.ts'), ms: 20 },
  { name: 'core:decode', url: 'wasm://wasm/3', ms: 10 },
  { name: 'write', url: file('devices/bus.ts'), ms: 10 },
  { name: 'pick', url: file('kernel/sched/fair.ts'), ms: 9 },
  { name: '(garbage collector)', url: '', ms: 1 },
  { name: '(program)', url: '', ms: 40 },
];
const ENGINE = {
  regionSteps: 900n,
  misses: { load: 5n, store: 6n, fetch: 7n },
  ...{ regions: 2, asked: 4, installed: 3, translated: 3, fromKept: 0, fromOthers: 0, dropped: 1 },
};
const STATS = {
  ...{ engine: 'jit', startMs: 1, runMs: 1000, idleMs: 0, steps: 1000n, stateHash: undefined },
  code: undefined,
  exits: [10, 0, 3],
};
const symbols = (address: bigint) => (address === 0xffff_ffff_8000_0010n ? 'memcpy+0x10' : undefined);
const summary = new Summary(
  [{ samples: SAMPLES, engine: ENGINE, compiledMs: 12.34, modules: 2 }],
  STATS,
  symbols,
);

test('formatProfile: places, steps, misses, exits, code, regions with symbols, functions', () => {
  assert.equal(
    formatProfile(summary),
    `vmk: profile: 1000 ms of 1 pCPU, looked at each millisecond
vmk:    60.0 %      600 ms  translated code of user programs
vmk:    20.0 %      200 ms  translated code of the kernel
vmk:     8.0 %       80 ms  the interpreter
vmk:     3.0 %       30 ms  misses of the TLB, traps, CSRs, atomic accesses
vmk:     2.0 %       20 ms  soft floating point
vmk:     1.0 %       10 ms  decoding, asking for regions, taking them in
vmk:     1.0 %       10 ms  devices, SBI, the run loop
vmk:     0.9 %        9 ms  scheduling, input and output
vmk:     0.1 %        1 ms  JavaScript's garbage
vmk:     4.0 %       40 ms  nothing to do, and what no sample tells
vmk: steps: 1000 on the jit, 90.0 % of them in translated code
vmk: misses of the TLB: load 5, store 6, fetch 7
vmk: exits: budget 10, device 3
vmk: translated code: 4 regions asked for, 3 came into the table, 1 left it;
vmk:   2 modules, 12 ms of the compiler's thread
vmk: hottest regions
vmk:    60.0 %      600 ms  U:10b26
vmk:    20.0 %      200 ms  S:ffffffff80000010  memcpy+0x10
vmk: hottest functions around them
vmk:     8.0 %       80 ms  core:run
vmk:     3.0 %       30 ms  core:translate
vmk:     2.0 %       20 ms  multiply of riscv/isa/soft-float.ts
vmk:     1.0 %       10 ms  core:decode
vmk:     1.0 %       10 ms  write of devices/bus.ts
vmk:     0.9 %        9 ms  pick of kernel/sched/fair.ts
vmk:     0.1 %        1 ms  (garbage collector)
`,
  );
});

test('Summary: several pCPUs are one sum, and JSON has all of it', () => {
  const one = { samples: SAMPLES, engine: ENGINE, compiledMs: 1, modules: 2 };
  const both = JSON.parse(JSON.stringify(new Summary([one, one], STATS, symbols)));
  assert.equal(both.sampledMs, 2000);
  assert.deepEqual(both.misses, { load: 10, store: 12, fetch: 14 });
  assert.deepEqual(both.code, { asked: 8, installed: 6, dropped: 2, modules: 4, compiledMs: 2 });
  assert.deepEqual(both.regions[1], {
    address: 'ffffffff80000010',
    mode: 'S',
    ms: 400,
    symbol: 'memcpy+0x10',
  });
});

test('Summary: an engine that counts nothing', () => {
  const text = formatProfile(
    new Summary(
      [{ samples: [], engine: undefined, compiledMs: 0, modules: 0 }],
      { ...STATS, engine: 'reference' },
      symbols,
    ),
  );
  assert.equal(
    text,
    'vmk: profile: 0 ms of 1 pCPU, looked at each millisecond\nvmk: steps: 1000 on the reference\nvmk: exits: budget 10, device 3\n',
  );
});

test('Sampler: finds the function that took the time', () => {
  const sampler = new Sampler();
  sampler.start();
  const until = performance.now() + 60;
  let sum = 0;
  function turnsOnTheSpot(): void {
    while (performance.now() < until) for (let i = 0; i < 1000; i++) sum = (sum * 31 + i) | 0;
  }
  turnsOnTheSpot();
  const samples = sampler.stop();
  assert.ok(
    sum !== undefined && samples.some(({ name, ms }) => name === 'turnsOnTheSpot' && ms > 0),
    JSON.stringify(samples),
  );
});
