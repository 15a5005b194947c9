// How vmk begins, in JavaScript: before Node's cache of compiled code is on, a module in TypeScript would have Node load what
// takes types off, which takes 35 ms at each start. The program is main.ts.
import { enableCompileCache } from 'node:module';
import { setFlagsFromString } from 'node:v8';

// Of the flags in host/v8-flags.ts, what differs from V8's own: the cache is another one under other flags.
setFlagsFromString('--no-wasm-lazy-compilation');
enableCompileCache();
await import('./main.ts');
