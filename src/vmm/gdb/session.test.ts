// A gdb's dialogue with a small machine: registers, memory, stops, both directions, and packets that make no sense.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytesToHex, SeededRandom } from '#lib';
import { Checkpoints } from '../record/checkpoints.ts';
import { Timeline } from '../record/timeline.ts';
import { asm, ENTRY, load32, testMachine, X } from '../testing.ts';
import { MachineTarget } from './machine-target.ts';
import { encodePacket, PacketReader } from './packet.ts';
import { GdbSession } from './session.ts';

const DATA = 0x8030_0000;
const LOOP = ENTRY + 16;
const STORE = ENTRY + 20;
/** Counts in t2 and stores it each round. */
const COUNTER = [...load32(X.t0, DATA), asm.addi(X.t2, X.t2, 1), asm.sw(X.t2, X.t0, 0), asm.jal(-8)];

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (one) => one.charCodeAt(0));
const hex = (value: number): string => value.toString(16);
const register = (value: bigint): string => bytesToHex(new Uint8Array(new BigUint64Array([value]).buffer));

function debugged(engine: 'reference' | 'interpreter' | 'jit', canReverse = true, mayWrite = true) {
  const { machine } = testMachine(COUNTER, { engine });
  machine.powerOn();
  const timeline = new Timeline({ machine, turnSteps: 1000, inputs: [], missed: () => assert.fail() });
  let isKilled = false;
  const target = new MachineTarget({
    ...{ machine, timeline, mayWrite, detached: () => {} },
    checkpoints: canReverse ? new Checkpoints(timeline, machine, []) : undefined,
    kill: () => (isKilled = true),
  });
  target.halt();
  const reader = new PacketReader();
  const answers: string[] = [];
  const session = new GdbSession(target, (sent) => {
    for (const one of reader.push(sent))
      if (one.kind === 'packet') answers.push(String.fromCharCode(...one.data));
  });
  target.onStop = (reason) => session.stopped(reason);
  const ask = (packet: string): string => {
    session.push(encodePacket(bytes(packet)));
    for (let i = 0; i < 20 && answers.length === 0 && !target.isHalted; i++) target.proceed();
    return answers.shift() ?? '(nothing)';
  };
  return { machine, target, session, ask, timeline, isKilled: () => isKilled };
}

for (const engine of ['reference', 'interpreter', 'jit'] as const) {
  test(`${engine}: break, step, watch, go on, go back`, () => {
    const { ask, timeline } = debugged(engine);
    assert.match(ask('qSupported:swbreak+'), /ReverseStep\+;ReverseContinue\+/);
    assert.equal(ask('?'), 'T02thread:1;');
    assert.equal(ask('p20'), register(BigInt(ENTRY)));
    assert.equal(ask('vCont;s:1'), 'T05thread:1;');
    assert.equal(timeline.step, 1n);
    assert.equal(ask(`Z0,${hex(LOOP)},4`), 'OK');
    for (let round = 0; round < 5; round++) assert.equal(ask('vCont;c'), 'T05swbreak:;thread:1;');
    assert.equal(ask('p20'), register(BigInt(LOOP)));
    assert.equal(ask('p7'), register(4n));
    const at = timeline.step;
    assert.equal(ask('bs'), 'T05thread:1;');
    assert.equal(timeline.step, at - 1n);
    assert.equal(ask('bc'), 'T05swbreak:;thread:1;');
    assert.equal(timeline.step, at - 3n);
    assert.equal(ask('p7'), register(3n));
    assert.equal(ask(`z0,${hex(LOOP)},4`), 'OK');
    assert.equal(ask(`Z2,${hex(DATA)},4`), 'OK');
    assert.equal(ask('c'), `T05watch:${hex(DATA)};thread:1;`);
    assert.equal(ask('p20'), register(BigInt(STORE)));
    assert.equal(ask(`m${hex(DATA)},4`), '03000000', 'before the store');
    assert.equal(ask('c'), `T05watch:${hex(DATA)};thread:1;`);
    assert.equal(ask(`m${hex(DATA)},4`), '04000000');
    assert.equal(ask('bc'), `T05watch:${hex(DATA)};thread:1;`);
    assert.equal(ask('p20'), register(BigInt(STORE + 4)), 'behind the store that is about to be undone');
    assert.equal(ask(`m${hex(DATA)},4`), '04000000');
    assert.equal(ask('bs'), 'T05thread:1;');
    assert.equal(ask(`m${hex(DATA)},4`), '03000000');
    assert.equal(ask(`z2,${hex(DATA)},4`), 'OK');
    assert.equal(ask('bc'), 'T05replaylog:begin;thread:1;');
    assert.equal(timeline.step, 0n);
  });
}

test('a run that was gone back in and on again is the same run', () => {
  const { ask, machine, timeline } = debugged('jit');
  assert.equal(ask(`Z1,${hex(LOOP)},4`), 'OK');
  for (let i = 0; i < 50; i++) ask('c');
  const [hash, step] = [machine.stateHash(), timeline.step];
  for (let i = 0; i < 20; i++) ask('bc');
  for (let i = 0; i < 7; i++) ask('bs');
  for (let i = 0; timeline.step < step && i < 50; i++) ask('c');
  assert.equal(timeline.step, step);
  assert.equal(machine.stateHash(), hash);
});

test('registers and memory are written in a run of its own, and not in one that is replayed', () => {
  const { ask } = debugged('interpreter');
  assert.equal(ask(`P7=${register(77n)}`), 'OK');
  assert.equal(ask('p7'), register(77n));
  assert.equal(ask(`M${hex(DATA)},2:abcd`), 'OK');
  assert.equal(ask(`m${hex(DATA)},4`), 'abcd0000');
  assert.equal(ask('m10,4'), 'E01', 'no RAM there');
  const sscratch = hex(65 + 0x140);
  assert.equal(ask(`P${sscratch}=${register(5n)}`), 'OK');
  assert.equal(ask(`p${sscratch}`), register(5n));
  assert.equal(ask(`p${hex(65 + 0x7ff)}`), 'E01', 'no such CSR');
  const all = ask('g');
  assert.equal(all.length, 33 * 16);
  assert.equal(ask(`G${all}`), 'OK');
  assert.equal(ask('g'), all);
  const replayed = debugged('interpreter', true, false);
  assert.equal(replayed.ask(`P7=${register(77n)}`), 'E01');
  assert.equal(replayed.ask(`M${hex(DATA)},2:abcd`), 'E01');
});

test('threads, description, monitor, detach, kill; what is not known is empty', () => {
  const { ask, isKilled, target } = debugged('reference', false);
  assert.doesNotMatch(ask('qSupported'), /Reverse/);
  assert.equal(ask('bc'), '');
  assert.equal(ask('qfThreadInfo'), 'm1');
  assert.equal(ask('qsThreadInfo'), 'l');
  assert.equal(ask('T1'), 'OK');
  assert.equal(ask('T5'), 'E01');
  assert.equal(ask('Hg9'), 'E01');
  const xml = ask('qXfer:features:read:target.xml:0,ffff');
  assert.match(xml, /^l<\?xml/);
  for (const feature of ['cpu', 'fpu', 'csr', 'virtual'])
    assert.ok(xml.includes(`org.gnu.gdb.riscv.${feature}`));
  assert.match(xml, /name="satp" bitsize="64" type="int" regnum="449"/);
  const said = ask(`qRcmd,${bytesToHex(bytes('help'))}`);
  assert.match(Buffer.from(said, 'hex').toString(), /^monitor help/);
  assert.equal(ask('vMustReplyEmpty'), '');
  assert.equal(ask('D'), 'OK');
  assert.equal(target.isHalted, false);
  assert.equal(ask('k'), 'OK');
  assert.equal(isKilled(), true);
});

test('packets that make no sense are answered, and none makes it throw', () => {
  const { ask, session } = debugged('interpreter');
  const random = new SeededRandom(11);
  const starts = [
    'm',
    'M',
    'p',
    'P',
    'G',
    'Z',
    'z',
    'H',
    'T',
    'X',
    'qXfer:features:read:',
    'qRcmd,',
    'qThreadExtraInfo,',
  ];
  for (let i = 0; i < 2000; i++) {
    const start = starts[random.below(starts.length)] ?? '';
    const rest = Array.from(
      { length: random.below(20) },
      () => '0123456789abcdef,:;=-zg'[random.below(23)],
    ).join('');
    assert.notEqual(ask(start + rest), '(nothing)', start + rest);
  }
  session.push(Uint8Array.of(3));
});
