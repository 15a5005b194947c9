// The SBI: what each extension answers, hostile arguments included.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GuestMemory } from '#devices';
import { Context, STATE_BYTES } from '#riscv';
import { Hart } from '../hart.ts';
import { HART_WORDS, HartWords, Post } from '../hart-words.ts';
import { SbiError, type SbiMachine } from './call.ts';
import { callSbi, SBI_EXTENSIONS, sbiCallName } from './sbi.ts';

const RAM = 0x8000_0000;
const RAM_BYTES = 8192;
const HARTS = 3;
const ALL = 2n ** 64n - 1n;
const EID = Object.fromEntries(SBI_EXTENSIONS.map(({ name, eid }) => [name, BigInt(eid)])) as Record<
  string,
  bigint
>;

/** Counts the registers that were written. */
class WatchedContext extends Context {
  writes = 0;
  override setX(index: number, value: bigint): void {
    this.writes++;
    super.setX(index, value);
  }
}

/** A machine of three harts, the first one started, whose memory is one array. */
function make() {
  const buffer = new SharedArrayBuffer(HARTS * 4096);
  const contexts = Array.from({ length: HARTS }, (_, i) => new WatchedContext(buffer, i * 4096));
  assert.ok(STATE_BYTES <= 4096);
  const harts = contexts.map(
    (context, id) => new Hart(id, context, new HartWords(new Int32Array(HART_WORDS)), { ticks: () => 1000 }),
  );
  harts[0]?.start(BigInt(RAM), 0n);
  const ram = new Uint8Array(RAM_BYTES);
  const memory: GuestMemory = {
    views: (address, length) => {
      const at = address - RAM;
      return at >= 0 && at + length <= RAM_BYTES ? [ram.subarray(at, at + length)] : undefined;
    },
  };
  const events: string[] = [];
  const machine: SbiMachine = {
    harts,
    memory,
    isRam: (address) => address >= BigInt(RAM) && address < BigInt(RAM + RAM_BYTES),
    writeConsole: (bytes) => void events.push(`write ${String.fromCharCode(...bytes)}`),
    readConsole: (limit) => new TextEncoder().encode('input').subarray(0, limit),
    powerOff: (status) => void events.push(`off ${status}`),
    reset: () => void events.push('reset'),
    fence: (fenced, what) => {
      const names = [
        ...((what & Post.fence) === 0 ? [] : ['flush']),
        ...((what & Post.fenceCode) === 0 ? [] : ['fetch']),
      ];
      for (const hart of fenced) events.push(`${names.join(' ')} ${hart.id}`);
    },
    wake: (hart) => void events.push(`wake ${hart.id}`),
  };
  /** Calls from hart 0: [error, value], or undefined when the registers stayed. */
  const call = (eid: bigint, fid: number, ...args: (number | bigint)[]): [number, bigint] | undefined => {
    const { context } = harts[0] as Hart;
    for (let i = 0; i < 6; i++) context.setX(10 + i, BigInt(args[i] ?? 0));
    context.setX(16, BigInt(fid));
    context.setX(17, eid);
    const writes = contexts[0]?.writes;
    callSbi(machine, harts[0] as Hart);
    return contexts[0]?.writes !== writes
      ? [Number(BigInt.asIntN(64, context.x(10))), context.x(11)]
      : undefined;
  };
  return { harts, ram, events, call };
}

const ext = (name: string): bigint => EID[name] as bigint;

test('BASE: version 2.0, and probes tell exactly what there is', () => {
  const { call } = make();
  assert.deepEqual(call(0x10n, 0), [0, 2n << 24n]);
  for (const { eid } of SBI_EXTENSIONS) assert.deepEqual(call(0x10n, 3, eid), [0, 1n]);
  for (const absent of [0n, 1n, 8n, 0x43505043n, 0x535441n, 0x4e41434cn, 0x0a00_0000n, ALL]) {
    assert.deepEqual(call(0x10n, 3, absent), [0, 0n]);
  }
});

test('any other extension or function is not supported, and names none of ours twice', () => {
  const { call } = make();
  for (const eid of [0n, 0x535441n, ALL, 2n ** 32n + 0x10n]) {
    assert.deepEqual(call(eid, 0), [SbiError.NotSupported, 0n]);
  }
  for (const { eid, functions, name } of SBI_EXTENSIONS) {
    assert.deepEqual(call(BigInt(eid), 99), [SbiError.NotSupported, 0n], name);
    assert.equal(new Set(functions.map(({ fid }) => fid)).size, functions.length, name);
  }
});

test('TIME: sets the deadline and takes the pending timer interrupt back', () => {
  const { call, harts } = make();
  const { context } = harts[0] as Hart;
  const isPending = () => (context.get('sip') & (1n << 5n)) !== 0n;
  call(ext('TIME'), 0, 500);
  assert.equal(context.get('stimecmp'), 500n);
  assert.ok(isPending());
  call(ext('TIME'), 0, ALL);
  assert.ok(!isPending());
});

test('IPI: makes the software interrupt pending on the named harts only', () => {
  const { call, harts } = make();
  const pending = () => harts.map((hart) => (void hart.hasPending, hart.context.get('sip')));
  assert.deepEqual(call(ext('IPI'), 0, 0b10, 1), [0, 0n]);
  assert.deepEqual(pending(), [0n, 0n, 2n]);
  assert.deepEqual(call(ext('IPI'), 0, 0, ALL), [0, 0n]);
  assert.deepEqual(pending(), [2n, 2n, 2n]);
});

test('IPI and RFENCE: a mask that names a hart that is not there is refused, and nothing happens', () => {
  const { call, events, harts } = make();
  for (const [mask, base] of [
    [0b1000n, 0n],
    [1n, 3n],
    [1n, ALL - 1n],
    [ALL, 0n],
  ] as const) {
    assert.deepEqual(call(ext('IPI'), 0, mask, base), [SbiError.InvalidParam, 0n]);
    for (const fid of [0, 1, 2]) {
      assert.deepEqual(call(ext('RFENCE'), fid, mask, base), [SbiError.InvalidParam, 0n]);
    }
  }
  assert.deepEqual(events, []);
  assert.ok(harts.every(({ context }) => context.get('sip') === 0n));
});

test('RFENCE: drops the translations of the named harts; the hypervisor ones are not supported', () => {
  const { call, events } = make();
  call(ext('RFENCE'), 1, 0b101, 0, 0, ALL);
  call(ext('RFENCE'), 2, 1, 1, 0x1000, 0x1000, 5);
  assert.deepEqual(events, ['flush 0', 'flush 2', 'flush 1']);
  for (const fid of [3, 4, 5, 6]) assert.deepEqual(call(ext('RFENCE'), fid), [SbiError.NotSupported, 0n]);
});

test('HSM: a stopped hart starts with its id and the opaque value, once', () => {
  const { call, harts, events } = make();
  const { context } = harts[1] as Hart;
  context.set('satp', 8n << 60n);
  context.set('sstatus', 2n);
  assert.deepEqual(call(ext('HSM'), 2, 1), [0, 1n]);
  assert.deepEqual(call(ext('HSM'), 0, 1, RAM + 16, 77), [0, 0n]);
  assert.deepEqual(call(ext('HSM'), 2, 1), [0, 0n]);
  assert.deepEqual([context.get('pc'), context.x(10), context.x(11)], [BigInt(RAM + 16), 1n, 77n]);
  assert.deepEqual([context.get('satp'), context.get('sstatus'), context.get('mode')], [0n, 0n, 1n]);
  assert.deepEqual(events, ['flush fetch 1', 'wake 1']);
  assert.deepEqual(call(ext('HSM'), 0, 1, RAM, 0), [SbiError.AlreadyAvailable, 0n]);
});

test('HSM: harts and addresses that are not there are refused', () => {
  const { call } = make();
  assert.deepEqual(call(ext('HSM'), 0, 3, RAM), [SbiError.InvalidParam, 0n]);
  assert.deepEqual(call(ext('HSM'), 0, ALL, RAM), [SbiError.InvalidParam, 0n]);
  assert.deepEqual(call(ext('HSM'), 2, 2n ** 63n), [SbiError.InvalidParam, 0n]);
  for (const address of [0n, BigInt(RAM) - 1n, BigInt(RAM + RAM_BYTES), ALL]) {
    assert.deepEqual(call(ext('HSM'), 0, 1, address), [SbiError.InvalidAddress, 0n]);
  }
});

test('HSM: stop and suspend do not answer; an enabled interrupt resumes a suspended hart at its address', () => {
  const { call, harts } = make();
  const hart = harts[0] as Hart;
  assert.equal(call(ext('HSM'), 3, 0x8000_0000, RAM + 64, 5), undefined);
  assert.equal(hart.status, 'suspended');
  assert.ok(!hart.isRunnable);
  hart.context.set('sie', 2n);
  hart.setSoftwareInterrupt();
  assert.ok(hart.isRunnable);
  assert.deepEqual(
    [hart.status, hart.context.get('pc'), hart.context.x(11)],
    ['started', BigInt(RAM + 64), 5n],
  );
  assert.equal(call(ext('HSM'), 1, 1), undefined);
  assert.equal(hart.status, 'stopped');
  assert.ok(!hart.isRunnable);
});

test('HSM: suspend types that are reserved or of a platform are told apart', () => {
  const { call } = make();
  const suspend = (type: number) => call(ext('HSM'), 3, type, RAM)?.[0];
  assert.equal(suspend(1), SbiError.InvalidParam);
  assert.equal(suspend(0x8000_0001), SbiError.InvalidParam);
  assert.equal(suspend(0x1000_0000), SbiError.NotSupported);
  assert.equal(suspend(0xffff_ffff), SbiError.NotSupported);
  assert.equal(call(ext('HSM'), 3, 0x8000_0000, 0x1000)?.[0], SbiError.InvalidAddress);
});

test('SRST: off, reset, and a failure as a status; reserved types are refused', () => {
  const { call, events } = make();
  assert.equal(call(ext('SRST'), 0, 0, 0), undefined);
  call(ext('SRST'), 0, 0, 1);
  call(ext('SRST'), 0, 1, 0);
  call(ext('SRST'), 0, 2, 0);
  assert.deepEqual(events, ['off 0', 'off 1', 'reset', 'reset']);
  assert.deepEqual(call(ext('SRST'), 0, 3, 0), [SbiError.InvalidParam, 0n]);
  assert.deepEqual(call(ext('SRST'), 0, 0, 2), [SbiError.InvalidParam, 0n]);
  assert.deepEqual(call(ext('SRST'), 0, 0xf000_0000, 0), [SbiError.NotSupported, 0n]);
});

test('DBCN: writes and reads through guest memory', () => {
  const { call, events, ram } = make();
  ram.set(new TextEncoder().encode('hello'), 100);
  assert.deepEqual(call(ext('DBCN'), 0, 5, RAM + 100, 0), [0, 5n]);
  assert.deepEqual(call(ext('DBCN'), 2, 0x141), [0, 0n]);
  assert.deepEqual(events, ['write hello', 'write A']);
  assert.deepEqual(call(ext('DBCN'), 1, 3, RAM + 200, 0), [0, 3n]);
  assert.equal(String.fromCharCode(...ram.subarray(200, 204)), 'inp\0');
  assert.deepEqual(call(ext('DBCN'), 1, 100, RAM + 200, 0), [0, 5n]);
});

test('DBCN: a buffer that is not all RAM is refused, whatever its numbers', () => {
  const { call, events } = make();
  for (const fid of [0, 1]) {
    for (const [bytes, low, high] of [
      [1n, 0n, 0n],
      [2n, BigInt(RAM + RAM_BYTES - 1), 0n],
      [1n, BigInt(RAM), 1n],
      [ALL, BigInt(RAM), 0n],
      [1n, ALL, 0n],
      [ALL, ALL, ALL],
    ] as const) {
      assert.deepEqual(call(ext('DBCN'), fid, bytes, low, high), [SbiError.InvalidParam, 0n]);
    }
  }
  assert.deepEqual(events, []);
});

test('SUSP: sleeps when all other harts are stopped, else is denied', () => {
  const { call, harts } = make();
  harts[1]?.start(BigInt(RAM), 0n);
  assert.deepEqual(call(ext('SUSP'), 0, 0, RAM), [SbiError.Denied, 0n]);
  harts[1]?.stop();
  assert.deepEqual(call(ext('SUSP'), 0, 1, RAM), [SbiError.InvalidParam, 0n]);
  assert.deepEqual(call(ext('SUSP'), 0, 0x8000_0000, RAM), [SbiError.NotSupported, 0n]);
  assert.deepEqual(call(ext('SUSP'), 0, 0, 0), [SbiError.InvalidAddress, 0n]);
  call(ext('SUSP'), 0, 0, RAM);
  assert.equal(harts[0]?.status, 'suspended');
});

test('PMU: no counters, and none can be named', () => {
  const { call } = make();
  assert.deepEqual(call(ext('PMU'), 0, 9), [0, 0n]);
  for (const fid of [1, 3, 4, 5, 6]) assert.equal(call(ext('PMU'), fid, 0)?.[0], SbiError.InvalidParam);
});

test('sbiCallName: names the call, or gives its numbers', () => {
  const { harts } = make();
  const { context } = harts[0] as Hart;
  context.setX(17, ext('DBCN'));
  context.setX(16, 2n);
  assert.equal(sbiCallName(harts[0] as Hart), 'DBCN.console_write_byte');
  context.setX(17, 0x1234n);
  assert.equal(sbiCallName(harts[0] as Hart), '0x1234.2');
});
