/** Seeded cases of one instruction: words, operands at their edges, and the state around them. */
import type { FieldName } from '../hart/context.ts';
import { MapFlag } from '../hart/page-map.ts';
import { CSRS, Status } from '../isa/csr.ts';
import type { Decoded } from '../isa/decode.ts';
import { decode } from '../isa/decode.ts';
import { matches } from '../isa/encoding.ts';
import type { Compressed, Instruction } from '../isa/instruction.ts';
import type { Usage } from '../isa/operands.ts';
import { usageOf } from '../isa/operands.ts';
import type { Case } from './case.ts';
import { codeBytes, pageAddress, RAM_PAGES } from './case.ts';
import type { Random } from './values.ts';
import { float, integer, oneIn, pick } from './values.ts';

/** Enough for the instruction, a trap, and a few jumps of the place where it ends. */
const STEPS = 4;
const JUMP_TO_SELF = 0x6f;
const MEMORY_WORDS = ['load', 'store', 'loadReserved', 'storeConditional', 'amo', 'cacheBlock'] as const;
const RARE_FLAGS = [0, MapFlag.Present] as const;
const DATA_PAGE = 4;

/**
 * Cases of one row or compressed form.
 * @param count how many; 50 is what a test run takes.
 */
export function rowCases(row: Instruction | Compressed, random: Random, count = 50): Case[] {
  const usage = usageOf('expandsTo' in row ? row.expandsTo : row);
  return Array.from({ length: count }, () => rowCase(row, usage, random));
}

function rowCase(row: Instruction | Compressed, usage: Usage, random: Random): Case {
  const word = randomWord(row, usage, random);
  const at = decode(word);
  const x = Object.fromEntries(registers((): bigint => integer(random)));
  const prefersSingle = at.row.extension === 'F' || at.row.name.endsWith('.s');
  const f = Object.fromEntries(registers((): bigint => float(random, prefersSingle)));
  const target = MEMORY_WORDS.some((name) => usage.has(name)) ? dataAddress(random) : undefined;
  // Atomics and cache blocks have no offset: decode gives them the immediate 0.
  if (target !== undefined) x[at.rs1] = BigInt.asUintN(64, target - BigInt(at.imm));
  const reservation = usage.has('storeConditional') ? reservationFor(at, target ?? 0n, random) : undefined;
  const pc = codeAddress(random);
  return {
    name: `${row.name} ${word.toString(16).padStart(8, '0')}`,
    budget: STEPS,
    x,
    f,
    fields: { ...fields(random), pc, sepc: pageAddress(0) + BigInt(random.below(512) * 4) },
    memory: [{ address: pc, bytes: codeBytes([word, JUMP_TO_SELF]) }, ...(reservation?.memory ?? [])],
    ...(target !== undefined && oneIn(random, 4) ? { map: { [DATA_PAGE]: pick(random, RARE_FLAGS) } } : {}),
    ...(reservation?.reserved ? { reservation: reservation.reserved } : {}),
  };
}

const registers = (value: () => bigint): [number, bigint][] =>
  Array.from({ length: 31 }, (_, index) => [index + 1, value()]);

/** Random bits where the encoding leaves them open. */
function randomWord(row: Instruction | Compressed, usage: Usage, random: Random): number {
  const width = 'expandsTo' in row ? 0xffff : 0xffff_ffff;
  for (;;) {
    let word = (((random.nextU32() & ~row.mask) | row.match) & width) >>> 0;
    if (usage.has('csr') && !oneIn(random, 10))
      word = ((word & 0xf_ffff) | (pick(random, CSRS).address << 20)) >>> 0;
    if (matches(row.pattern, word)) return word;
  }
}

/** In the middle of the page, or with its second half on the next one. */
const codeAddress = (random: Random): bigint =>
  oneIn(random, 8) ? pageAddress(1) - 2n : pageAddress(0) + BigInt(0x100 + random.below(16) * 2);

/** In a page, at its end, at the ends of RAM, at a device, nowhere. */
function dataAddress(random: Random): bigint {
  const kind = random.below(12);
  if (kind < 4) return pageAddress(DATA_PAGE) + BigInt(random.below(64) * 8);
  if (kind < 6) return pageAddress(DATA_PAGE) + BigInt(random.below(512));
  if (kind < 8) return pageAddress(DATA_PAGE + 1) - BigInt(1 + random.below(8));
  if (kind === 8) return pageAddress(RAM_PAGES) - BigInt(random.below(9));
  if (kind === 9) return 0x1000_0000n + BigInt(random.below(64));
  if (kind === 10) return pageAddress(0) + BigInt(random.below(512));
  return integer(random);
}

/** A reservation of what is at the address: mostly the right one. */
function reservationFor(
  at: Decoded,
  target: bigint,
  random: Random,
): { reserved?: NonNullable<Case['reservation']>; memory: Case['memory'] } | undefined {
  const bytes = at.row.name.endsWith('.w') ? 4 : 8;
  const isInRam = target >= pageAddress(0) && target <= pageAddress(RAM_PAGES) - 8n;
  if (!isInRam || oneIn(random, 4)) return undefined;
  const value = BigInt.asUintN(64, BigInt.asIntN(bytes * 8, random.nextU64()));
  const held = Uint8Array.from({ length: bytes }, (_, index) => Number((value >> BigInt(8 * index)) & 255n));
  const seen = oneIn(random, 4) ? value ^ 1n : value;
  const size = oneIn(random, 8) ? ((12 - bytes) as 4 | 8) : bytes;
  const address = oneIn(random, 8) ? target ^ 8n : target;
  return { reserved: { address, bytes: size, value: seen }, memory: [{ address: target, bytes: held }] };
}

/** The state around: mostly S-mode with floating point on, sometimes what traps or leaves. */
function fields(random: Random): Partial<Record<FieldName, bigint>> {
  const rounding = oneIn(random, 8) ? random.below(8) : random.below(5);
  const status = random.nextU64() & (Status.SIE | Status.SPIE | Status.SPP | Status.SUM | Status.MXR);
  const interrupts = 0x222n;
  const pending = random.nextU64() & interrupts;
  return {
    mode: oneIn(random, 4) ? 0n : 1n,
    sstatus: status,
    fs: oneIn(random, 10) ? 0n : BigInt(1 + random.below(3)),
    fcsr: BigInt((rounding << 5) | random.below(32)),
    sip: pending,
    // Mostly those that are not pending, so that the instruction comes first.
    sie: random.nextU64() & interrupts & (oneIn(random, 8) ? interrupts : ~pending),
    scounteren: random.nextU64() & 0xffff_ffffn,
    senvcfg: random.nextU64() & 0xf0n,
    sscratch: integer(random),
    scause: integer(random),
    stval: integer(random),
    stimecmp: integer(random),
    stepsEnd: BigInt(1000 + random.below(100_000)),
    traps: BigInt(random.below(1000)),
    timeMode: 1n,
    timeOffset: BigInt(random.below(1000)),
    trapsInRow: BigInt(random.below(3)),
    userWorld: oneIn(random, 4) ? 1n : 0n,
  };
}
