/** The logs of the host for who reads them: names, where they are, and their last lines. */
import type { HostFiles } from '#kernel';
import { usageError } from '#lib';
import type { LogReader } from '#management';
import type { HostLogs } from '#system';

/** A log that was just put away begins anew: its last lines are looked for here only. */
export function logReader(logs: () => Pick<HostLogs, 'loggers'>, files: HostFiles): LogReader {
  const list = () =>
    logs()
      .loggers()
      .map(({ row: { id, description }, path }) => ({ name: id, path, description }));
  return {
    list,
    tail(wanted, count) {
      const found = list().find(({ name }) => name === wanted);
      if (found === undefined) {
        const names = list().map(({ name }) => name);
        throw usageError(`there is no log "${wanted}", but ${names.join(', ')}`);
      }
      const lines = (files.readTextIfThere(found.path) ?? '').split('\n').slice(0, -1);
      return lines.slice(-count);
    },
  };
}
