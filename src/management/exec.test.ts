// Tests of finding a script's output on the console, however the bytes are cut.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ExecOutput } from './exec.ts';

const NONCE = 'n0nce';
const bytes = (text: string) => new TextEncoder().encode(text);
const consoleOf = (output: string, status: string) =>
  `[    0.1] Linux\r\n\x1eVMK-EXEC-BEGIN ${NONCE}\n${output}\x1eVMK-EXEC-END ${NONCE} ${status}\n[    2.6] reboot: Power down\r\n`;

function run(text: string, chunk: number) {
  const passed: Uint8Array[] = [];
  const exec = new ExecOutput(NONCE, (some) => passed.push(some));
  const whole = bytes(text);
  for (let at = 0; at < whole.length; at += chunk) exec.push(whole.subarray(at, at + chunk));
  return { exec, output: Buffer.concat(passed).toString(), passed };
}

const OUTPUTS = [
  '',
  'riscv64\n',
  'no newline',
  '\x1e',
  'a\x1eVMK-EXEC-END other 3\n',
  `\x1eVMK-EXEC-EN`,
  'ä\0\r\n',
];

for (const expected of OUTPUTS) {
  test(`ExecOutput: passes ${JSON.stringify(expected)} and nothing else, whatever the chunks`, () => {
    for (const chunk of [1, 2, 7, 1000]) {
      const { exec, output } = run(consoleOf(expected, '7'), chunk);
      assert.equal(output, expected);
      assert.equal(exec.status, 7);
      assert.equal(exec.preamble, '');
    }
  });
}

test('ExecOutput: passes output on as soon as it is sure', () => {
  const exec = run(`\x1eVMK-EXEC-BEGIN ${NONCE}\nhello\x1eVMK`, 1000);
  assert.equal(exec.output, 'hello');
  exec.exec.push(bytes('x'));
  assert.equal(Buffer.concat(exec.passed).toString(), 'hello\x1eVMKx');
});

test('ExecOutput: without the end mark there is no status; without the begin mark the console is the preamble', () => {
  const cut = run(`\x1eVMK-EXEC-BEGIN ${NONCE}\nhello\n`, 5).exec;
  assert.deepEqual([cut.begun, cut.status, cut.preamble], [true, undefined, '']);
  const none = run('Kernel panic - not syncing\r\n', 5).exec;
  assert.deepEqual(
    [none.begun, none.status, none.preamble],
    [false, undefined, 'Kernel panic - not syncing\r\n'],
  );
});

test('ExecOutput: a status that is none is not taken for 0', () => {
  for (const status of ['', 'x', '-1', '256', '1.5']) {
    const { exec } = run(consoleOf('', status), 1000);
    assert.equal(exec.status, undefined, status);
  }
});

test('ExecOutput: keeps a bounded amount of what comes before', () => {
  const exec = new ExecOutput(NONCE, () => assert.fail('nothing is to be passed'));
  for (let i = 0; i < 100; i++) exec.push(new Uint8Array(10_000));
  assert.equal(exec.preamble.length, 2 ** 16);
});
