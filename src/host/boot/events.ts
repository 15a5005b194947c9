/** Steps of the boot about events: the log of what happens, and what the host itself has to say. */
import { join } from 'node:path';
import { EventLog, HistoryFile, MAX_EVENTS, VmEvents } from '#management';
import type { HostParts } from './parts.ts';

const HISTORY_MS = 20;
const MAX_TASK_RECORDS = 2000;

/** Files of what outlives the host. */
export function histories(parts: HostParts): NonNullable<HostParts['histories']> {
  const { osdata } = parts.config.paths;
  const report = (message: string) =>
    parts.loggerOf('hostd').error(`a history cannot be written: ${message}`);
  // So close together that one write takes what several tasks have to say.
  const soon = (flush: () => void) => setTimeout(flush, HISTORY_MS);
  parts.histories ??= {
    events: new HistoryFile(join(osdata, 'events.jsonl'), MAX_EVENTS, report, soon),
    tasks: new HistoryFile(join(osdata, 'tasks.jsonl'), MAX_TASK_RECORDS, report, soon),
  };
  return parts.histories;
}

export function openEvents(parts: HostParts): void {
  const { clock, actors, settings } = parts;
  const events = new EventLog(clock, actors, histories(parts).events);
  parts.events = events;
  events.add({ type: 'EventEx', detail: { eventTypeId: 'esx.audit.host.boot' } });
  parts.endEvents = settings.maintenance.onChange((state) => {
    events.add({ type: MAINTENANCE[state] });
  });
}

const MAINTENANCE = {
  entering: 'EnteringMaintenanceModeEvent',
  maintenance: 'EnteredMaintenanceModeEvent',
  normal: 'ExitMaintenanceModeEvent',
} as const;

/** What becomes of VMs, from now on. */
export function followVms(parts: HostParts): void {
  const end = new VmEvents(parts.events, parts.actors).follow(parts.vms);
  const before = parts.endEvents;
  parts.endEvents = () => {
    end();
    before();
  };
}

export function closeEvents(parts: HostParts): void {
  parts.endEvents();
  for (const history of Object.values(histories(parts))) history.close();
}
