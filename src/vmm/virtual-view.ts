/**
 * Guest memory by virtual address, looked at from outside: for traces and messages. Changes nothing: no accessed bits,
 * no page is backed, no rights are checked. Source: Privileged ISA 20241017 §10.3–10.5.
 */
import type { GuestMap } from '#kernel';
import { type Context, PAGE_BYTES, PAGE_SHIFT } from '#riscv';

/** Levels of satp's modes: Sv39, Sv48. */
const LEVELS: Readonly<Record<string, number>> = { 8: 3, 9: 4 };
const SATP_MODE_SHIFT = 60n;
const PPN_MASK = (1n << 44n) - 1n;
const PTE_PPN_SHIFT = 10n;
const PTE_VALID = 1n;
/** Readable, writable, executable: with none of them an entry points to the next table. */
const PTE_LEAF = 0b1110n;
const INDEX_BITS = 9n;

/** The guest-physical address behind a virtual one; undefined when nothing is mapped there. */
export function translate(context: Context, map: GuestMap, address: bigint): bigint | undefined {
  const satp = context.get('satp');
  const mode = satp >> SATP_MODE_SHIFT;
  if (mode === 0n) return address;
  let table = (satp & PPN_MASK) << BigInt(PAGE_SHIFT);
  for (let level = (LEVELS[String(mode)] ?? 0) - 1; level >= 0; level--) {
    const shift = BigInt(PAGE_SHIFT) + INDEX_BITS * BigInt(level);
    const index = (address >> shift) & ((1n << INDEX_BITS) - 1n);
    const entry = readPhysical(map, table + index * 8n, 8);
    if (entry === undefined || (entry & PTE_VALID) === 0n) return undefined;
    const target = ((entry >> PTE_PPN_SHIFT) & PPN_MASK) << BigInt(PAGE_SHIFT);
    if ((entry & PTE_LEAF) !== 0n) return target | (address & ((1n << shift) - 1n));
    table = target;
  }
  return undefined;
}

/** The instruction word at a virtual address, 16 bits when it is a compressed one; undefined when it is not there. */
export function instructionAt(context: Context, map: GuestMap, address: bigint): number | undefined {
  const low = halfword(context, map, address);
  if (low === undefined || (low & 3) !== 3) return low;
  const high = halfword(context, map, address + 2n);
  return high === undefined ? undefined : ((high << 16) | low) >>> 0;
}

function halfword(context: Context, map: GuestMap, address: bigint): number | undefined {
  const physical = translate(context, map, address);
  const value = physical === undefined ? undefined : readPhysical(map, physical, 2);
  return value === undefined ? undefined : Number(value);
}

/** Little-endian; within a page. */
function readPhysical(map: GuestMap, address: bigint, bytes: number): bigint | undefined {
  const page = map.pageBytes(Number(address >> BigInt(PAGE_SHIFT)));
  if (page === undefined) return undefined;
  const offset = Number(address % BigInt(PAGE_BYTES));
  let value = 0n;
  for (let i = bytes - 1; i >= 0; i--) value = (value << 8n) | BigInt(page[offset + i] ?? 0);
  return value;
}
