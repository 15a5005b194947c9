/** What a loop that chases pointers met lying apart in machine memory: who runs the hart may move it together. */
import * as L from '../core/layout.ts';
import { Context } from '../hart/context.ts';
import { PAGE_SHIFT } from '../hart/page-map.ts';

const PAGE = 1n << BigInt(PAGE_SHIFT);

export class ScatteredPages {
  readonly #view: DataView;
  /** Machine address of the table that says which pages have code. */
  readonly #codeTable: number;

  constructor(memory: ArrayBufferLike, codeTable: number) {
    this.#view = new DataView(memory);
    this.#codeTable = codeTable;
  }

  /** See Engine.takeScattered. The hart has not run since the chase, so the TLB is as that left it. */
  take(at: number): number[] {
    const context = new Context(this.#view.buffer, at);
    const entries = context.get32('chaseTlb');
    if (entries === 0) return [];
    context.set32('chaseTlb', 0);
    const first = context.get('chasePage');
    const found = this.#machinePage(entries, first);
    if (found === undefined) return [];
    const pages = [found];
    for (const step of [PAGE, -PAGE]) {
      for (let page = first + step; pages.length < L.TLB_ENTRIES; page += step) {
        const next = this.#machinePage(entries, BigInt.asUintN(64, page));
        if (next === undefined) break;
        if (step > 0) pages.push(next);
        else pages.unshift(next);
      }
    }
    return follow(pages, 1) || follow(pages, -1) ? [] : pages;
  }

  /** Behind a virtual page, if the TLB has it and no code of it is known. */
  #machinePage(entries: number, page: bigint): number | undefined {
    const slot = Number((page >> BigInt(PAGE_SHIFT)) & BigInt(L.TLB_ENTRIES - 1));
    const entry = entries + (slot << L.TLB_ENTRY_SHIFT);
    if (this.#view.getBigUint64(entry + L.TLB_TAG, true) !== page) return undefined;
    const machinePage = this.#view.getUint32(entry + L.TLB_HOST, true) >>> PAGE_SHIFT;
    const hasCode = this.#view.getUint32(this.#codeTable + machinePage * 4, true) !== 0;
    return hasCode ? undefined : machinePage;
  }
}

/** Whether they are neighbours in machine memory: chases keep such pages, upwards or downwards. */
const follow = (pages: readonly number[], step: 1 | -1): boolean =>
  pages.every((page, i) => page === (pages[0] as number) + i * step);
