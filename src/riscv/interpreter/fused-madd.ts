/** Whether this machine's relaxed_madd rounds once: only then is it the fused operation that RISC-V asks for. */
import { ModuleBuilder } from '../wasm/module-builder.ts';
import { op } from '../wasm/node.ts';
import { Op } from '../wasm/opcodes.ts';

/** (1 + 2^-27)² - 1 - 2^-26 is 2^-54 with one rounding and 0 with two; likewise for single precision. */
export function hasFusedMadd(): boolean {
  const module = new ModuleBuilder();
  const madd = (type: 'f64' | 'f32', splat: number, code: number, lane: number) =>
    module.function({ params: [type, type, type], results: [type] }, (f) => {
      const lanes = [0, 1, 2].map((place) => op('v128', splat, f.param(place)));
      f.return(op(type, lane, op('v128', code, ...lanes)));
      f.unreachable();
    });
  module.exportFunction('d', madd('f64', Op.f64x2_splat, Op.f64x2_relaxed_madd, Op.f64x2_extract_lane));
  module.exportFunction('s', madd('f32', Op.f32x4_splat, Op.f32x4_relaxed_madd, Op.f32x4_extract_lane));
  const bytes = module.finish();
  if (!WebAssembly.validate(bytes)) return false;
  const { d, s } = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as Record<
    string,
    (a: number, b: number, c: number) => number
  >;
  const near = 1 + 2 ** -27;
  const nearSingle = 1 + 2 ** -12;
  return (
    d?.(near, near, -1 - 2 ** -26) === 2 ** -54 && s?.(nearSingle, nearSingle, -1 - 2 ** -11) === 2 ** -24
  );
}
