/** TaskHistoryCollector: the tasks that a filter selects, page by page, from the oldest to the newest. */
import type { VimContext } from '../context.ts';
import type { Call } from '../model/call.ts';
import { FAULTS } from '../model/faults.ts';
import { guarded, managed } from '../model/managed.ts';
import type { MoRef, VimFault } from '../model/value.ts';
import type { TaskFilterSpec, TaskInfo } from '../table/vim25.d.ts';

const VIEW = 'System.View';
const DEFAULT_PAGE = 10;
const MAX_PAGE = 1000;
/** Collectors of one session, as TaskManager.maxCollector says. */
export const MAX_COLLECTORS = 32;

export class TaskHistory {
  readonly filter: TaskFilterSpec;
  pageSize = DEFAULT_PAGE;
  readonly #vim: VimContext;
  /** The task that was read last, by its place among all that ever were. */
  #after = 0;

  constructor(vim: VimContext, filter: TaskFilterSpec) {
    this.#vim = vim;
    this.filter = filter;
    this.reset();
  }

  /** Newest first. */
  get latestPage(): TaskInfo[] {
    return this.#selected.slice(-this.pageSize).toReversed();
  }

  rewind(): void {
    this.#after = 0;
  }

  /** To just before the latest page. */
  reset(): void {
    this.#after = this.#selected.at(-this.pageSize - 1)?.eventChainId ?? 0;
  }

  next(count: number): TaskInfo[] {
    const found = this.#selected.filter(({ eventChainId }) => eventChainId > this.#after).slice(0, count);
    this.#after = found.at(-1)?.eventChainId ?? this.#after;
    return found;
  }

  previous(count: number): TaskInfo[] {
    const found = this.#selected.filter(({ eventChainId }) => eventChainId <= this.#after).slice(-count);
    this.#after = (found[0]?.eventChainId ?? 1) - 1;
    return found;
  }

  get #selected(): TaskInfo[] {
    const { entity, time, userName, state, eventChainId } = this.filter;
    return this.#vim.tasks.all
      .filter(({ user }) => userName?.userList === undefined || userName.userList.includes(user))
      .map(({ info }) => info)
      .filter((info) => entity === undefined || this.#isAt(info, entity.entity, entity.recursion))
      .filter((info) => time === undefined || isWithin(info, time))
      .filter((info) => state === undefined || state.includes(info.state))
      .filter((info) => eventChainId === undefined || eventChainId.includes(info.eventChainId));
  }

  #isAt({ entity }: TaskInfo, { value }: MoRef, recursion: string): boolean {
    const { tree } = this.#vim.host.accounts;
    const own = entity?.value ?? 'ha-host';
    if (recursion === 'self') return own === value;
    for (let at: string | undefined = own; at !== undefined; at = tree.parentOf(at))
      if (at === value) return recursion === 'all' || at !== own;
    return false;
  }
}

function isWithin(
  info: TaskInfo,
  { timeType, beginTime, endTime }: NonNullable<TaskFilterSpec['time']>,
): boolean {
  const times = { queuedTime: info.queueTime, startedTime: info.startTime, completedTime: info.completeTime };
  const at = times[timeType];
  if (at === undefined) return false;
  return (beginTime === undefined || at >= beginTime) && (endTime === undefined || at <= endTime);
}

const isPage = (count: number) => count >= 1 && count <= MAX_PAGE;

const reading =
  (way: 'next' | 'previous') =>
  (self: TaskHistory, { maxCount }: { maxCount: number }): readonly TaskInfo[] | VimFault =>
    isPage(maxCount) ? self[way](maxCount) : FAULTS.invalidArgument('maxCount');

export const TaskHistoryCollector = managed<'TaskHistoryCollector', TaskHistory>('TaskHistoryCollector', {
  properties: { filter: ({ filter }) => filter, latestPage: ({ latestPage }) => latestPage },
  methods: {
    ReadNextTasks: guarded(VIEW, reading('next')),
    ReadPreviousTasks: guarded(VIEW, reading('previous')),
    RewindCollector: guarded(VIEW, (self: TaskHistory) => self.rewind()),
    ResetCollector: guarded(VIEW, (self: TaskHistory) => self.reset()),
    DestroyCollector: guarded(VIEW, (_: TaskHistory, __: object, call: Call) =>
      call.objects.remove(call.self.value),
    ),
    SetCollectorPageSize: guarded(VIEW, (self: TaskHistory, { maxCount }: { maxCount: number }) => {
      if (!isPage(maxCount)) return FAULTS.invalidArgument('maxCount');
      self.pageSize = maxCount;
      self.reset();
      return undefined;
    }),
  },
});

/** TaskManager.CreateCollectorForTasks: of the session, which takes it along. */
export function createTaskCollector(
  vim: VimContext,
  filter: TaskFilterSpec,
  { session }: Call,
): MoRef | VimFault {
  const key = session?.key ?? '';
  const own = vim.objects.ofType('TaskHistoryCollector').filter(({ owner }) => owner === key);
  if (own.length >= MAX_COLLECTORS)
    return FAULTS.invalidState(`There are ${MAX_COLLECTORS} collectors already`);
  const id = vim.newId(`session[${key}]`);
  vim.onSessionEnd(key, () => vim.objects.remove(id));
  return vim.objects.add(TaskHistoryCollector.object(id, new TaskHistory(vim, filter), key)).ref;
}
