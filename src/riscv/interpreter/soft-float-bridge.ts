/** Floating-point operations that the fast paths leave to soft float, with arguments and result in the context. */
import { offsetOf } from '../hart/context.ts';
import type { RoundingMode } from '../isa/float-format.ts';
import { FLOAT_OPS, type FloatOp } from '../isa/float-ops.ts';
import { softFloat } from '../isa/soft-float.ts';

const DYNAMIC = 7;
const LAST_MODE = 4;

/** The `float` import of the core: @returns 1 when the rounding mode does not exist. */
export function softFloatBridge(
  memory: ArrayBufferLike,
): (context: number, opcode: number, rm: number) => number {
  const view = new DataView(memory);
  const [a, b, c] = [offsetOf('floatA'), offsetOf('floatB'), offsetOf('floatC')];
  const [result, fcsr] = [offsetOf('floatResult'), offsetOf('fcsr')];
  return (context, opcode, rm) => {
    const what = FLOAT_OPS[opcode] as FloatOp;
    const control = view.getUint32(context + fcsr, true);
    const mode = rm === DYNAMIC ? control >>> 5 : rm;
    if (what.rounds && mode > LAST_MODE) return 1;
    const operand = (at: number): bigint => view.getBigUint64(context + at, true);
    const done = softFloat(
      what,
      operand(a),
      operand(b),
      operand(c),
      (what.rounds ? mode : 0) as RoundingMode,
    );
    view.setBigUint64(context + result, done.bits, true);
    view.setUint32(context + fcsr, control | done.flags, true);
    return 0;
  };
}
