/**
 * Loops whose accesses move by the same distance each turn: their pages are looked up once for many turns. What is left of
 * a look is a comparison of the offset in the page for each base register that moves.
 */
import type { Decoded } from '../isa/decode.ts';
import { usageOf } from '../isa/operands.ts';
import { INSTRUCTIONS } from '../isa/table.ts';
import { type Access, accessOf, writesX } from './access-runs.ts';

/** Accesses by one base in one turn. A base is `plus + (register << shift)`, of registers as they are where the turn begins. */
export interface Stride {
  readonly register: number;
  readonly shift: number;
  /** A register that the loop does not write; 0: none. */
  readonly plus: number;
  /** Bytes from one turn to the next; 0: they stay where they are. */
  readonly step: number;
  /** Whether one of them stores: then the look is for stores, which may be loaded from as well. */
  isStore: boolean;
  /** Offsets from the base: the first byte, and behind the last one. */
  low: number;
  high: number;
  /** Of each access, by its place among the instructions: from the base. */
  readonly offsets: Map<number, number>;
}

/** Wider spans and longer steps leave a page too soon. */
const MAX_SPAN = 512;
const MAX_STEP = 512;
/** Of elements; more is no index. */
const MAX_SHIFT = 6;
/** More bases take the registers of the machine away from the program. */
const MAX_STRIDES = 6;

const USED = INSTRUCTIONS.map((row) => usageOf(row) as ReadonlySet<string>);
/** What an instruction of such a loop may not do: look at the steps done, or leave when it is done. */
const FORBIDDEN = [
  ...['csr', 'ecall', 'ebreak', 'sret', 'wfi', 'pause', 'sfenceVma', 'fence', 'fenceI', 'illegal'],
  ...['amo', 'loadReserved', 'storeConditional', 'cacheBlock'],
];
const IS_FORBIDDEN: readonly boolean[] = USED.map((used) => FORBIDDEN.some((name) => used.has(name)));
const [ADDI, ADD, SLLI] = ['addi', 'add', 'slli'].map((row) =>
  INSTRUCTIONS.findIndex(({ name }) => name === row),
);

/** Whether turns of a loop with these instructions may be written twice. */
export const mayTurn = (instructions: readonly Decoded[]): boolean =>
  !instructions.some(({ index }) => IS_FORBIDDEN[index]);

/**
 * The strides of a loop's instructions, the same ones each turn; undefined when there are accesses and none moves, or when they do
 * what turns may not. They hold from the second turn on. A base register of which it is not known how it moves is none of them: its
 * accesses look for themselves.
 */
export function stridesOf(instructions: readonly Decoded[]): readonly Stride[] | undefined {
  if (!mayTurn(instructions)) return undefined;
  if (!instructions.some(accessOf)) return [];
  const written = new Set(instructions.filter(writesX).map(({ rd }) => rd));
  const ends = follow(instructions, written, new Map(), () => undefined);
  const found = new Map<number, Stride>();
  follow(instructions, written, startsOf(ends), (place, base, one) => {
    const access = accessOf(one);
    const step = base && stepOf(ends, base);
    if (!access || !base || step === undefined || Math.abs(step) > MAX_STEP) return;
    const key = (base.root * 32 + base.plus) * 64 + base.shift;
    const stride = found.get(key) ?? newStride(base, step);
    found.set(key, stride);
    note(stride, place, base.distance + one.imm, access);
  });
  const strides = [...found.values()].filter(({ low, high }) => high - low <= MAX_SPAN).slice(0, MAX_STRIDES);
  return strides.some(({ step }) => step !== 0) ? strides : undefined;
}

/** What a register holds: plus + (root << shift) + distance, of registers as they were where the turn began. */
interface Held {
  readonly root: number;
  readonly shift: number;
  readonly plus: number;
  readonly distance: number;
}
/** By register; absent: its own value as it was; undefined: something else. */
type Values = ReadonlyMap<number, Held | undefined>;

const held = (values: Values, register: number): Held | undefined =>
  values.has(register) ? values.get(register) : { root: register, shift: 0, plus: 0, distance: 0 };

/** Goes through the instructions. `see` is told what rs1 of each holds. @returns what registers hold at the end. */
function follow(
  instructions: readonly Decoded[],
  written: ReadonlySet<number>,
  starts: Values,
  see: (place: number, base: Held | undefined, one: Decoded) => void,
): Values {
  const values = new Map(starts);
  for (const [place, one] of instructions.entries()) {
    see(place, one.rs1 === 0 ? undefined : held(values, one.rs1), one);
    if (writesX(one) && one.rd !== 0) values.set(one.rd, resultOf(one, values, written));
  }
  return values;
}

function resultOf(one: Decoded, values: Values, written: ReadonlySet<number>): Held | undefined {
  const { index, rs1, rs2, imm } = one;
  const isMove = index === ADD && (rs1 === 0 || rs2 === 0);
  if (index === ADD && !isMove) return written.has(rs1) ? sum(rs2, rs1) : sum(rs1, rs2);
  if (index !== ADDI && index !== SLLI && !isMove) return undefined;
  const source = isMove ? rs1 + rs2 : rs1;
  const from = source === 0 ? undefined : held(values, source);
  if (!from || isMove) return from;
  if (index === ADDI) return { ...from, distance: from.distance + imm };
  const [shift, distance] = [from.shift + imm, from.distance * 2 ** imm];
  return from.plus === 0 && shift <= MAX_SHIFT ? { ...from, shift, distance } : undefined;

  /** Of two registers of which the first one must stay. */
  function sum(still: number, other: number): Held | undefined {
    const base = held(values, other);
    return base?.plus === 0 && !written.has(still) ? { ...base, plus: still } : undefined;
  }
}

/** How far a base moves in a turn, if it moves by a constant. */
function stepOf(ends: Values, { root, shift }: Held): number | undefined {
  const end = held(ends, root);
  return end?.root === root && end.shift === 0 && end.plus === 0 ? end.distance * 2 ** shift : undefined;
}

/** What registers hold where the second turn begins, and each later one: a copy of one that moves goes with it. */
function startsOf(ends: Values): Values {
  return new Map(
    [...ends].flatMap(([register, end]) => {
      const step = end && end.root !== register ? stepOf(ends, end) : undefined;
      return end && step !== undefined
        ? [[register, { ...end, distance: end.distance - step }] as const]
        : [];
    }),
  );
}

const newStride = ({ root, shift, plus }: Held, step: number): Stride => ({
  ...{
    register: root,
    shift,
    plus,
    step,
    isStore: false,
    low: Number.POSITIVE_INFINITY,
    high: Number.NEGATIVE_INFINITY,
  },
  offsets: new Map(),
});

function note(stride: Stride, place: number, at: number, { isStore, bytes }: Access): void {
  stride.isStore ||= isStore;
  stride.low = Math.min(stride.low, at);
  stride.high = Math.max(stride.high, at + bytes);
  stride.offsets.set(place, at);
}
