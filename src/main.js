// How vmk begins, in JavaScript: before Node's cache of compiled code is on, a module in TypeScript would have Node load what
// takes types off, which takes 35 ms at each start. The program is main.ts.
import { enableCompileCache } from 'node:module';

enableCompileCache();
await import('./main.ts');
