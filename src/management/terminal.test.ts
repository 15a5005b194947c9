// Tests of the terminal: raw while open, as it was on every way out; input, end of input, and leaving.
import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { ProcessTerminal, type TerminalOptions } from './terminal.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

/** A process with a keyboard and a screen that remember what was done to them. */
function person(isTTY: boolean, options: Partial<TerminalOptions> = {}) {
  const raw: boolean[] = [];
  const exits: number[] = [];
  const stdin = Object.assign(new PassThrough(), { isTTY, setRawMode: (on: boolean) => raw.push(on) });
  const stdout = Object.assign(new PassThrough(), { isTTY });
  const parts = Object.assign(new EventEmitter(), {
    stdin,
    stdout,
    exit: (status: number) => exits.push(status),
  });
  const terminal = new ProcessTerminal(parts as never, { input: true, ...options });
  const typed: string[] = [];
  terminal.onInput((some) => typed.push(Buffer.from(some).toString()));
  const written: string[] = [];
  const shown = () => {
    for (let chunk = stdout.read(); chunk !== null; chunk = stdout.read()) written.push(String(chunk));
    return written.join('');
  };
  return { parts, terminal, stdin, stdout, raw, exits, typed, shown };
}

test('open and close: raw mode on and off once, no listener left', () => {
  const { terminal, raw, parts } = person(true);
  terminal.open();
  assert.deepEqual(raw, [true]);
  terminal.close();
  terminal.close();
  assert.deepEqual(raw, [true, false]);
  assert.deepEqual(parts.eventNames(), []);
});

test('exit: the terminal is as it was when the program dies', () => {
  const { terminal, raw, parts } = person(true);
  terminal.open();
  parts.emit('exit');
  assert.deepEqual(raw, [true, false]);
});

test('input: a terminal’s bytes go to the guest, Ctrl-C too, and Ctrl-] leaves', async () => {
  const { terminal, stdin, typed } = person(true);
  terminal.open();
  stdin.write('ls\x03');
  stdin.write('ab\x1dcd');
  await new Promise((resolve) => setImmediate(resolve));
  assert.ok(terminal.stop.aborted);
  assert.equal(typed.join(''), 'ls\x03ab');
  assert.equal(terminal.signalStatus, undefined);
});

test('input: from a pipe it waits for the first output, has no Ctrl-], and ends with Ctrl-D said again', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const { terminal, stdin, typed, raw } = person(false);
  terminal.open();
  stdin.end('a\x1db');
  await new Promise((resolve) => setImmediate(resolve));
  terminal.pauseInput(false);
  assert.deepEqual(typed, []);
  terminal.write(bytes('# '));
  await once(stdin, 'end');
  assert.deepEqual(typed, ['a\x1db', '\x04']);
  t.mock.timers.tick(1_000);
  assert.deepEqual(typed.slice(2), ['\x04', '\x04']);
  terminal.close();
  t.mock.timers.tick(5_000);
  assert.equal(typed.length, 4);
  assert.ok(!terminal.stop.aborted);
  assert.deepEqual(raw, []);
});

test('pauseInput: holds input up and lets it go on', async () => {
  const { terminal, stdin, typed } = person(true);
  terminal.open();
  terminal.pauseInput(true);
  stdin.write('x');
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(typed, []);
  terminal.pauseInput(false);
  await once(stdin, 'data');
  assert.deepEqual(typed, ['x']);
});

test('signals: the first stops the machine, the second ends the program', () => {
  const { terminal, parts, exits, raw } = person(true);
  terminal.open();
  parts.emit('SIGTERM');
  assert.ok(terminal.stop.aborted);
  assert.equal(terminal.signalStatus, 143);
  assert.deepEqual(exits, []);
  parts.emit('SIGINT');
  assert.deepEqual(exits, [130]);
  assert.deepEqual(raw, [true, false]);
});

test('SIGCONT: raw again after a stop', () => {
  const { terminal, parts, raw } = person(true);
  terminal.open();
  parts.emit('SIGCONT');
  assert.deepEqual(raw, [true, true]);
  terminal.close();
});

test('write: shows bytes, tells of the first, and on close ends the line and resets what programs left behind', () => {
  let firsts = 0;
  const { terminal, shown } = person(true, { onFirstOutput: () => firsts++ });
  terminal.open();
  terminal.write(new Uint8Array());
  assert.equal(firsts, 0);
  terminal.write(bytes('\x1b[31mred'));
  terminal.write(bytes('!'));
  assert.equal(firsts, 1);
  terminal.close();
  assert.equal(shown(), '\x1b[31mred!\x1b[0m\x1b[?25h\x1b[?2004l\r\n');
});

test('settle: takes the answer to what the guest asked of the terminal, and waits for nothing else', async () => {
  const { terminal, stdin, typed } = person(true);
  terminal.open();
  await terminal.settle();
  terminal.write(bytes('~ # \x1b[6n'));
  const settled = terminal.settle();
  stdin.write('\x1b[3;5R');
  await settled;
  assert.deepEqual(typed, ['\x1b[3;5R']);
  await terminal.settle();
  terminal.close();
});

test('close: adds nothing to a clean line, nor to a pipe', () => {
  for (const [isTTY, text] of [
    [true, 'done\n'],
    [false, '\x1b[31mred'],
  ] as const) {
    const { terminal, shown } = person(isTTY);
    terminal.open();
    terminal.write(bytes(text));
    terminal.close();
    assert.equal(shown(), text);
  }
});

test('drained: resolves when output may go on, and when nobody reads any more', async () => {
  const { terminal, stdout } = person(false);
  terminal.open();
  await terminal.drained();
  while (terminal.write(new Uint8Array(10_000)));
  const drained = terminal.drained();
  stdout.resume();
  await drained;
  stdout.pause();
  while (terminal.write(new Uint8Array(10_000)));
  const stopped = terminal.drained();
  stdout.emit('error', new Error('EPIPE'));
  await stopped;
  assert.ok(terminal.stop.aborted);
  assert.equal(terminal.write(bytes('more')), true);
});
