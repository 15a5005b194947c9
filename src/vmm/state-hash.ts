/**
 * A hash of all that a VM's guest can ever notice: registers, RAM, devices. Two runs that end in the same state have
 * the same hash, whichever engine ran them and whichever machine pages they got. Not cryptographic.
 */

import type { GuestMap } from '#kernel';
import { type Context, FIELDS, NOT_STATE } from '#riscv';

const REGISTERS = 32;
/** Source: Appleby, MurmurHash3, mixing constants of the 32-bit variant. */
const FIRST = 0xcc9e_2d51;
const SECOND = 0x1b87_3593;

/** Two 32-bit lanes, each over all words. */
export class Hash {
  #low = 0x9747_b28c | 0;
  #high = 0x3c6e_f372 | 0;

  word(value: number): void {
    this.#low = rotate(Math.imul(this.#low ^ value, FIRST), 13);
    this.#high = (Math.imul(this.#high, SECOND) + rotate(value ^ this.#low, 7)) | 0;
  }

  value(value: bigint): void {
    this.word(Number(BigInt.asIntN(32, value)));
    this.word(Number(BigInt.asIntN(32, value >> 32n)));
  }

  text(text: string): void {
    this.word(text.length);
    for (let i = 0; i < text.length; i++) this.word(text.charCodeAt(i));
  }

  /** Both lanes. */
  get lanes(): readonly [low: number, high: number] {
    return [this.#low, this.#high];
  }

  digest(): string {
    return [this.#high, this.#low].map((lane) => (lane >>> 0).toString(16).padStart(8, '0')).join('');
  }
}

function rotate(value: number, count: number): number {
  return (value << count) | (value >>> (32 - count));
}

/** 16 hexadecimal digits. Pages that hold only zeros count as pages that were never touched. */
export function stateHash(contexts: readonly Context[], map: GuestMap, devices: unknown): string {
  const hash = new Hash();
  for (const context of contexts) addContext(hash, context);
  map.forEachBacked((ppn, bytes) => addPage(hash, ppn, bytes));
  hash.text(canonical(devices));
  return hash.digest();
}

/** As `stateHash`, with words that stand for memory in place of memory itself. */
export function stateHashOver(
  contexts: readonly Context[],
  memory: readonly number[],
  devices: unknown,
): string {
  const hash = new Hash();
  for (const context of contexts) addContext(hash, context);
  for (const word of memory) hash.word(word);
  hash.text(canonical(devices));
  return hash.digest();
}

function addContext(hash: Hash, context: Context): void {
  for (let i = 0; i < REGISTERS; i++) hash.value(context.x(i));
  for (let i = 0; i < REGISTERS; i++) hash.value(context.f(i));
  for (const field of FIELDS) if (!NOT_STATE.has(field)) hash.value(context.get(field));
}

function addPage(hash: Hash, ppn: number, bytes: Uint8Array): void {
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  if (words.every((word) => word === 0)) return;
  hash.word(ppn);
  for (let i = 0; i < words.length; i++) hash.word(words[i] as number);
}

/** Text of plain data in which bigints and byte arrays differ from numbers and arrays. */
function canonical(data: unknown): string {
  return JSON.stringify(data, (_key, value: unknown) => {
    if (typeof value === 'bigint') return { bigint: `${value}` };
    if (value instanceof Uint8Array) return { bytes: [...value] };
    return value;
  });
}
