/** How a snapshot is written down: its front, its header as JSON, what a page of zeros is. */
import { HostError } from '#lib';
import { PAGE_BYTES } from '#riscv/size';
import type { MachineStateV1 } from '#vmm';

export const MAGIC = 'VMKSNAP1';
/** Magic, then 32-bit words: bytes of the header, its CRC, number of pages, CRC of their numbers. */
export const FRONT_BYTES = 24;
export const MAX_HEADER_BYTES = 64 * 2 ** 20;
export const MAX_PAGES = 2 ** 20;
/** Pages that have one CRC together. */
export const GROUP = 256;

export interface Header {
  readonly state: Omit<MachineStateV1, 'pages'>;
  /** The name of the file that it builds on, in the same folder. */
  readonly base: string | undefined;
  /** The checksum of that one's header: another file of the same name is not it. */
  readonly baseCrc?: number | undefined;
}

export function damaged(path: string, reason: string): HostError {
  return new HostError('archive-damaged', { what: `snapshot "${path}"`, reason });
}

/** JSON with big integers, bytes, maps, and what JSON has no word for. */
export function encode(header: Header): Uint8Array {
  const text = JSON.stringify(header, (_key, value: unknown) => {
    if (value === undefined) return { $none: true };
    if (typeof value === 'bigint') return { $int: value.toString() };
    if (typeof value === 'number' && !Number.isFinite(value)) return { $number: String(value) };
    if (ArrayBuffer.isView(value)) {
      const kind = value.constructor.name;
      const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
      return { $bytes: bytes.toString('base64'), kind };
    }
    if (value instanceof Map) return { $map: [...value] };
    return value;
  });
  return new TextEncoder().encode(text);
}

const KINDS = { Uint8Array, Uint16Array, Uint32Array, Int32Array, BigUint64Array } as const;

export function decode(bytes: Uint8Array): Header {
  return JSON.parse(new TextDecoder().decode(bytes), (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null) return value;
    if ('$none' in value) return undefined;
    if ('$number' in value) return Number(value.$number);
    if ('$int' in value) return BigInt(String(value.$int));
    if ('$map' in value) return new Map(value.$map as [unknown, unknown][]);
    if (!('$bytes' in value && 'kind' in value)) return value;
    const Kind = KINDS[value.kind as keyof typeof KINDS] ?? Uint8Array;
    return new Kind(new Uint8Array(Buffer.from(String(value.$bytes), 'base64')).buffer);
  }) as Header;
}

const ZEROS = new Uint8Array(PAGE_BYTES);

/** Of a page or less. */
export function isZero(bytes: Uint8Array): boolean {
  return Buffer.compare(bytes, ZEROS.subarray(0, bytes.length)) === 0;
}
