/**
 * Threads that work for the guest's get less of the processor than it while all want some. A boot keeps six threads busy: where cores
 * are few, the pCPU's would wait for a quarter of the time for what makes it faster only later (docs/decisions/0081-threads-give-way.md).
 */
import { readdirSync, readFileSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';
import { join } from 'node:path';

/** How much nicer they are than the process, by the threads' names: V8's own, and the compile worker. */
const NICER: Readonly<Record<string, number>> = { 'node-V8Worker': 10, 'vmk-compiler': 4 };

/** Least favour. Source: setpriority(2). */
const NICEST = 19;

/** Threads of this process that have those names give way from now on. Nothing changes where the system has no such lists. */
export function giveWay(): void {
  try {
    const own = getPriority(process.pid);
    for (const [thread, name] of threads()) {
      const nicer = NICER[name];
      if (nicer !== undefined) setPriority(thread, Math.min(own + nicer, NICEST));
    }
  } catch {
    // Another system, or one that hides such things: all get the same.
  }
}

/** Each thread with its name. On Linux priorities are threads'. Source: proc_pid_task(5), setpriority(2). */
export function threads(): [id: number, name: string][] {
  const folder = '/proc/self/task';
  return readdirSync(folder).map((id) => [
    Number(id),
    readFileSync(join(folder, id, 'comm'), 'latin1').trimEnd(),
  ]);
}
