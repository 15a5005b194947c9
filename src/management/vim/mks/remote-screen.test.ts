// A console as a screen: what a viewer is told and asks, what keys type, what is refused; garbage ends it and nothing else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { Keyboard } from './keys.ts';
import { RemoteScreen } from './remote-screen.ts';

const [WIDTH, HEIGHT] = [640, 400];
const u16 = (value: number) => [value >> 8, value & 0xff];
const u32 = (value: number) => [...u16(value >>> 16), ...u16(value & 0xffff)];
const ask = (incremental: 0 | 1, top = 0, height = HEIGHT) =>
  Buffer.from([3, incremental, ...u16(0), ...u16(top), ...u16(WIDTH), ...u16(height)]);
const keyDown = (symbol: number) => Buffer.from([4, 1, 0, 0, ...u32(symbol)]);

function make() {
  const state = { sent: Buffer.alloc(0), typed: '', refused: '', waitingBytes: 0 };
  const screen = new RemoteScreen(
    'web',
    {
      send: (bytes) => void (state.sent = Buffer.concat([state.sent, bytes])),
      get waitingBytes() {
        return state.waitingBytes;
      },
      refuse: (reason) => void (state.refused = reason),
    },
    (text) => void (state.typed += text),
  );
  const taken = () => {
    const { sent } = state;
    state.sent = Buffer.alloc(0);
    return sent;
  };
  const open = (version = '003.008') => {
    screen.received(Buffer.from(`RFB ${version}\n`));
    if (version !== '003.003') screen.received(Buffer.of(1));
    screen.received(Buffer.of(1));
    return taken();
  };
  return { screen, state, taken, open };
}

/** The rectangles of an update: where each begins, and its bytes. */
function rectangles(update: Buffer, bytesEach = 4): { y: number; pixels: Buffer }[] {
  const found: { y: number; pixels: Buffer }[] = [];
  let at = 4;
  for (let left = update.readUInt16BE(2); left > 0; left--) {
    const [x, y, width, height] = [0, 2, 4, 6].map((part) => update.readUInt16BE(at + part)) as [
      number,
      number,
      number,
      number,
    ];
    assert.deepEqual([x, width, height, update.readInt32BE(at + 8)], [0, WIDTH, 16, 0]);
    found.push({ y, pixels: update.subarray(at + 12, at + 12 + width * height * bytesEach) });
    at += 12 + width * height * bytesEach;
  }
  assert.equal(at, update.length);
  return found;
}

test('RemoteScreen: versions, security, and what the screen is', () => {
  for (const [version, head] of [
    ['003.008', [1, 1, 0, 0, 0, 0]],
    ['003.007', [1, 1]],
    ['003.003', [0, 0, 0, 1]],
  ] as const) {
    const { open } = make();
    const said = open(version);
    assert.equal(said.toString('latin1', 0, 12), 'RFB 003.008\n');
    assert.deepEqual([...said.subarray(12, 12 + head.length)], head);
    const init = said.subarray(12 + head.length);
    assert.deepEqual([init.readUInt16BE(0), init.readUInt16BE(2)], [WIDTH, HEIGHT]);
    assert.deepEqual([...init.subarray(4, 17)], [32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 16, 8, 0]);
    assert.equal(init.toString('latin1', 24), 'web');
  }
});

test('RemoteScreen: a whole picture, then what is new, when there is something new and somebody asks', () => {
  const { screen, state, open, taken } = make();
  screen.output(Buffer.from('early\r\n'));
  open();
  screen.received(ask(0));
  const all = rectangles(taken());
  assert.equal(all.length, 25);
  const isInk = ({ pixels }: { pixels: Buffer }) => pixels.includes(0xaa);
  assert.deepEqual(all.map(isInk).slice(0, 3), [true, true, false], 'what was said before, and the cursor');
  screen.received(ask(1));
  assert.equal(taken().length, 0, 'nothing is new');
  screen.output(Buffer.from('\u001b[5;1Hx'));
  assert.deepEqual(
    rectangles(taken()).map(({ y }) => y),
    [16, 64],
    'the cursor went',
  );
  screen.output(Buffer.from('more'));
  assert.equal(taken().length, 0, 'nobody has asked');
  state.waitingBytes = 2 ** 23;
  screen.received(ask(1));
  assert.equal(taken().length, 0, 'who is behind waits');
  state.waitingBytes = 0;
  screen.update();
  assert.deepEqual(
    rectangles(taken()).map(({ y }) => y),
    [64],
  );
  screen.received(ask(0, 32, 20));
  assert.deepEqual(
    rectangles(taken()).map(({ y }) => y),
    [32, 48],
    'lines that are asked for',
  );
});

test('RemoteScreen: pixels as a viewer wants them', () => {
  const { screen, open, taken } = make();
  open();
  screen.output(Buffer.from('\u001b[41m '));
  const format = (bits: number, bigEndian: number, max: readonly number[], shift: readonly number[]) =>
    Buffer.from([0, 0, 0, 0, bits, 24, bigEndian, 1, ...max.flatMap(u16), ...shift, 0, 0, 0]);
  for (const [bits, bigEndian, max, shift, red] of [
    [16, 0, [31, 63, 31], [11, 5, 0], [0x00, 0xa8]],
    [16, 1, [31, 63, 31], [11, 5, 0], [0xa8, 0x00]],
    [8, 0, [7, 7, 3], [0, 3, 6], [5]],
    [32, 1, [255, 255, 255], [0, 8, 16], [0, 0, 0, 170]],
  ] as const) {
    screen.received(Buffer.concat([format(bits, bigEndian, max, shift), ask(0, 0, 16)]));
    const [line] = rectangles(taken(), bits / 8);
    assert.deepEqual([...(line?.pixels.subarray(0, bits / 8) ?? [])], red, `${bits} bits`);
  }
});

test('RemoteScreen: keys come out of order with everything else, in pieces', () => {
  const { screen, state, open } = make();
  open();
  const said = Buffer.concat([
    Buffer.from([2, 0, ...u16(2), ...u32(0), ...u32(16)]),
    keyDown(0x68),
    Buffer.from([5, 1, ...u16(3), ...u16(4)]),
    Buffer.from([6, 0, 0, 0, ...u32(3), 1, 2, 3]),
    keyDown(0xff0d),
  ]);
  for (const byte of said) screen.received(Buffer.of(byte));
  assert.equal(state.typed, 'h\r');
});

test('RemoteScreen: what is no part of the protocol is refused, once, and nothing more is taken', () => {
  const cases: readonly (readonly [said: Buffer, reason: RegExp])[] = [
    [Buffer.from([9]), /message 9/],
    [Buffer.from([2, 0, ...u16(60_000), ...new Uint8Array(4 * 1025)]), /encodings/],
    [
      Buffer.concat([Buffer.from([6, 0, 0, 0, ...u32(2 ** 31 - 1)]), Buffer.alloc(2 ** 20 + 1)]),
      /so much text/,
    ],
    [Buffer.from([0, 0, 0, 0, 24, 24, 0, 1, ...new Uint8Array(12)]), /format/],
    [
      Buffer.from([0, 0, 0, 0, 8, 8, 0, 1, ...u16(255), ...u16(255), ...u16(255), 0, 8, 16, 0, 0, 0]),
      /format/,
    ],
    [Buffer.from([0, 0, 0, 0, 8, 8, 0, 0, ...new Uint8Array(12)]), /format/],
  ];
  for (const [said, reason] of cases) {
    const { screen, state, open } = make();
    open();
    screen.received(said);
    assert.match(state.refused, reason);
    screen.received(keyDown(0x68));
    assert.equal(state.typed, '');
  }
  const { screen, state } = make();
  screen.received(Buffer.from('GET / HTTP/1'));
  assert.match(state.refused, /is no version/);
});

test('RemoteScreen: fuzz: whatever is said, nothing throws, and what is kept is bounded', () => {
  const random = new SeededRandom(7);
  for (let run = 0; run < 300; run++) {
    const { screen, open, taken } = make();
    if (run % 3 > 0) open();
    for (let part = 0; part < 20; part++) {
      const bytes = new Uint8Array(random.below(200) + 1);
      random.fill(bytes);
      if (part % 2 === 0) bytes[0] = random.below(8);
      screen.received(Buffer.from(bytes));
      screen.output(bytes);
      assert.ok(taken().length <= 20 * 25 * (12 + WIDTH * 16 * 4) + 100);
    }
  }
});

test('Keyboard: what keys type, with Ctrl and Alt', () => {
  const keyboard = new Keyboard();
  const type = (...symbols: readonly number[]) =>
    symbols.map((symbol) => keyboard.key(symbol, true)).join('');
  assert.equal(type(0x41, 0xe9, 0x0100_20ac, 0xffb7, 0xff51, 0xffff, 0xffe1), 'Aé€7\u001b[D\u001b[3~');
  keyboard.key(0xffe3, true);
  assert.equal(type(0x63, 0x20, 0x5b, 0x31), '\u0003\0\u001b1');
  keyboard.key(0xffe3, false);
  keyboard.key(0xffe9, true);
  assert.equal(type(0x62), '\u001bb');
  keyboard.key(0xffe9, false);
  assert.equal(type(0x0100_d800, 0x0110_ffff, 0x0200_0000, 0xffff_ffff, 0), '\u{10ffff}');
  assert.equal(keyboard.key(0x62, false), '');
});
