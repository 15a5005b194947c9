// How a thread begins, in JavaScript: before Node's cache of compiled code is on, a module in TypeScript would have Node load what
// takes types off, which takes each thread 40 ms.
import { enableCompileCache } from 'node:module';

enableCompileCache();
await import('./packed-worker.ts');
