/** CSRs of supervisor mode behind which code goes on as it is, in most cases: what they say then tells whether it may. */
import { type Csr, Status } from '../isa/csr.ts';
import { i64, type Node } from '../wasm/node.ts';
import type { WasmArithmetic } from './arithmetic.ts';

const IN_PLACE = new Set(['sstatus', 'sie', 'sip', 'sscratch', 'sepc', 'scause', 'stval']);
/** Bits of sstatus that decide which pages may be reached. */
const REACH = Status.SUM | Status.MXR;

/** In S-mode there is nothing to ask before an access to these. */
export const isInPlace = ({ name }: Csr): boolean => IN_PLACE.has(name);

/**
 * Writes a CSR.
 * @returns i32: mode and interrupts have to be looked at behind the instruction, for an interrupt that waits is enabled now, or
 * other pages may be reached.
 */
export function writeInPlace(x: WasmArithmetic, csr: Csr, value: Node): Node {
  const reach = x.let(x.get('sstatus'));
  csr.write?.(x, x.let(value));
  const waiting = x.and(x.get('sip'), x.get('sie'));
  const isEnabled = x.ne(x.and(x.get('sstatus'), i64(Status.SIE)), i64(0n));
  const isInterrupted = x.both(x.ne(waiting, i64(0n)), isEnabled);
  return x.either(isInterrupted, x.ne(x.and(x.xor(x.get('sstatus'), reach), i64(REACH)), i64(0n)));
}
