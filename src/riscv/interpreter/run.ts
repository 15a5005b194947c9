/**
 * The interpreter's loop as one WebAssembly function: fetches pages through the fetch TLB, counts steps, and
 * dispatches decoded entries to the handlers that the rows have written.
 *
 * Places within it: `reenter` reads mode and pc from the context; `jump` goes to the virtual address in `target`;
 * `next` runs the entry at `ip`; `event` looks at what a helper has left in `exit`; `exit` ends the run.
 */

import { REGION } from '../core/core-exports.ts';
import type { Core } from '../core/core-functions.ts';
import { callCore, Event } from '../core/core-functions.ts';
import type { CoreOptions } from '../core/core-module.ts';
import { CoreSemantics } from '../core/core-semantics.ts';
import { fetchSlot } from '../core/fetch.ts';
import * as L from '../core/layout.ts';
import type { InstructionCalls } from '../core/memory-semantics.ts';
import { jumpPagePlace } from '../core/tlb.ts';
import { Exit } from '../hart/exit.ts';
import { PAGE_BYTES, PAGE_SHIFT } from '../hart/page-map.ts';
import { Status } from '../isa/csr.ts';
import type { AmoOperation } from '../isa/semantics.ts';
import type { FunctionBuilder, Label, Signature } from '../wasm/function-builder.ts';
import { extendUnsigned, globalGet, i32, i64, load, type Node, op, wrap } from '../wasm/node.ts';
import { Op } from '../wasm/opcodes.ts';
import { type Handler, HandlerTable, type Pair } from './handler-table.ts';
import { halfwordsOf, InterpreterSemantics, type Loop, pcOf } from './interpreter-semantics.ts';

const RUN: Signature = { params: ['i32', 'i32'], results: ['i32'] };
const PAGE_START = i64(-BigInt(PAGE_BYTES));
const PAGE_OFFSET = i64(BigInt(PAGE_BYTES - 1));

const add = (a: Node, b: Node): Node => op('i32', Op.i32_add, a, b);
const sub = (a: Node, b: Node): Node => op('i32', Op.i32_sub, a, b);

interface Variables extends Omit<Loop, 'next' | 'jump' | 'reenter' | 'event' | 'exit' | 'countTarget'> {
  readonly decoded: Node;
  readonly slot: Node;
  readonly opcode: Node;
}

export function writeInterpreter(
  core: Core,
  options: CoreOptions,
  amo: (operation: AmoOperation, bytes: 4 | 8) => number,
): HandlerTable {
  const table = new HandlerTable();
  const fuelLeft = core.module.global('i32', 'fuelLeft');
  const regionSteps = core.module.global('i64', 'regionSteps');
  const calls: InstructionCalls = { ...core.index, amo };
  const run = core.module.function(RUN, (f) => {
    const x = new CoreSemantics(f, core);
    const v = variables(f, core, options);
    begin(x, v);
    f.block((exit) =>
      f.loop((reenter) => {
        f.block((event) =>
          writeCycle({ f, x, v, core, options, calls, table, regionSteps }, { exit, reenter, event }),
        );
        // event: a trap goes on at its handler; else the instruction has not been done and its step is given back.
        const what = f.let(x.get32('exit'));
        x.set32('exit', i32(Event.None));
        f.brIf(reenter, op('i32', Op.i32_eq, what, i32(Event.Trap)));
        f.if(op('i32', Op.i32_eq, what, i32(Event.NewMode)), () => {
          // Without fuel the next run begins with the same question.
          f.if(v.fuel, () => f.set(v.fuel, sub(v.fuel, x.call('interrupt'))));
          f.br(reenter);
        });
        f.set(v.fuel, add(v.fuel, i32(1)));
        f.brIf(reenter, op('i32', Op.i32_eq, what, i32(Event.Restart)));
        f.set(v.reason, sub(what, i32(Event.FirstExit)));
      }),
    );
    f.setGlobal(fuelLeft, v.fuel);
    x.set('stepsEnd', x.sub(x.get('stepsEnd'), extendUnsigned(v.fuel)));
    f.return(v.reason);
    f.unreachable();
  });
  core.module.nameFunction('core:run', run);
  core.module.exportFunction('run', run);
  return table;
}

function variables(f: FunctionBuilder, core: Core, options: CoreOptions): Variables {
  return {
    context: f.param(0),
    fuel: f.param(1),
    ip: f.local('i32'),
    decoded: f.local('i32'),
    pcBias: f.local('i64'),
    bank: f.local('i32'),
    target: f.local('i64'),
    reason: f.local('i32'),
    slot: f.local('i32'),
    opcode: f.local('i32'),
    interrupt: core.index.interrupt,
    hasFusedMadd: options.hasFusedMadd,
    hasStoreOrder: options.hasStoreOrder,
    isShared: options.isShared,
  };
}

/** First use of a context by this engine empties its TLBs; a pending interrupt is taken unless a device access is to be finished. */
function begin(x: CoreSemantics, v: Variables): void {
  const { f } = x;
  x.set('stepsEnd', x.add(x.get('stepsEnd'), extendUnsigned(v.fuel)));
  x.set32('exit', i32(Event.None));
  f.if(op('i32', Op.i32_ne, x.get32('generation'), i32(x.core.owner)), () => {
    x.set32('tlbHasLocal', i32(1));
    x.set32('tlbUsed', i32(-1));
    x.do('flush', i32(0));
    x.do('fenceCode');
    x.set32('generation', i32(x.core.owner));
  });
  f.if(op('i32', Op.i32_eqz, x.get32('exitReady')), () => f.set(v.fuel, sub(v.fuel, x.call('interrupt'))));
}

interface Writing {
  readonly f: FunctionBuilder;
  readonly x: CoreSemantics;
  readonly v: Variables;
  readonly core: Core;
  readonly options: CoreOptions;
  readonly calls: InstructionCalls;
  readonly table: HandlerTable;
  /** Global that counts steps done in translated code. */
  readonly regionSteps: number;
}
type Places = Pick<Loop, 'exit' | 'reenter' | 'event'>;

function writeCycle(w: Writing, places: Places): void {
  const { f, x, v, core } = w;
  // A bank is valid for one setting of MXR only.
  f.if(x.ne(x.and(x.get('sstatus'), i64(Status.MXR)), i64(0n)), () => x.do('flush', i32(0)));
  f.set(v.bank, x.call('bank'));
  f.set(v.target, x.get('pc'));
  f.loop((jump) => {
    f.unlikely(op('i32', Op.i32_eqz, v.fuel), () => {
      x.set('pc', v.target);
      f.set(v.reason, i32(Exit.Budget));
      f.br(places.exit);
    });
    f.set(v.slot, fetchSlot(x, v.target, x.get32('mode')));
    const page = x.and(v.target, PAGE_START);
    f.unlikely(x.ne(load('i64', Op.i64_load, v.slot, L.TLB_TAG), page), () => {
      x.set('pc', v.target);
      f.call(core.index.fetch, [v.context, v.target], [v.slot]);
      f.if(op('i32', Op.i32_eqz, v.slot), () => {
        f.set(v.fuel, sub(v.fuel, i32(1)));
        f.br(places.event);
      });
    });
    f.set(v.decoded, load('i32', Op.i32_load, v.slot, L.FETCH_DECODED));
    const place = op('i32', Op.i32_shl, wrap(x.and(v.target, PAGE_OFFSET)), i32(L.ENTRY_SHIFT - 1));
    f.set(v.ip, add(v.decoded, place));
    f.set(v.pcBias, x.sub(page, halfwordsOf(v.decoded)));
    if (w.options.regions) countTarget(w);
    f.loop((next) => {
      f.set(v.fuel, sub(v.fuel, i32(1)));
      f.unlikely(op('i32', Op.i32_lt_s, v.fuel, i32(0)), () => {
        f.set(v.fuel, i32(0));
        x.set('pc', pcOf(v));
        f.set(v.reason, i32(Exit.Budget));
        f.br(places.exit);
      });
      f.set(v.opcode, load('i32', Op.i32_load16_u, v.ip));
      writeHandlers(w, { ...places, jump, next });
    });
  });
}

/**
 * One block an opcode; the branch table stands innermost, each handler behind its block's end. Opcodes with a flag go behind that
 * table, to another one: a loop for them would cost each instruction a look at whether V8 wants to interrupt it.
 */
function writeHandlers(w: Writing, places: Omit<Loop, keyof Variables | 'countTarget'>): void {
  const { f, v, table } = w;
  const bodies: (() => void)[] = [
    ...specials(w, places),
    ...table.handlers.map((handler) => () => writeHandler(w, places, handler)),
    ...table.pairs.map((pair) => () => writePair(w, places, pair)),
  ];
  const labels: Label[] = [];
  const nest = (place: number): void => {
    const body = bodies[place];
    if (!body) {
      f.block((flagged) => f.brTable(v.opcode, labels, flagged));
      unusual(w, places);
      return f.brTable(v.opcode, labels, labels[L.Special.Region] as Label);
    }
    f.block((label) => {
      labels.push(label);
      nest(place + 1);
    });
    body();
  };
  nest(0);
}

function writeHandler(
  w: Writing,
  places: Omit<Loop, keyof Variables | 'countTarget'>,
  handler: Handler,
): void {
  const x = writeMeaning(w, places, handler);
  if (x.writesF) w.table.writesF.add(handler.row);
  x.finish();
}

function writeMeaning(
  w: Writing,
  places: Omit<Loop, keyof Variables | 'countTarget'>,
  handler: Handler,
): InterpreterSemantics {
  const { f, v, calls, options } = w;
  const counting = options.regions ? { countTarget: () => countTarget(w) } : {};
  const x = new InterpreterSemantics(f, calls, { ...v, ...places, ...counting }, handler);
  if (handler.row.float) f.if(op('i32', Op.i32_eqz, x.get32('fs')), () => x.illegal());
  handler.row.meaning(x);
  return x;
}

/** The second instruction is done as if it had been dispatched: by its own entry, as a step of its own. */
function writePair(
  w: Writing,
  places: Omit<Loop, keyof Variables | 'countTarget'>,
  { first, second }: Pair,
): void {
  const { f, v } = w;
  writeMeaning(w, places, first).step();
  f.brIf(places.next, op('i32', Op.i32_eqz, v.fuel));
  f.set(v.fuel, sub(v.fuel, i32(1)));
  writeHandler(w, places, second);
}

/** What entries mean that are no instructions; none of them is a step. */
function specials(w: Writing, places: Pick<Loop, 'next' | 'jump' | 'event'>): (() => void)[] {
  const { f, x, v, core } = w;
  const refund = () => f.set(v.fuel, add(v.fuel, i32(1)));
  const undecoded = () => {
    refund();
    f.call(core.index.decode, [v.decoded, v.ip]);
    f.br(places.next);
  };
  const pageEnd = () => {
    refund();
    f.set(v.target, pcOf(v));
    f.br(places.jump);
  };
  const straddle = () => {
    const pc = x.let(pcOf(v));
    x.set('pc', pc);
    f.call(core.index.straddle, [v.context, pc, v.decoded], [v.ip]);
    // Taken off already: a trap is the step, an exit gets it back.
    f.brIf(places.event, op('i32', Op.i32_eqz, v.ip));
    refund();
    f.set(v.pcBias, x.sub(pc, halfwordsOf(v.ip)));
    x.releaseLets();
    f.br(places.next);
  };
  return [undecoded, pageEnd, straddle, () => f.unreachable()];
}

/** Counts arrivals at the entry in `ip` where no region begins. */
function countTarget(w: Writing): void {
  const { f, v } = w;
  const hasNoRegion = op('i32', Op.i32_ge_s, load('i32', Op.i32_load16_s, v.ip, L.Entry.op), i32(0));
  f.if(hasNoRegion, () => countArrival(w));
}

/** Each time an entry becomes hot JavaScript hears of it. */
function countArrival({ f, v, core, options }: Writing): void {
  const hash = op('i32', Op.i32_shr_u, v.ip, i32(L.ENTRY_SHIFT));
  const at = f.let(op('i32', Op.i32_shl, op('i32', Op.i32_and, hash, i32(L.HOT_COUNTERS - 1)), i32(1)));
  const count = f.let(add(load('i32', Op.i32_load16_u, at, core.area.counters), i32(1)));
  f.store(Op.i32_store16, at, core.area.counters, count);
  f.unlikely(op('i32', Op.i32_ge_u, count, i32(options.regions?.hotThreshold ?? 0)), () => {
    f.store(Op.i32_store16, at, core.area.counters, i32(0));
    const pc = f.let(pcOf(v));
    const high = wrap(op('i64', Op.i64_shr_u, pc, i64(32n)));
    f.call(core.index.hot, [v.context, v.ip, v.decoded, wrap(pc), high]);
    f.release(pc);
  });
  f.release(at);
  f.release(count);
}

/** Translated code that jumps here goes on in the region by itself from now on. */
function rememberJump({ f, x, v }: Writing, pc: Node, index: Node): void {
  const inMode = (u: number, s: number): Node =>
    add(op('i32', Op.i32_mul, x.get32('mode'), i32(s - u)), i32(u));
  const at = f.let(add(v.context, inMode(0, L.JUMP_BANK_STEP)));
  const slot = f.let(add(at, jumpPlace(pc, inMode(jumpMask(0), jumpMask(1)))));
  f.store(Op.i64_store, slot, L.JUMP_OFFSET + L.JUMP_PAGES, pc);
  f.store(Op.i32_store, slot, L.JUMP_OFFSET + L.JUMP_PAGES + L.JUMP_INDEX, index);
  f.store(Op.i32_store8, add(at, jumpPagePlace(pc)), L.JUMP_OFFSET, i32(1));
  f.release(at);
  f.release(slot);
}

export const jumpMask = (mode: L.Mode): number => (L.JUMP_ENTRIES[mode] - 1) << L.JUMP_ENTRY_SHIFT;

/** Distance of an address's slot from the first entry of its jump cache. Addresses are even. */
export const jumpPlace = (pc: Node, mask: Node): Node =>
  op('i32', Op.i32_and, op('i32', Op.i32_shl, wrap(pc), i32(L.JUMP_ENTRY_SHIFT - 1)), mask);

/**
 * The entry's opcode has a flag: a breakpoint may be here, or translated code begins here. Takes the flags off, where the
 * instruction is to be interpreted.
 */
function unusual(w: Writing, places: Pick<Loop, 'jump' | 'event' | 'exit'>): void {
  const { f, x, v, core } = w;
  const atBreakpoint = (): void => {
    const pc = f.let(pcOf(v));
    const high = wrap(op('i64', Op.i64_shr_u, pc, i64(32n)));
    f.if(callCore(core, 'breakpoint', v.context, wrap(pc), high), () => {
      f.set(v.fuel, add(v.fuel, i32(1)));
      x.set('pc', pc);
      f.set(v.reason, i32(Exit.Breakpoint));
      f.br(places.exit);
    });
    f.release(pc);
    f.set(v.opcode, op('i32', Op.i32_and, v.opcode, i32(L.BREAK_FLAG - 1)));
  };
  f.if(op('i32', Op.i32_and, v.opcode, i32(L.BREAK_FLAG)), atBreakpoint, () => enterRegion(w, places));
}

/**
 * The entry begins a translated region (its opcode has REGION_FLAG). The region is entered when it was translated
 * for this virtual address; else the instruction is interpreted, and counted for a region of its own.
 */
function enterRegion(w: Writing, places: Pick<Loop, 'jump' | 'event'>): void {
  const { f, x, v, core, options } = w;
  if (!options.regions) return f.unreachable();
  f.set(v.opcode, op('i32', Op.i32_and, v.opcode, i32(L.REGION_FLAG - 1)));
  const pc = f.let(pcOf(v));
  const hash = op('i32', Op.i32_shr_u, v.ip, i32(L.ENTRY_SHIFT));
  const mixed = op('i32', Op.i32_xor, hash, wrap(x.shr(pc, i64(BigInt(PAGE_SHIFT)))));
  const masked = op('i32', Op.i32_and, mixed, i32(L.REGION_SLOTS - 1));
  const at = f.let(op('i32', Op.i32_shl, masked, i32(L.REGION_SLOT_SHIFT)));
  const isHere = op(
    'i32',
    Op.i32_eq,
    load('i32', Op.i32_load, at, core.area.regions + L.RegionSlot.entry),
    v.ip,
  );
  const isAddress = x.eq(
    load('i64', Op.i64_load, at, core.area.regions + L.RegionSlot.address),
    x.or(pc, x.get('mode')),
  );
  const enter = (): void => {
    const entry = f.let(load('i32', Op.i32_load, at, core.area.regions + L.RegionSlot.index));
    rememberJump(w, pc, entry);
    const before = f.let(add(v.fuel, i32(1)));
    f.store(Op.i32_store, i32(0), core.area.dropped, i32(0));
    const region = core.module.type(REGION);
    f.callIndirect(region, [v.context, before, v.bank, i32(0)], entry, [v.target, v.fuel]);
    const inRegion = extendUnsigned(sub(before, v.fuel));
    f.setGlobal(w.regionSteps, x.add(globalGet('i64', w.regionSteps), inRegion));
    f.brIf(places.event, x.get32('exit'));
    // A region that had too little fuel for its first block leaves the instruction to the interpreter.
    f.brIf(places.jump, op('i32', Op.i32_ne, v.fuel, before));
    f.set(v.fuel, sub(v.fuel, i32(1)));
    f.release(before);
    f.release(entry);
  };
  f.if(op('i32', Op.i32_and, isHere, isAddress), enter, () => countArrival(w));
  f.release(pc);
  f.release(at);
}
