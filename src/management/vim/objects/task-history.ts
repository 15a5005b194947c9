/** TaskHistoryCollector: the tasks that a filter selects, page by page, from the oldest to the newest. */
import type { VimContext } from '../context.ts';
import type { Call } from '../model/call.ts';
import { guarded, managed } from '../model/managed.ts';
import { type MoRef, VimFault } from '../model/value.ts';
import type { TaskFilterSpec, TaskInfo } from '../table/vim25.d.ts';
import { claimCollector, collectorMethods, HistoryPages, isAt, reading } from './history-pages.ts';

const VIEW = 'System.View';

export class TaskHistory extends HistoryPages<TaskInfo> {
  readonly filter: TaskFilterSpec;

  constructor(vim: VimContext, filter: TaskFilterSpec) {
    super(
      () => selected(vim, filter),
      ({ eventChainId }) => eventChainId,
    );
    this.filter = filter;
  }
}

function selected(vim: VimContext, filter: TaskFilterSpec): TaskInfo[] {
  const { entity, time, userName, state, eventChainId } = filter;
  return vim.tasks.history
    .filter(({ user }) => userName?.userList === undefined || userName.userList.includes(user))
    .map(({ info }) => info)
    .filter((info) => entity === undefined || isAt(vim, placeOf(info), entity.entity, entity.recursion))
    .filter((info) => time === undefined || isWithin(info, time))
    .filter((info) => state === undefined || state.includes(info.state))
    .filter((info) => eventChainId === undefined || eventChainId.includes(info.eventChainId));
}

const placeOf = ({ entity }: TaskInfo) => entity?.value ?? 'ha-host';

function isWithin(
  info: TaskInfo,
  { timeType, beginTime, endTime }: NonNullable<TaskFilterSpec['time']>,
): boolean {
  const times = { queuedTime: info.queueTime, startedTime: info.startTime, completedTime: info.completeTime };
  const at = times[timeType];
  if (at === undefined) return false;
  return (beginTime === undefined || at >= beginTime) && (endTime === undefined || at <= endTime);
}

export const TaskHistoryCollector = managed<'TaskHistoryCollector', TaskHistory>('TaskHistoryCollector', {
  properties: { filter: ({ filter }) => filter, latestPage: ({ latestPage }) => latestPage },
  methods: {
    ...collectorMethods<TaskInfo>(),
    ReadNextTasks: guarded(VIEW, reading('next')),
    ReadPreviousTasks: guarded(VIEW, reading('previous')),
  },
});

/** TaskManager.CreateCollectorForTasks: of the session, which takes it along. */
export function createTaskCollector(vim: VimContext, filter: TaskFilterSpec, call: Call): MoRef | VimFault {
  const id = claimCollector(vim, 'TaskHistoryCollector', call);
  if (id instanceof VimFault) return id;
  return vim.objects.add(
    TaskHistoryCollector.object(id, new TaskHistory(vim, filter), call.session?.key ?? ''),
  ).ref;
}
