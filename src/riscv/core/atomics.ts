/** Atomic accesses of the core: where they go, LR and SC, and the AMOs. Source: Unprivileged ISA 20240411 §14. */
import { Cause } from '../hart/causes.ts';
import { AccessKind } from '../hart/stops.ts';
import type { AmoOperation } from '../isa/semantics.ts';
import { atomic, i32, i64, type Node, op, wrap } from '../wasm/node.ts';
import { Op } from '../wasm/opcodes.ts';
import type { Core } from './core-functions.ts';
import { CoreSemantics } from './core-semantics.ts';
import * as L from './layout.ts';
import { askWatcher, decodedPageOf, eq32, isMisaligned } from './memory.ts';

export function defineAtomics(core: Core): void {
  core.define('atomicAddress', (f) => defineAtomicAddress(new CoreSemantics(f, core)));
  core.define('loadReserved', (f) => defineLoadReserved(new CoreSemantics(f, core)));
  core.define('storeConditional', (f) => defineStoreConditional(new CoreSemantics(f, core)));
}

function defineAtomicAddress(x: CoreSemantics): void {
  const { f } = x;
  const [address, bytes, write] = [f.param(1), f.param(2), f.param(3)];
  const raise = (load: number, store: number): void => {
    x.do('raise', x.select(write, i64(BigInt(store)), i64(BigInt(load))), address);
    f.return(i32(0));
  };
  f.if(isMisaligned(x, address, bytes), () => raise(Cause.LoadMisaligned, Cause.StoreMisaligned));
  const kind = op('i32', Op.select, i32(AccessKind.ReadWrite), i32(AccessKind.Read), write);
  askWatcher(x, address, bytes, kind, () => f.return(i32(0)));
  const physical = x.let(x.call('translate', address, write));
  x.returnIf(x.eq(physical, i64(-1n)), i32(0));
  // LR too: a page that moves because SC writes it, such as one that shares its zeros, would make that SC fail.
  const machine = f.let(x.call('ram', physical, i32(1)));
  f.if(op('i32', Op.i32_eqz, machine), () => raise(Cause.LoadAccess, Cause.StoreAccess));
  f.if(eq32(machine, 1), () => {
    x.do('pageMiss', physical, i32(1));
    f.return(i32(0));
  });
  f.if(write, () =>
    f.if(
      decodedPageOf(x, machine),
      () => f.call(x.core.index.codeWritten, [machine, bytes]),
      () => x.do('fill', address, machine, i32(L.TLB_WRITE)),
    ),
  );
  f.return(machine);
  f.unreachable();
}

/** Loads 4 bytes sign-extended, or 8. */
function loadWord(x: CoreSemantics, machine: Node, bytes: Node): Node {
  return x.f.ifElse(
    'i64',
    eq32(bytes, 4),
    () => op('i64', Op.i64_extend_i32_s, atomic('i32', Op.i32_atomic_load, 4, machine)),
    () => atomic('i64', Op.i64_atomic_load, 8, machine),
  );
}

function defineLoadReserved(x: CoreSemantics): void {
  const { f } = x;
  const [machine, bytes] = [f.param(1), f.param(2)];
  const value = x.let(loadWord(x, machine, bytes));
  x.set32('reservedAddress', machine);
  x.set32('reservedBytes', bytes);
  x.set('reservedValue', value);
  f.return(value);
  f.unreachable();
}

/** Succeeds when the reservation matches and memory still holds what was seen; any attempt ends the reservation. */
function defineStoreConditional(x: CoreSemantics): void {
  const { f } = x;
  const [machine, bytes, value] = [f.param(1), f.param(2), f.param(3)];
  const isReserved = op('i32', Op.i32_eq, x.get32('reservedAddress'), machine);
  const isSameSize = op('i32', Op.i32_eq, x.get32('reservedBytes'), bytes);
  const holds = f.let(op('i32', Op.i32_and, isReserved, isSameSize));
  x.set32('reservedAddress', i32(0));
  x.returnIf(op('i32', Op.i32_eqz, holds), i64(1n));
  const seen = x.let(x.get('reservedValue'));
  const found = f.ifElse(
    'i64',
    eq32(bytes, 4),
    () =>
      op(
        'i64',
        Op.i64_extend_i32_s,
        atomic('i32', Op.i32_atomic_cmpxchg, 4, machine, wrap(seen), wrap(value)),
      ),
    () => atomic('i64', Op.i64_atomic_cmpxchg, 8, machine, seen, value),
  );
  f.return(x.bit(x.ne(found, seen)));
  f.unreachable();
}

/** The operations of AMOs: one atomic instruction, or a choice between the old value and the operand. */
// biome-ignore format: a table reads in columns
const ATOMIC: Partial<Record<AmoOperation, readonly [word: number, double: number]>> = {
  swap: [Op.i32_atomic_xchg, Op.i64_atomic_xchg],
  add:  [Op.i32_atomic_add,  Op.i64_atomic_add],
  xor:  [Op.i32_atomic_xor,  Op.i64_atomic_xor],
  and:  [Op.i32_atomic_and,  Op.i64_atomic_and],
  or:   [Op.i32_atomic_or,   Op.i64_atomic_or],
};

type Compare = (x: CoreSemantics, a: Node, b: Node) => Node;
const CHOICE: Partial<Record<AmoOperation, Compare>> = {
  min: (x, a, b) => x.lts(a, b),
  max: (x, a, b) => x.lts(b, a),
  minu: (x, a, b) => x.ltu(a, b),
  maxu: (x, a, b) => x.ltu(b, a),
};

/** An AMO that is one instruction of WebAssembly: the old value, sign-extended; undefined for the others. */
export function singleAmo(
  operation: AmoOperation,
  bytes: 4 | 8,
  machine: Node,
  value: Node,
): Node | undefined {
  const single = ATOMIC[operation];
  if (!single) return undefined;
  const [word, double] = single;
  return bytes === 4
    ? op('i64', Op.i64_extend_i32_s, atomic('i32', word, 4, machine, wrap(value)))
    : atomic('i64', double, 8, machine, value);
}

/** Body of the function (machine address, value) that does one AMO: the old value, sign-extended. */
export function defineAmo(x: CoreSemantics, operation: AmoOperation, bytes: 4 | 8): void {
  const { f } = x;
  const [machine, value] = [f.param(0), f.param(1)];
  const isWord = bytes === 4;
  const choose = CHOICE[operation];
  if (!choose) throw new Error(`no AMO ${operation}`);
  const operand = x.let(isWord ? x.sext32(value) : value);
  const old = f.local('i64');
  f.loop((again) => {
    f.set(old, loadWord(x, machine, i32(bytes)));
    const next = x.let(x.select(choose(x, old, operand), old, operand));
    const found = isWord
      ? op(
          'i64',
          Op.i64_extend_i32_s,
          atomic('i32', Op.i32_atomic_cmpxchg, 4, machine, wrap(old), wrap(next)),
        )
      : atomic('i64', Op.i64_atomic_cmpxchg, 8, machine, old, next);
    f.brIf(again, x.ne(found, old));
  });
  f.return(old);
  f.unreachable();
}
