/**
 * V8's flags. They are the process's, and what V8 has compiled is good only under those of its time: so they are set before
 * anything is loaded, and again when code is kept.
 */
import { setFlagsFromString } from 'node:v8';

// biome-ignore format: a flag with what it is for
const FIRST = [
  // Functions of WebAssembly are compiled with their module, not on the thread of a vCPU at their first call.
  '--no-wasm-lazy-compilation',
  // They are optimized after so many bytes of them were executed: V8's own, which the compile worker changes for regions.
  '--wasm-tiering-budget=13000000',
] as const;

/** What is compiled from now on is good for the next start. */
export function setFirstFlags(): void {
  for (const flag of FIRST) setFlagsFromString(flag);
}
