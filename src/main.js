// How vmk begins, in JavaScript: before Node's cache of compiled code is on, a module in TypeScript would have Node load what
// takes types off, which takes 35 ms at each start. The program is main.ts.
import { enableCompileCache } from 'node:module';
import { startPcpuThread } from './host/begin-thread.js';

// A machine takes its time to start: its thread loads its code while the program is loaded and the command line looked at.
const [command, ...words] = process.argv.slice(2);
const isRun = command === 'run' || (command === 'start' && words.some((word) => word.startsWith('--exec')));
const early = isRun ? startPcpuThread() : undefined;
enableCompileCache();
const { program } = await import('./main.ts');
await program(early);
