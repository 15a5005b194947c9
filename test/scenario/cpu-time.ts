// CPU time of a process, or of one of its threads. Source: proc_pid_stat(5), utime and stime.
import { readdirSync, readFileSync } from 'node:fs';

/** The clock by which Linux counts it. */
const TICK_MS = 10;

/** Of a whole process. */
export const processCpuMs = (pid: number): number => usedMs(`/proc/${pid}/stat`);

/** Of its thread of that name. */
export function threadCpuMs(pid: number, name: string): number {
  const tasks = `/proc/${pid}/task`;
  const found = readdirSync(tasks).find(
    (thread) => readFileSync(`${tasks}/${thread}/comm`, 'latin1') === `${name}\n`,
  );
  if (found === undefined) throw new Error(`process ${pid} has no thread "${name}"`);
  return usedMs(`${tasks}/${found}/stat`);
}

function usedMs(path: string): number {
  const stat = readFileSync(path, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}
