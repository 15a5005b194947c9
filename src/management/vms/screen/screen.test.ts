// Screens of consoles: what a terminal shows, and the picture of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32, inflateSync } from 'node:zlib';
import { SeededRandom } from '#lib';
import { GLYPH_COLUMNS, GLYPH_ROWS, hasDot } from './font.ts';
import { consolePicture, terminalPicture } from './picture.ts';
import { Terminal } from './terminal.ts';

const shown = (text: string, columns = 10, rows = 4) => {
  const terminal = new Terminal(columns, rows);
  terminal.write(text);
  return terminal;
};

// biome-ignore format: a table reads in columns
const SCREENS: readonly (readonly [what: string, written: string, shown: string])[] = [
  ['lines',                       'ab\r\ncd',                        'ab\ncd\n\n'],
  ['a line feed alone',           'ab\ncd',                          'ab\n  cd\n\n'],
  ['a long line goes on below',   '0123456789x',                     '0123456789\nx\n\n'],
  ['a full line and its end',     '0123456789\r\nx',                 '0123456789\nx\n\n'],
  ['scrolling',                   '1\r\n2\r\n3\r\n4\r\n5',           '2\n3\n4\n5'],
  ['backspace and tab',           'ab\bc\td',                        'ac      d\n\n\n'],
  ['the cursor by rows',          '\x1b[3;4HX\x1b[Ay\x1b[2Dz',       '\n   zy\n   X\n'],
  ['erasing a line',              'abcdef\x1b[3G\x1b[K',             'ab\n\n\n'],
  ['erasing its beginning',       'abcdef\x1b[3G\x1b[1K',            '   def\n\n\n'],
  ['erasing the screen',          'ab\r\ncd\x1b[2Jx',                '\n  x\n\n'],
  ['erasing below',               'ab\r\ncd\r\nef\x1b[2;2H\x1b[J',   'ab\nc\n\n'],
  ['a region that scrolls',       'a\r\nb\r\nc\r\nd\x1b[2;3r\x1b[3;1H\nx', 'a\nc\nx\nd'],
  ['lines put in and taken out',  'a\r\nb\r\nc\x1b[1;1H\x1b[L\x1b[3;1H\x1b[M', '\na\nc\n'],
  ['characters likewise',         'abcdef\x1b[2G\x1b[2P\x1b[@x',     'axdef\n\n\n'],
  ['reverse line feed',           'a\x1b[H\x1bMb',                   'b\na\n\n'],
  ['saved places',                'a\x1b7\x1b[4;4Hb\x1b8c',          'ac\n\n\n   b'],
  ['titles show nothing',         '\x1b]0;title\x07a\x1b]2;t\x1b\\b', 'ab\n\n\n'],
  ['character sets show nothing', '\x1b(Ba\x1b)0b',                  'ab\n\n\n'],
  ['private modes show nothing',  '\x1b[?25la\x1b[>cb',              'ab\n\n\n'],
  ['a full reset',                'ab\x1bcx',                        'x\n\n\n'],
];

for (const [what, written, expected] of SCREENS) {
  test(`Terminal: ${what}`, () => {
    assert.equal(shown(written).toString(), expected);
    const byOne = new Terminal(10, 4);
    for (const character of written) byOne.write(character);
    assert.equal(byOne.toString(), expected, 'character by character');
  });
}

test('Terminal: colours', () => {
  const [line = []] = shown('\x1b[31;1ma\x1b[0;44mb\x1b[7mc\x1b[0;38;5;10md\x1b[96;49me').cells;
  assert.deepEqual(
    line.slice(0, 5).map(({ foreground, background }) => [foreground, background]),
    [
      [9, 0],
      [7, 4],
      [4, 7],
      [10, 0],
      [14, 0],
    ],
  );
});

test('Terminal: fuzz: whatever a guest writes, the screen stays as large as it is', () => {
  const random = new SeededRandom(3);
  const parts = [
    '\x1b[',
    '\x1b',
    ';',
    '9999999',
    'H',
    'L',
    'M',
    'P',
    '@',
    'r',
    'J',
    'm',
    'x',
    '\n',
    '\r',
    '\t',
    '\x1b]',
    'T',
    'S',
    '3',
  ];
  const terminal = new Terminal(20, 6);
  for (let i = 0; i < 20_000; i++) terminal.write(parts[random.below(parts.length)] as string);
  assert.deepEqual(
    terminal.cells.map((line) => line.length),
    Array(6).fill(20),
  );
  assert.ok(terminal.cells.flat().every((cell) => cell !== undefined && cell.character.length === 1));
});

test('hasDot: characters differ from one another', () => {
  const pictures = new Set<string>();
  for (let code = 0x20; code < 0x7f; code++) {
    let dots = '';
    for (let row = 0; row < GLYPH_ROWS; row++)
      for (let column = 0; column < GLYPH_COLUMNS; column++)
        dots += hasDot(String.fromCharCode(code), row, column) ? '#' : '.';
    pictures.add(dots);
  }
  assert.equal(pictures.size, 95);
});

/** Chunks of a PNG, each with its checksum checked. */
function chunks(png: Buffer): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const kind = png.toString('latin1', at + 4, at + 8);
    assert.equal(png.readUInt32BE(at + 8 + length), crc32(png.subarray(at + 4, at + 8 + length)), kind);
    found.set(kind, png.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  return found;
}

test('consolePicture: a PNG of 80 × 25 characters, dots where the font has them', () => {
  const png = chunks(Buffer.from(consolePicture(Buffer.from('\x1b[32mA'))));
  assert.deepEqual([png.get('IHDR')?.readUInt32BE(0), png.get('IHDR')?.readUInt32BE(4)], [640, 400]);
  const pixels = inflateSync(png.get('IDAT') as Buffer);
  assert.equal(pixels.length, 641 * 400);
  const at = (x: number, y: number) => pixels[y * 641 + 1 + x];
  assert.deepEqual([at(1, 0), at(2, 0), at(1, 2), at(1, 6), at(5, 6)], [0, 2, 2, 2, 2]);
  assert.equal(at(8, 0), 7, 'the cursor stands behind it');
  assert.notDeepEqual(terminalPicture(shown('a')), terminalPicture(shown('b')));
});
