/** How a viewer wants its pixels: true colours of 8, 16 or 32 bits. Source: RFC 6143 §7.4. */

export const FORMAT_BYTES = 16;

export interface PixelFormat {
  readonly bytes: 1 | 2 | 4;
  readonly isBigEndian: boolean;
  /** Most and place of red, green, blue. */
  readonly max: readonly [number, number, number];
  readonly shift: readonly [number, number, number];
}

/** What is offered at first: blue, green, red, nothing. */
export const FIRST_FORMAT: PixelFormat = {
  bytes: 4,
  isBigEndian: false,
  max: [255, 255, 255],
  shift: [16, 8, 0],
};

export function writeFormat({ bytes, isBigEndian, max, shift }: PixelFormat): Buffer {
  const written = Buffer.alloc(FORMAT_BYTES);
  written.set([bytes * 8, 24, isBigEndian ? 1 : 0, 1]);
  for (const [i, most] of max.entries()) written.writeUInt16BE(most, 4 + 2 * i);
  written.set(shift, 10);
  return written;
}

/** Undefined for one that cannot be had: a colour map, other sizes, colours that do not fit. */
export function readFormat(given: Buffer): PixelFormat | undefined {
  const [bits = 0, , bigEndian, trueColour] = given;
  const bytes = bits / 8;
  if (!(bytes === 1 || bytes === 2 || bytes === 4) || trueColour === 0) return undefined;
  const max = [0, 1, 2].map((i) => given.readUInt16BE(4 + 2 * i)) as [number, number, number];
  const shift = [...given.subarray(10, 13)] as [number, number, number];
  const isPossible = max.every((most, i) => most > 0 && most * 2 ** (shift[i] as number) < 2 ** bits);
  return isPossible ? { bytes, isBigEndian: bigEndian !== 0, max, shift } : undefined;
}

/** The bytes of each colour of a palette of red, green, blue. */
export function encodePalette(
  palette: Uint8Array,
  { bytes, isBigEndian, max, shift }: PixelFormat,
): Buffer[] {
  return Array.from({ length: palette.length / 3 }, (_, index) => {
    let value = 0;
    for (const part of [0, 1, 2] as const)
      value += Math.round(((palette[3 * index + part] as number) * max[part]) / 255) * 2 ** shift[part];
    const encoded = Buffer.alloc(bytes);
    if (isBigEndian) encoded.writeUIntBE(value, 0, bytes);
    else encoded.writeUIntLE(value, 0, bytes);
    return encoded;
  });
}
