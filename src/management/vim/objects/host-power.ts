/** Methods of HostSystem that take the host up, down and aside. */
import type { VimContext } from '../context.ts';
import type { Call } from '../model/call.ts';
import { FAULTS } from '../model/faults.ts';
import { fault } from '../model/value.ts';
import { ID } from './ids.ts';

/** A timeout of 0 or less is none. */
export function enterMaintenance(vim: VimContext, { timeout }: { timeout: number }, call: Call) {
  const { maintenance } = vim.host.settings;
  if (maintenance.state !== 'normal')
    return FAULTS.invalidState('The host is in maintenance mode, or on the way.');
  return call.task(
    async ({ signal }) => {
      const cancel = () => maintenance.exit();
      signal.addEventListener('abort', cancel);
      try {
        await maintenance.enter(Math.max(0, timeout));
      } catch (error) {
        if (signal.aborted) return FAULTS.requestCanceled();
        if (timeout > 0) return fault('Timedout', {}, (error as Error).message);
        throw error;
      } finally {
        signal.removeEventListener('abort', cancel);
        vim.objects.changed(ID.host);
      }
      return undefined;
    },
    { isCancelable: true },
  );
}

export function exitMaintenance(vim: VimContext, _: object, call: Call) {
  const { maintenance } = vim.host.settings;
  if (maintenance.state === 'normal') return FAULTS.invalidState('The host is not in maintenance mode.');
  return call.task(() => {
    maintenance.exit();
    vim.objects.changed(ID.host);
  });
}

/** Without force only out of maintenance mode, as ESXi has it. */
const ending =
  (how: 'stop' | 'reboot') =>
  (vim: VimContext, { force }: { force: boolean }, call: Call) => {
    if (!force && vim.host.settings.maintenance.state !== 'maintenance')
      return FAULTS.invalidState('The host is not in maintenance mode.');
    return call.task(() => {
      // The answer is on its way first.
      vim.host.after(ANSWER_MS, () => void vim.host.shutDown(how));
    });
  };

/** Time for the answer, and for the task's end to be seen. */
const ANSWER_MS = 500;

export const rebootHost = ending('reboot');
export const shutdownHost = ending('stop');
