/** TaskManager: the tasks that run and those that ended a moment ago, and what the methods behind them are called. */
import type { VimContext } from '../context.ts';
import { managed } from '../model/managed.ts';
import type { ElementDescription, TaskDescription } from '../table/vim25.d.ts';
import { MAX_COLLECTORS } from './history-pages.ts';
import { createTaskCollector } from './task-history.ts';

const element = (key: string, label: string): ElementDescription => ({ key, label, summary: label });

/** `powerOn` is "Power on". */
function words(id: string): string {
  const spaced = (id.split('.').at(-1) ?? id).replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

function description({ table }: VimContext): TaskDescription {
  const methods = table.managedNames.flatMap((name) => [...(table.managed(name)?.methods.values() ?? [])]);
  const ids = new Set(methods.filter(({ name }) => name.endsWith('_Task')).map(({ id }) => id));
  return {
    methodInfo: [...ids].map((id) => element(id, words(id))),
    state: [
      ...[element('queued', 'Queued'), element('running', 'Running')],
      ...[element('success', 'Completed'), element('error', 'Error')],
    ],
    reason: [element('user', 'User task'), element('system', 'System task')],
  };
}

export const TaskManager = managed<'TaskManager', VimContext>('TaskManager', {
  properties: {
    recentTask: ({ tasks }) => tasks.recent(),
    description,
    maxCollector: () => MAX_COLLECTORS,
  },
  methods: {
    CreateCollectorForTasks: (vim, { filter }, call) => createTaskCollector(vim, filter, call),
  },
});
