// The live display on a terminal that a test holds.
import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { test } from 'node:test';
import type { TerminalParts } from '../terminal.ts';
import { LiveTop, paint } from './live.ts';
import { sampleAt } from './testing.ts';

class FakeTerminal extends EventEmitter {
  written = '';
  readonly modes: boolean[] = [];
  readonly stdin = Object.assign(new EventEmitter(), {
    isTTY: true,
    setRawMode: (raw: boolean) => void this.modes.push(raw),
    resume: () => {},
    pause: () => {},
  });
  readonly stdout = Object.assign(new EventEmitter(), {
    isTTY: true,
    columns: 80,
    rows: 24,
    write: (text: string) => {
      this.written += text;
      this.emit('written');
      return true;
    },
  });
  readonly exit = () => {};
}

function start(intervalMs = 3_600_000) {
  const terminal = new FakeTerminal();
  let second = 0;
  const sample = () => Promise.resolve(sampleAt(++second));
  const top = new LiveTop(terminal as unknown as TerminalParts, sample, intervalMs);
  const ended = top.run();
  return { terminal, ended, type: (keys: string) => terminal.stdin.emit('data', Buffer.from(keys)) };
}

async function drawn(terminal: FakeTerminal, what: string): Promise<void> {
  while (!terminal.written.includes(what)) await once(terminal, 'written');
}

const listeners = (terminal: FakeTerminal) =>
  [terminal, terminal.stdin, terminal.stdout].flatMap((part) =>
    part.eventNames().filter((name) => name !== 'written'),
  );

test('LiveTop: takes the terminal over, draws, and gives it back as it was', async () => {
  const { terminal, ended, type } = start();
  await drawn(terminal, '%USED');
  assert.ok(terminal.written.startsWith('\x1b[?1049h\x1b[?25l'));
  type('m');
  await drawn(terminal, 'MEMSZ');
  type('q');
  assert.equal(await ended, 0);
  assert.ok(terminal.written.endsWith('\x1b[0m\x1b[?25h\x1b[?1049l'));
  assert.deepEqual(terminal.modes, [true, false]);
  assert.deepEqual(listeners(terminal), []);
});

test('LiveTop: a space looks again, a new size draws again, help covers the screen', async () => {
  const { terminal, ended, type } = start();
  await drawn(terminal, '02:05:01');
  type(' ');
  await drawn(terminal, '02:05:02');
  terminal.written = '';
  terminal.stdout.columns = 30;
  terminal.stdout.emit('resize');
  assert.match(terminal.written, /GID NAME/);
  assert.doesNotMatch(terminal.written, /MLMTD/);
  type('h');
  await drawn(terminal, 'Keys of vmk top');
  type('xq');
  await ended;
});

test('LiveTop: a signal gives the terminal back, and is its status', async () => {
  const { terminal, ended } = start();
  await drawn(terminal, '%USED');
  terminal.emit('SIGTERM', 'SIGTERM');
  assert.equal(await ended, 143);
  assert.deepEqual(terminal.modes, [true, false]);
});

test('LiveTop: a host that is gone ends it with its error, after the terminal was given back', async () => {
  const terminal = new FakeTerminal();
  const gone = () => Promise.reject(new Error('gone'));
  await assert.rejects(new LiveTop(terminal as unknown as TerminalParts, gone, 1000).run(), /gone/);
  assert.ok(terminal.written.endsWith('\x1b[?1049l'));
});

test('paint: each line clears what was there; the title is marked over the whole width', () => {
  const lines = [
    { text: 'a', isTitle: false },
    { text: 'b', isTitle: true },
  ];
  assert.equal(paint(lines, 3), '\x1b[Ha\x1b[K\r\n\x1b[7mb  \x1b[0m\x1b[J');
});
