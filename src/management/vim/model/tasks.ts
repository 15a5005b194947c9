/** Tasks: work that goes on after its method has answered; its state, progress and end are properties of a Task. */
import { type Clock, HostError, type Logger } from '#lib';
import type { Actors } from '../../events/actor.ts';
import type { History } from '../../events/history-file.ts';
import type { TaskInfo } from '../table/vim25.d.ts';
import { FAULTS, hostErrorFault } from './faults.ts';
import type { KindOf } from './managed.ts';
import type { Objects } from './objects.ts';
import { keptResult, type PastTask, pastTasks } from './past-tasks.ts';
import { type MoRef, moRef, VimFault } from './value.ts';

/** What the work of a task may do to its task. */
export interface TaskControl {
  /** Per cent, 0 … 100. */
  progress(percent: number): void;
  /** Ends when somebody cancels the task. */
  readonly signal: AbortSignal;
}

/** The result, or what it ended with. */
export type TaskWork = (task: TaskControl) => unknown;

export interface TaskStart {
  /** `PowerOnVM_Task`. */
  readonly method: string;
  /** `VirtualMachine.powerOn`. */
  readonly descriptionId: string;
  readonly user: string;
  readonly entity?: MoRef | undefined;
  readonly entityName?: string | undefined;
  readonly isCancelable?: boolean;
}

export interface TasksHost {
  readonly objects: Objects;
  readonly clock: Pick<Clock, 'wallNanoseconds'>;
  readonly logger: Logger;
  /** The rows of Task. */
  readonly kind: KindOf<TaskState>;
  /** Keeps the tasks that ended, and those that began. */
  readonly history: History;
  /** The work of a task is done in its user's name. */
  readonly actors: Actors;
}

/** Ended tasks that are still there to be read; older ones are in history only. */
const MAX_ENDED = 200;
/** Those that history has. */
export const MAX_HISTORY = 1000;
const RECENT_MS = 600_000;

/** Task and its work. */
export class TaskState implements TaskControl {
  info: TaskInfo;
  readonly user: string;
  /** Told after each change of `info`. It stays as long as the task can be read: nothing of the request may hang on it. */
  readonly #objects: Objects;
  #abort: AbortController | undefined;
  #end: PromiseWithResolvers<void> | undefined;

  constructor(info: TaskInfo, user: string, objects: Objects) {
    this.info = info;
    this.user = user;
    this.#objects = objects;
  }

  change(change: Partial<TaskInfo>): void {
    this.info = { ...this.info, ...change };
    this.#objects.changed(this.info.key);
    if (this.isEnded) this.#end?.resolve();
  }

  progress(percent: number): void {
    if (!this.isEnded) this.change({ progress: Math.max(0, Math.min(100, Math.trunc(percent))) });
  }

  get signal(): AbortSignal {
    this.#abort ??= new AbortController();
    if (this.info.cancelled) this.#abort.abort();
    return this.#abort.signal;
  }

  /** Asks the work to stop; false when it cannot be stopped. */
  cancel(): boolean {
    if (this.isEnded || !this.info.cancelable) return false;
    this.change({ cancelled: true });
    this.#abort?.abort();
    return true;
  }

  get ended(): Promise<void> {
    if (this.isEnded) return Promise.resolve();
    this.#end ??= Promise.withResolvers();
    return this.#end.promise;
  }

  get isEnded(): boolean {
    return this.info.state === 'success' || this.info.state === 'error';
  }
}

/** The tasks of a host. */
export class Tasks {
  readonly #host: TasksHost;
  readonly #all = new Map<string, TaskState>();
  readonly #listeners = new Set<(task: TaskState) => void>();
  #next = 1;
  /** Of those that are objects. */
  #endedCount = 0;
  /** Those that are no objects any more, oldest first. */
  readonly #past: PastTask[];

  constructor(host: TasksHost) {
    this.#host = host;
    this.#past = pastTasks(host.history);
    this.#next = (this.#past.at(-1)?.info.eventChainId ?? 0) + 1;
  }

  /** All that are and were, oldest first. */
  get history(): readonly PastTask[] {
    return [...this.#past, ...this.all];
  }

  /** All that can still be read, oldest first. */
  get all(): readonly TaskState[] {
    return [...this.#all.values()];
  }

  /** Resolves when a task has ended; undefined for what has ended, or is none. */
  ended(key: string): Promise<unknown> | undefined {
    const task = this.#all.get(key);
    return task === undefined || task.isEnded ? undefined : task.ended;
  }

  /** Those that run, and those that ended in the last ten minutes. */
  recent(entity?: string): MoRef[] {
    const since = this.#nowMs - RECENT_MS;
    return this.all
      .filter(({ info }) => entity === undefined || info.entity?.value === entity)
      .filter(({ info, isEnded }) => !isEnded || (info.completeTime?.getTime() ?? 0) >= since)
      .map(({ info }) => info.task);
  }

  /** Hears of each task that begins or ends. Returns what ends it. */
  watch(listener: (task: TaskState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Begins one; the work starts when the answer with its reference is on its way: who asked does not wait for it. */
  start(start: TaskStart, work: TaskWork): MoRef {
    const { objects, kind } = this.#host;
    const place = start.entity?.value ?? 'ha-host';
    const number = this.#next++;
    const key = `haTask-${place}-vim.${start.descriptionId}-${number}`;
    const ref = moRef('Task', key);
    const now = new Date(this.#nowMs);
    const info: TaskInfo = {
      ...{ key, task: ref, name: start.method, descriptionId: start.descriptionId },
      ...{ entity: start.entity, entityName: start.entityName, state: 'running', cancelled: false },
      cancelable: start.isCancelable ?? false,
      reason: { _type: 'TaskReasonUser', userName: start.user } as TaskInfo['reason'],
      ...{ queueTime: now, startTime: now, eventChainId: number },
    };
    const state = new TaskState(info, start.user, objects);
    this.#all.set(key, state);
    objects.add(kind.object(key, state));
    this.#told(state);
    const actor = { user: start.user, chainId: number };
    this.#host.actors.run(actor, () => setImmediate(() => void this.#run(state, work)));
    // Written down when the work has begun: it waits for less.
    this.#host.history.append({ user: start.user, info }, key);
    return ref;
  }

  async #run(state: TaskState, work: TaskWork): Promise<void> {
    let result: unknown;
    try {
      result = await work(state);
    } catch (error) {
      if (!(error instanceof HostError)) {
        const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
        this.#host.logger.error(`task ${state.info.key}: ${told}`);
      }
      result =
        error instanceof HostError
          ? hostErrorFault(error)
          : FAULTS.systemError('The task has failed; the log says how');
    }
    const completeTime = new Date(this.#nowMs);
    if (result instanceof VimFault) state.change({ state: 'error', error: result.localized, completeTime });
    else state.change({ state: 'success', result, progress: undefined, completeTime });
    const info = { ...state.info, result: keptResult(result) };
    this.#host.history.append({ user: state.user, info }, info.key);
    this.#told(state);
    this.#forgetOld();
  }

  #told(state: TaskState): void {
    const { objects } = this.#host;
    objects.changed('ha-taskmgr', ...(state.info.entity === undefined ? [] : [state.info.entity.value]));
    for (const listener of this.#listeners) listener(state);
  }

  /** One more has ended: the oldest goes. */
  #forgetOld(): void {
    this.#endedCount++;
    for (const { info, user, isEnded } of this.#all.values()) {
      if (this.#endedCount <= MAX_ENDED) return;
      if (!isEnded) continue;
      this.#endedCount--;
      this.#past.push({ info, user });
      if (this.#past.length > MAX_HISTORY) this.#past.shift();
      this.#all.delete(info.key);
      this.#host.objects.remove(info.key);
    }
  }

  get #nowMs(): number {
    return Number(this.#host.clock.wallNanoseconds() / 1_000_000n);
  }
}
