/** A console's screen as a picture: PNG with sixteen colours. Source: PNG (Third Edition) §5, §11. */
import { crc32, deflateSync } from 'node:zlib';
import { GLYPH_COLUMNS, GLYPH_ROWS, hasDot } from './font.ts';
import { type Cell, Terminal } from './terminal.ts';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** Dots of a character. */
export const CELL = { width: 8, height: 16 } as const;
/** The glyphs' dots within a cell: how far from its corner, and each row twice but the two below the line. */
const LEFT = 1;
const TOP = 0;
/** Red, green, blue of the sixteen colours. */
// biome-ignore format: a table reads in columns
export const PALETTE = Uint8Array.of(
  0, 0, 0,     170, 0, 0,   0, 170, 0,   170, 85, 0,   0, 0, 170,   170, 0, 170,   0, 170, 170,   170, 170, 170,
  85, 85, 85,  255, 85, 85, 85, 255, 85, 255, 255, 85, 85, 85, 255, 255, 85, 255,  85, 255, 255,  255, 255, 255,
);
const BITS = 8;
const INDEXED = 3;

/** A picture of the screen on which `output` was shown. */
export function consolePicture(output: Uint8Array): Uint8Array {
  const terminal = new Terminal();
  terminal.write(Buffer.from(output).toString('utf8'));
  return terminalPicture(terminal);
}

export function terminalPicture({ cells, columns, rows, cursor }: Terminal): Uint8Array {
  const [width, height] = [columns * CELL.width, rows * CELL.height];
  const stride = width + 1;
  const pixels = new Uint8Array(stride * height);
  for (const [y, line] of cells.entries())
    paintLine(line, y === cursor.y ? cursor.x : undefined, {
      ...{ pixels, stride },
      at: y * CELL.height * stride + 1,
    });
  return png(width, height, pixels);
}

/** Paints a line of text as numbers of colours, from `at` on. */
export function paintLine(
  line: readonly Cell[],
  cursorX: number | undefined,
  { pixels, at, stride }: { readonly pixels: Uint8Array; readonly at: number; readonly stride: number },
): void {
  for (const [x, cell] of line.entries()) {
    const [ink, paper] =
      x === cursorX ? [cell.background, cell.foreground] : [cell.foreground, cell.background];
    const corner = at + x * CELL.width;
    for (let dy = 0; dy < CELL.height; dy++) {
      for (let dx = 0; dx < CELL.width; dx++) {
        pixels[corner + dy * stride + dx] = isInk(cell.character, dx, dy) ? ink : paper;
      }
    }
  }
}

function isInk(character: string, dx: number, dy: number): boolean {
  const column = dx - LEFT;
  const row = Math.floor((dy - TOP) / 2);
  const isTail = dy - TOP >= 14;
  const glyphRow = isTail ? dy - TOP - 7 : row;
  if (column < 0 || column >= GLYPH_COLUMNS || row < 0 || glyphRow >= GLYPH_ROWS) return false;
  return hasDot(character, glyphRow, column);
}

function png(width: number, height: number, scanlines: Uint8Array): Uint8Array {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([BITS, INDEXED], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', PALETTE),
    chunk('IDAT', deflateSync(scanlines)),
    chunk('IEND', new Uint8Array(0)),
  ]);
}

function chunk(kind: string, data: Uint8Array): Uint8Array {
  const bytes = Buffer.alloc(12 + data.length);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(kind, 4, 'latin1');
  bytes.set(data, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length);
  return bytes;
}
