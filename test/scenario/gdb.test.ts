// Debian's gdb-multiarch on a recorded Linux: break, registers, memory, step, watch, and back again.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { vmk } from './vmk.ts';

const MAIN = fileURLToPath(new URL('../../src/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'vmk-gdb-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const hasGdb = spawnSync('gdb-multiarch', ['--version']).status === 0;
const SOMEWHERE = 200_000_000;

/** Runs gdb's commands against a machine that waits for it; what gdb said. */
async function debug(given: readonly string[], commands: readonly string[]): Promise<string> {
  const options = [...given, '--gdb', '0', '--gdb-wait'];
  const machine = spawn(process.execPath, [MAIN, ...options], { stdio: ['pipe', 'ignore', 'pipe'] });
  const exited = new Promise((resolve) => machine.on('close', resolve));
  const where = await new Promise<string>((resolve, reject) => {
    let said = '';
    machine.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const found = /target remote (\S+)/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    machine.on('close', () => reject(new Error(said)));
  });
  const setup = ['set pagination off', 'set confirm off', 'set arch riscv:rv64', `target remote ${where}`];
  const lines = [...setup, ...commands, 'kill'].flatMap((command) => ['-ex', command]);
  const gdb = spawn('gdb-multiarch', ['-nx', '-batch', ...lines], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  gdb.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  gdb.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  await new Promise((resolve) => gdb.on('close', resolve));
  machine.kill('SIGTERM');
  await exited;
  return output;
}

const STEP = 'monitor step';
/** Numbers that "monitor step" and "print" have shown, in order. */
const stepsIn = (output: string): number[] =>
  [...output.matchAll(/^step (\d+),/gm)].map(([, step]) => Number(step));
const valuesIn = (output: string): string[] =>
  [...output.matchAll(/^\$\d+ = (.*)$/gm)].map(([, value]) => value ?? '');

test('gdb on a recording: to the same places forwards and backwards', {
  skip: !hasGdb && 'no gdb-multiarch',
}, async () => {
  const recording = join(folder, 'run.rec');
  const recorded = await vmk(['run', '--memory', '128M', '--record', recording, '--exec', 'echo hi']);
  assert.equal(recorded.stdout, 'hi\n', recorded.stderr);
  const trap = [
    'hbreak *$stvec',
    'continue',
    STEP,
    'print/x $pc == $stvec',
    'print/x $scause',
    'info threads',
  ];
  const output = await debug(
    ['replay', recording],
    [
      ...['print/x $pc', 'stepi', 'reverse-stepi', STEP, `monitor seek ${SOMEWHERE}`, 'continue', STEP],
      ...[
        ...trap,
        'x/2i $pc',
        'continue',
        STEP,
        'reverse-continue',
        STEP,
        'reverse-stepi',
        STEP,
        'stepi',
        STEP,
      ],
      ...['delete', 'watch -l *(unsigned long *)($sp - 16)', 'continue', STEP, 'continue', STEP],
      ...['reverse-continue', STEP, 'delete', 'reverse-continue', STEP, 'print/x $pc'],
    ],
  );
  const [atStart, atSought, first, second, back, before, on, written, again, unwritten, begin] =
    stepsIn(output);
  assert.equal(atStart, 0, output);
  assert.equal(atSought, SOMEWHERE);
  assert.ok((first ?? 0) > SOMEWHERE && (second ?? 0) > (first ?? 0), output);
  assert.deepEqual([back, before, on], [first, (first ?? 0) - 1, first], output);
  assert.ok((written ?? 0) > (first ?? 0) && (again ?? 0) > (written ?? 0), output);
  assert.equal(unwritten, (again ?? 0) - 1);
  assert.equal(begin, 0);
  const [entry, isTrap, cause, last] = valuesIn(output);
  assert.deepEqual([entry, isTrap, cause, last], ['0x80200000', '0x1', '0x8000000000000005', '0x80200000']);
  assert.match(output, /Hardware watchpoint 2: -location/);
  assert.match(output, /hart 0, started, S-mode/);
  assert.match(output, /Reached (?:beginning|end) of recorded history|No more reverse-execution history/);
});

test('gdb on a machine that runs: changes what it wants', {
  skip: !hasGdb && 'no gdb-multiarch',
}, async () => {
  const output = await debug(
    ['run', '--memory', '128M', '--exec', 'true'],
    ['set $a0 = 5', 'print $a0', 'set *(int *)0x80100000 = 77', 'print *(int *)0x80100000', 'reverse-stepi'],
  );
  assert.deepEqual(valuesIn(output), ['5', '77']);
  assert.match(output, /Target remote does not support this command/);
});
