/** How many operands and results the opcodes have that regions use, and how wide their memory accesses are. */
import { Op } from '../wasm/opcodes.ts';

export interface Arity {
  readonly operands: number;
  readonly results: number;
}
export interface AccessShape extends Arity {
  readonly bytes: number;
  readonly isLoad: boolean;
  /** A read-modify-write is a store that loads. */
  readonly isStore: boolean;
}

const ARITY = new Map<number, Arity>();
const ACCESS = new Map<number, AccessShape>();

const UNARY =
  /_(?:eqz|clz|ctz|popcnt|abs|neg|sqrt|wrap|extend|convert|demote|promote|reinterpret|trunc|splat|extract)/;
const SPECIAL: Readonly<Record<string, Arity>> = {
  drop: { operands: 1, results: 0 },
  br_if: { operands: 1, results: 0 },
  select: { operands: 3, results: 1 },
  f32_const: { operands: 0, results: 1 },
  f64_const: { operands: 0, results: 1 },
};
const CONTROL = new Set(['local', 'global', 'memory', 'i32_const', 'i64_const']);

for (const [name, op] of Object.entries(Op)) {
  const [type = '', second = ''] = name.split('_');
  const special = SPECIAL[name];
  if (special) ARITY.set(op, special);
  else if (!/^[if]\d/.test(name) || CONTROL.has(type) || CONTROL.has(name)) continue;
  else if (/^(?:load|store|atomic)/.test(second)) ACCESS.set(op, accessShape(name, second));
  else if (name.includes('madd')) ARITY.set(op, { operands: 3, results: 1 });
  else ARITY.set(op, { operands: UNARY.test(name) ? 1 : 2, results: 1 });
}

function accessShape(name: string, second: string): AccessShape {
  const width = /(?:load|store)(\d+)/.exec(name)?.[1] ?? name.slice(1, 3);
  const bytes = Number(width) / 8;
  if (second.startsWith('load') || name.endsWith('atomic_load')) {
    return { bytes, operands: 1, results: 1, isLoad: true, isStore: false };
  }
  if (second.startsWith('store')) return { bytes, operands: 2, results: 0, isLoad: false, isStore: true };
  return { bytes, operands: name.endsWith('cmpxchg') ? 3 : 2, results: 1, isLoad: true, isStore: true };
}

/** Undefined for control, calls, locals, and what regions never use. */
export const arityOf = (op: number): Arity | undefined => ARITY.get(op);
export const accessOf = (op: number): AccessShape | undefined => ACCESS.get(op);
