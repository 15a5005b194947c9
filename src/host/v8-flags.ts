/**
 * V8's flags. They are the process's, and what V8 has compiled is good only under those of its time. Node's own modules come with
 * code for V8's own flags: so all is loaded under these, and others are set when the first region is compiled.
 */
import { setFlagsFromString } from 'node:v8';

/** What of V8's own flags differs where regions are compiled. */
const OWN = { isLazy: true, tieringBudgetBytes: 13_000_000 } as const;

/** What is compiled from now on is good for the next start. */
export function setOwnFlags(): void {
  set(OWN);
}

/**
 * Functions of WebAssembly are compiled with their module, not on the thread of a vCPU at their first call.
 * @param tieringBudgetBytes - they are optimized after so many bytes of them were executed
 */
export function setRegionFlags(tieringBudgetBytes: number): void {
  set({ isLazy: false, tieringBudgetBytes });
}

function set({ isLazy, tieringBudgetBytes }: { isLazy: boolean; tieringBudgetBytes: number }): void {
  setFlagsFromString(isLazy ? '--wasm-lazy-compilation' : '--no-wasm-lazy-compilation');
  setFlagsFromString(`--wasm-tiering-budget=${tieringBudgetBytes}`);
}
