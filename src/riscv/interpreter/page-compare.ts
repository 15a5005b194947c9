/**
 * Where two pages of machine memory differ. After each fence of code every page with code is compared with what was decoded of it
 * (see DecodedPages.verify), hundreds of thousands of times in a boot, so this is done by WebAssembly.
 */
import { PAGE_BYTES } from '../hart/page-map.ts';
import { memoryPages } from '../wasm/memory-pages.ts';
import { IMPORT_MODULE, ModuleBuilder } from '../wasm/module-builder.ts';
import { i32, i64, load, type Node, op } from '../wasm/node.ts';
import { Op } from '../wasm/opcodes.ts';

/** What is compared at once. */
export const COMPARED_BYTES = 64;
const WORD_BYTES = 8;

/**
 * Offset of the first block of COMPARED_BYTES, from offset `from` on, in which the pages at two machine addresses differ; PAGE_BYTES
 * when there is none. All three are multiples of 8, and `from` of COMPARED_BYTES.
 */
export type PageCompare = (one: number, other: number, from: number) => number;

export function pageCompare(memory: WebAssembly.Memory): PageCompare {
  const module = new ModuleBuilder();
  const { initial, maximum } = memoryPages(memory.buffer);
  module.importMemory('memory', initial, maximum);
  const compare = module.function({ params: ['i32', 'i32', 'i32'], results: ['i32'] }, (f) => {
    const [one, other, from] = [f.param(0), f.param(1), f.param(2)];
    f.loop((again) => {
      f.if(op('i32', Op.i32_ge_u, from, i32(PAGE_BYTES)), () => f.return(i32(PAGE_BYTES)));
      const [a, b] = [one, other].map((page) => f.let(op('i32', Op.i32_add, page, from))) as [Node, Node];
      const differs = Array.from({ length: COMPARED_BYTES / WORD_BYTES }, (_, word) =>
        op(
          'i64',
          Op.i64_xor,
          load('i64', Op.i64_load, a, word * WORD_BYTES),
          load('i64', Op.i64_load, b, word * WORD_BYTES),
        ),
      ).reduce((all, one) => op('i64', Op.i64_or, all, one));
      f.if(op('i32', Op.i64_ne, differs, i64(0n)), () => f.return(from));
      f.set(from, op('i32', Op.i32_add, from, i32(COMPARED_BYTES)));
      f.br(again);
    });
    f.unreachable();
  });
  module.exportFunction('compare', compare);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module.finish()), {
    [IMPORT_MODULE]: { memory },
  });
  return exports.compare as PageCompare;
}
