/** HalfSipHash-2-4: a short keyed hash that an outsider cannot foretell. Source: Aumasson and Bernstein, "SipHash", 2012. */

/** A key of two words. */
export type HashKey = readonly [number, number];

/** 32 bits of a few words. */
export function halfSipHash(key: HashKey, words: readonly number[]): number {
  const v = Int32Array.of(key[0], key[1], 0x6c79_6765 ^ key[0], 0x7465_6462 ^ key[1]);
  for (const word of [...words, (words.length * 4) << 24]) {
    v[3] = (v[3] as number) ^ word;
    round(v);
    round(v);
    v[0] = (v[0] as number) ^ word;
  }
  v[2] = (v[2] as number) ^ 0xff;
  for (let i = 0; i < 4; i++) round(v);
  return ((v[1] as number) ^ (v[3] as number)) >>> 0;
}

function round(v: Int32Array): void {
  let [a, b, c, d] = v as Int32Array & [number, number, number, number];
  a = (a + b) | 0;
  b = rotate(b, 5) ^ a;
  a = rotate(a, 16);
  c = (c + d) | 0;
  d = rotate(d, 8) ^ c;
  a = (a + d) | 0;
  d = rotate(d, 7) ^ a;
  c = (c + b) | 0;
  b = rotate(b, 13) ^ c;
  c = rotate(c, 16);
  v.set([a, b, c, d]);
}

function rotate(value: number, count: number): number {
  return (value << count) | (value >>> (32 - count));
}
