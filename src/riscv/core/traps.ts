/** Traps, interrupts and SRET of the core, from the rows of isa/privileged.ts. */
import { Cause } from '../hart/causes.ts';
import { Exit, MAX_TRAPS_IN_ROW } from '../hart/exit.ts';
import { PAGE_BYTES } from '../hart/page-map.ts';
import { enterTrap, pendingInterrupt, returnFromTrap } from '../isa/privileged.ts';
import { extendUnsigned, i32, i64, load, type Node, op } from '../wasm/node.ts';
import { Op } from '../wasm/opcodes.ts';
import { Access, type Core, Event } from './core-functions.ts';
import { CoreSemantics } from './core-semantics.ts';

export function defineTraps(core: Core): void {
  core.define('raise', (f) => {
    const x = new CoreSemantics(f, core);
    const [cause, value] = [f.param(1), f.param(2)];
    const pc = x.let(x.get('pc'));
    f.if(x.get32('mode'), () => countTraps(x, pc, cause, value));
    x.set('pc', enterTrap(x, pc, cause, value));
    x.set32('exit', i32(Event.Trap));
  });
  core.define('illegal', (f) => raiseIllegal(new CoreSemantics(f, core)));
  core.define('pageMiss', (f) => {
    const x = new CoreSemantics(f, core);
    x.set('exitAddress', f.param(1));
    x.set32('exitWrite', f.param(2));
    x.set32('exit', i32(Exit.PageMiss + Event.FirstExit));
  });
  core.define('interrupt', (f) => {
    const x = new CoreSemantics(f, core);
    x.returnIf(x.eq(x.and(x.get('sip'), x.get('sie')), i64(0n)), i32(0));
    const cause = x.let(pendingInterrupt(x));
    x.returnIf(x.eq(cause, i64(0n)), i32(0));
    x.set('pc', enterTrap(x, x.get('pc'), cause, i64(0n)));
    f.return(i32(1));
    f.unreachable();
  });
  core.define('sret', (f) => {
    const x = new CoreSemantics(f, core);
    x.set('pc', returnFromTrap(x));
  });
}

/** Gives the hart up when S-mode traps again and again at the same place. */
function countTraps(x: CoreSemantics, pc: Node, cause: Node, value: Node): void {
  const same = x.eq(x.get('lastTrapPc'), pc);
  const count = x.let(x.select(same, x.add(x.get('trapsInRow'), i64(1n)), i64(1n)));
  x.set('trapsInRow', count);
  x.set('lastTrapPc', pc);
  x.f.if(x.ltu(i64(BigInt(MAX_TRAPS_IN_ROW)), count), () => {
    x.set('faultCause', cause);
    x.set('faultAddress', value);
    x.set32('exit', i32(Exit.Fault + Event.FirstExit));
    x.f.return();
  });
}

/** stval is the instruction's word: read again from where it was fetched, so its pages are mapped. */
function raiseIllegal(x: CoreSemantics): void {
  const pc = x.let(x.get('pc'));
  const halfword = (address: Node): Node => {
    const physical = x.let(x.call('translate', address, i32(Access.Execute)));
    const machine = x.f.let(x.call('ram', physical, i32(0)));
    x.f.if(op('i32', Op.i32_lt_u, machine, i32(PAGE_BYTES)), () => x.f.return());
    return x.let(load('i64', Op.i64_load16_u, machine));
  };
  const word = x.f.let(halfword(pc));
  x.f.if(x.eq(x.and(word, i64(3n)), i64(3n)), () => {
    const high = halfword(x.add(pc, i64(2n)));
    x.f.set(word, x.or(word, x.shl(high, i64(16n))));
  });
  x.do('raise', i64(BigInt(Cause.Illegal)), extendUnsigned(op('i32', Op.i32_wrap_i64, word)));
}
