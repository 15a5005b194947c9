/** Task: one of the host's tasks, with its state, progress and end. */

import type { Call } from '../model/call.ts';
import { FAULTS } from '../model/faults.ts';
import { ASKED, guarded, managed } from '../model/managed.ts';
import type { TaskState } from '../model/tasks.ts';

export const Task = managed<'Task', TaskState>('Task', {
  properties: { info: ({ info }) => info },
  methods: {
    /** One's own may always be cancelled. */
    CancelTask: guarded(ASKED, (task: TaskState, _: object, call: Call) => {
      const refusal = task.user === call.user ? undefined : call.refusal('Global.CancelTask', call.self);
      return refusal ?? (task.cancel() ? undefined : FAULTS.invalidState('The task cannot be cancelled.'));
    }),
  },
});
