/**
 * Trap entry, interrupt choice and SRET, written once for every back end.
 *
 * Every trap goes to S-mode: there is no M-mode in these machines, the kernel stands in its place (SBI).
 * Source: Privileged ISA 20241017 §10.1 (sstatus, stvec, sepc, scause, stval), §9.1.3 (interrupt order).
 */
import { INTERRUPT_PRIORITY } from '../hart/causes.ts';
import { Status } from './csr.ts';
import type { Arithmetic, State } from './semantics.ts';

type Machine<V, B> = Arithmetic<V, B> & State<V>;

/**
 * Enters the trap handler: saves pc, cause and value, masks interrupts, goes to S-mode.
 * @param cause scause, with bit 63 set for an interrupt; vectored handlers apply to interrupts only.
 * @returns the handler's address.
 */
export function enterTrap<V, B>(x: Machine<V, B>, pc: V, cause: V, value: V): V {
  const status = x.let(x.get('sstatus'));
  const spie = x.shl(x.and(status, x.const(Status.SIE)), x.const(4n));
  const spp = x.shl(x.get('mode'), x.const(8n));
  const kept = x.and(status, x.const(Status.SUM | Status.MXR));
  x.set('sepc', pc);
  x.set('scause', cause);
  x.set('stval', value);
  x.set('sstatus', x.or(kept, x.or(spie, spp)));
  x.set('mode', x.const(1n));
  x.set('traps', x.add(x.get('traps'), x.const(1n)));
  x.effect('translation');
  const base = x.let(x.and(x.get('stvec'), x.const(~3n)));
  const vectored = x.and(x.get('stvec'), x.shr(cause, x.const(63n)));
  const offset = x.shl(x.and(cause, x.const(0x3fn)), x.const(2n));
  return x.add(base, x.select(x.ne(vectored, x.const(0n)), offset, x.const(0n)));
}

/** The scause of the interrupt to take now, or 0 when none is pending and enabled. */
export function pendingInterrupt<V, B>(x: Machine<V, B>): V {
  const open = x.let(x.and(x.get('sip'), x.get('sie')));
  const inUser = x.eq(x.get('mode'), x.const(0n));
  const enabled = x.either(inUser, x.ne(x.and(x.get('sstatus'), x.const(Status.SIE)), x.const(0n)));
  let cause = x.const(0n);
  for (const number of INTERRUPT_PRIORITY.toReversed()) {
    const isPending = x.ne(x.and(open, x.const(1n << BigInt(number))), x.const(0n));
    cause = x.select(isPending, x.const((1n << 63n) | BigInt(number)), cause);
  }
  return x.select(enabled, cause, x.const(0n));
}

/** Returns from a trap. @returns where the hart goes on. */
export function returnFromTrap<V, B>(x: Machine<V, B>): V {
  const status = x.let(x.get('sstatus'));
  const previous = x.and(x.shr(status, x.const(8n)), x.const(1n));
  const sie = x.and(x.shr(status, x.const(4n)), x.const(Status.SIE));
  const kept = x.and(status, x.const(Status.SUM | Status.MXR));
  x.set('mode', previous);
  x.set('sstatus', x.or(x.or(kept, x.const(Status.SPIE)), sie));
  x.set('trapsInRow', x.const(0n));
  x.effect('translation');
  x.effect('interrupts');
  return x.get('sepc');
}
