/** The worker thread of the memory manager: loads its code, then looks after the memory of all VMs. */
import { enableCompileCache } from 'node:module';

enableCompileCache();
await import('./memory-thread.ts');
