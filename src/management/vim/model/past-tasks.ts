/** Tasks of a host's earlier lives, as its history has them: a line when one begins, a line when it ends. */
import type { History } from '../../events/history-file.ts';
import type { TaskInfo } from '../table/vim25.d.ts';
import { FAULTS } from './faults.ts';
import { isMoRef } from './value.ts';

export interface PastTask {
  readonly user: string;
  readonly info: TaskInfo;
}

const TIMES = ['queueTime', 'startTime', 'completeTime'] as const;
const INTERRUPTED = 'The host was started anew while the task was running.';

/** Oldest first. One whose end is not told ended with the host. */
export function pastTasks(history: History): PastTask[] {
  const tasks = new Map<string, PastTask>();
  for (const record of history.read()) {
    const task = readTask(record);
    if (task !== undefined) tasks.set(task.info.key, task);
  }
  return [...tasks.values()]
    .map((task) => (task.info.completeTime === undefined ? interrupted(task) : task))
    .sort((a, b) => a.info.eventChainId - b.info.eventChainId);
}

/** Of a result, what can be kept: a reference or a simple value. */
export function keptResult(result: unknown): unknown {
  return isMoRef(result) || ['string', 'number', 'boolean'].includes(typeof result) ? result : undefined;
}

function interrupted({ user, info }: PastTask): PastTask {
  const { localized } = FAULTS.systemError(INTERRUPTED);
  return { user, info: { ...info, state: 'error', error: localized, completeTime: info.queueTime } };
}

function readTask(record: unknown): PastTask | undefined {
  const { user, info } = (record ?? {}) as { user?: unknown; info?: Record<string, unknown> };
  if (typeof user !== 'string' || typeof info !== 'object' || info === null) return undefined;
  if (typeof info['key'] !== 'string' || !Number.isSafeInteger(info['eventChainId'])) return undefined;
  const times = TIMES.flatMap((name) => {
    const time = new Date(String(info[name]));
    return Number.isNaN(time.getTime()) ? [] : [[name, time] as const];
  });
  const kept = { ...info, queueTime: new Date(0), startTime: undefined, completeTime: undefined };
  return { user, info: { ...kept, ...Object.fromEntries(times) } as unknown as TaskInfo };
}
