// Recordings: a run is written down and replayed to the same hashes; what was changed is noticed and named.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { concatBytes, SeededRandom } from '#lib';
import { writeButton } from '../button-event.ts';
import { asm, load32, testMachine, X } from '../testing.ts';
import { encodeFrame, encodeFrames, MAGIC, readFrames } from './log-frames.ts';
import { fromFrame, type LogRecord, type RecordingHeader, toFrame } from './log-records.ts';
import { Recorder } from './recorder.ts';
import { type Recording, readRecording } from './recording.ts';
import { ReplayCheck } from './replay-check.ts';
import { Timeline } from './timeline.ts';

const UART = 0x1000_0000;
const DATA = 0x8030_0000;

/** Polls the UART; what it reads is kept in memory, all of it, and sent back. */
const ECHO = [
  ...load32(X.t0, UART),
  ...load32(X.a2, DATA),
  asm.addi(X.a3, X.a3, 8),
  asm.slli(X.a3, X.a3, 48),
  asm.srli(X.a3, X.a3, 48),
  asm.sw(X.a1, X.a2, 0),
  asm.lw(X.t1, X.t0, 4),
  asm.slli(X.t1, X.t1, 55),
  asm.srli(X.t1, X.t1, 63),
  asm.beqz(X.t1, -28),
  asm.lbu(X.t1, X.t0, 0),
  asm.addi(X.a2, X.a2, 1),
  asm.sb(X.t1, X.t0, 0),
  asm.sb(X.t1, X.a2, 9),
  asm.jal(-48),
];

const HEADER: RecordingHeader = {
  version: 1,
  program: 'test',
  machine: { ramBytes: 4 * 2 ** 20, harts: 1, console: 'serial', append: '', seed: 1 },
  turnSteps: 1000,
  hashSteps: 2500,
  fullSteps: 10_000,
  files: [{ role: 'firmware', path: 'x', bytes: 1, sha256: 'ab', isEmbedded: true, readOnly: true }],
};

/** Records a run of 50,000 steps in which something is typed at odd moments. */
function record(words = ECHO): { bytes: Uint8Array; output: string; hash: string } {
  const parts: Uint8Array[] = [];
  const { machine, output } = testMachine(words, { engine: 'interpreter' });
  machine.powerOn();
  const recorder = new Recorder(
    { write: (part) => parts.push(part) },
    machine,
    HEADER,
    new Map([[0, new Uint8Array([7])]]),
  );
  const random = new SeededRandom(3);
  const live = () =>
    machine.takesInput && random.below(5) === 0
      ? ({ kind: 'console', bytes: new TextEncoder().encode(`<${random.below(1000)}>`) } as const)
      : undefined;
  const timeline = new Timeline({
    ...{ machine, live, turnSteps: HEADER.turnSteps, inputs: [], marks: recorder.marks },
    given: (given) => recorder.given(given),
    missed: () => assert.fail(),
  });
  for (let i = 0; i < 50; i++) timeline.run(random.below(2000));
  timeline.run(Number(50_000n - (timeline.step % 50_000n)));
  recorder.end(timeline, 'left');
  return { bytes: concatBytes(parts), output: output(), hash: machine.stateHash() };
}

function replay(recording: Recording, words = ECHO, engine: 'reference' | 'jit' = 'jit') {
  const { machine, output } = testMachine(words, { engine });
  machine.powerOn();
  const check = new ReplayCheck('a.rec', recording, machine);
  const timeline = new Timeline({
    ...{ machine, turnSteps: recording.header.turnSteps, inputs: [...recording.inputs] },
    ...{ marks: check.marks, missed: check.missed },
  });
  while (timeline.step < recording.lastStep) {
    timeline.run(Number(recording.lastStep - timeline.step));
  }
  check.end(timeline, 'left');
  return { machine, check, timeline, output: output() };
}

test('replay: the same output and state, on other back ends too, with every hash compared', () => {
  const { bytes, output, hash } = record();
  const recording = readRecording('a.rec', bytes);
  assert.ok(recording.inputs.length >= 5, 'something was typed');
  assert.ok(output.length > 20);
  for (const engine of ['reference', 'jit'] as const) {
    const again = replay(recording, ECHO, engine);
    assert.equal(again.output, output);
    assert.equal(again.machine.stateHash(), hash);
    assert.equal(again.check.compared, recording.hashes.length);
  }
  assert.ok(recording.hashes.some(({ isFull }) => isFull));
  assert.deepEqual(recording.header, HEADER);
  assert.deepEqual([...recording.files], [[0, new Uint8Array([7])]]);
});

test('replay: another program, or another input, is noticed with step and what', () => {
  const recording = readRecording('a.rec', record().bytes);
  const other = [...ECHO.slice(0, -3), asm.sb(X.t1, X.t0, 7), ...ECHO.slice(-2)];
  assert.throws(() => replay(recording, other), {
    code: 'replay-differs',
    message:
      /^The replay differs from recording "a.rec" at step \d+: the state hash was [0-9a-f]{16}, now it is /,
  });
  const [first, ...rest] = recording.inputs;
  assert.ok(first);
  const changed = {
    ...first,
    event: { kind: 'console', bytes: first.event.bytes.map((byte) => byte ^ 1) } as const,
  };
  const wanted = first.at.step + BigInt(HEADER.hashSteps) - (first.at.step % BigInt(HEADER.hashSteps));
  assert.throws(() => replay({ ...recording, inputs: [changed, ...rest] }), {
    message: new RegExp(`at step ${wanted}: the state hash`),
  });
  const moved = { ...first, at: { ...first.at, step: first.at.step + 1n } };
  assert.throws(() => replay({ ...recording, inputs: [moved, ...rest] }), {
    message: /the input of \d+ bytes was given at step \d+ in turn \d+, now it is due at step/,
  });
});

test('readRecording: every flipped byte is noticed and its record named; a cut one says so', () => {
  const { bytes } = record();
  const random = new SeededRandom(9);
  for (let i = 0; i < 300; i++) {
    const damaged = bytes.slice();
    const at = random.below(bytes.length);
    damaged[at] = (damaged[at] as number) ^ (1 << random.below(8));
    try {
      // A length that became larger looks like a file that was cut off there.
      assert.match(readRecording('a.rec', damaged).cut ?? '', /^record \d+ at byte \d+ is cut off$/);
    } catch (error) {
      assert.match(
        (error as Error).message,
        /^Cannot use recording "a.rec": (record \d+ at byte \d+ |it does not begin as a recording)/,
      );
    }
  }
  const cut = readRecording('a.rec', bytes.subarray(0, bytes.length - 3));
  assert.equal(cut.end, undefined);
  assert.match(cut.cut ?? '', /is cut off/);
  assert.ok(cut.lastStep > 40_000n);
});

test('readFrames, fromFrame: any bytes are answered, none makes them throw anything but what they say', () => {
  const random = new SeededRandom(4);
  for (let i = 0; i < 2000; i++) {
    const payload = new Uint8Array(random.below(60));
    random.fill(payload);
    const frame = { kind: random.below(9), payload };
    assert.deepEqual(readFrames(encodeFrames([frame])).frames, [frame]);
    readFrames(concatBytes([MAGIC, payload]));
    try {
      const record = fromFrame(frame);
      assert.deepEqual(fromFrame(toFrame(record)), record);
    } catch (error) {
      assert.ok(
        error instanceof RangeError || error instanceof SyntaxError || error instanceof TypeError,
        String(error),
      );
    }
  }
});

test('toFrame: what was written is what is read', () => {
  const at = { turn: 5n, step: 2n ** 40n };
  const records: LogRecord[] = [
    { kind: 'header', header: HEADER },
    { kind: 'input', at, event: { kind: 'console', bytes: new Uint8Array([1, 2]) } },
    { kind: 'input', at, event: { kind: 'button', bytes: writeButton('restart') } },
    { kind: 'hash', step: 7n, hash: '00112233445566ff' },
    { kind: 'full', step: 7n, hash: '00112233445566ff' },
    { kind: 'end', at, hash: '00112233445566ff', how: 'powered-off' },
  ];
  const file = encodeFrames(records.map(toFrame));
  assert.deepEqual(readFrames(file).frames.map(fromFrame), records);
  const button = { kind: 'button', bytes: new Uint8Array([115, 0]) } as const;
  assert.throws(() => fromFrame(toFrame({ kind: 'input', at, event: button })), /there is no button 115/);
  assert.equal(encodeFrame({ kind: 1, payload: new Uint8Array(3) }).length, 12);
});
