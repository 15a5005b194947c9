/** EventManager and EventHistoryCollector: what happened to the host, its VMs and its users. */
import { EVENT_TYPES, type EventType, EXTENDED_EVENT_TYPES, eventType } from '../../events/event-types.ts';
import type { VimContext } from '../context.ts';
import type { Call } from '../model/call.ts';
import { FAULTS } from '../model/faults.ts';
import { ASKED, guarded, managed } from '../model/managed.ts';
import { type MoRef, VimFault } from '../model/value.ts';
import type {
  ElementDescription,
  Event,
  EventArgDesc,
  EventDescriptionEventDetail,
  EventFilterSpec,
} from '../table/vim25.d.ts';
import { selectEvents, vimEvent } from './events.ts';
import { claimCollector, collectorMethods, HistoryPages, MAX_COLLECTORS, reading } from './history-pages.ts';

const VIEW = 'System.View';
const LOG = 'Global.LogEvent';
const MAX_MESSAGE = 4096;

const element = (key: string, label: string): ElementDescription => ({ key, label, summary: label });

const CATEGORIES: readonly ElementDescription[] = [
  ...[element('info', 'Information'), element('warning', 'Warning')],
  ...[element('error', 'Error'), element('user', 'User')],
];

function detail(key: string, { category, description, format }: EventType): EventDescriptionEventDetail {
  const short = format.replaceAll(' in {datacenter.name}', '');
  return {
    ...{ key, category, description },
    ...{ formatOnDatacenter: short, formatOnComputeResource: short, fullFormat: format },
    formatOnHost: short.replaceAll(' on {host.name}', ''),
    formatOnVm: short.replaceAll(' on {host.name}', ''),
  };
}

const description = () => ({
  category: CATEGORIES,
  eventInfo: [
    ...EVENT_TYPES.map((type) => detail(type.type, type)),
    ...EXTENDED_EVENT_TYPES.map((type) => ({
      ...detail('EventEx', type),
      fullFormat: `${type.type}|${type.format}`,
    })),
  ],
});

/** Names of the fields that a type has beyond those of all events. */
function argumentsOf({ table }: VimContext, eventTypeId: string): EventArgDesc[] | undefined {
  const name = eventTypeId.replace(/^vim\.event\./, '');
  if (!table.isA(name, 'Event') && eventType(name) === undefined) return undefined;
  const base = new Set((table.data('Event')?.fields ?? []).map((field) => field.name));
  return (table.data(name)?.fields ?? [])
    .filter((field) => !base.has(field.name))
    .map((field) => ({ name: field.name, type: field.type }));
}

export class EventHistory extends HistoryPages<Event> {
  readonly filter: EventFilterSpec;

  constructor(vim: VimContext, filter: EventFilterSpec, { allows }: Call) {
    super(
      () => selectEvents(vim, filter, allows),
      ({ key }) => key,
    );
    this.filter = filter;
  }
}

export const EventHistoryCollector = managed<'EventHistoryCollector', EventHistory>('EventHistoryCollector', {
  properties: {
    filter: ({ filter }) => filter,
    latestPage: ({ latestPage }) => latestPage,
    initialized: () => true,
  },
  methods: {
    ...collectorMethods<Event>(),
    ReadNextEvents: guarded(VIEW, reading('next')),
    ReadPreviousEvents: guarded(VIEW, reading('previous')),
  },
});

/** What hinders selecting by a filter. */
function filterTrouble({ objects }: VimContext, { entity }: EventFilterSpec): VimFault | undefined {
  if (entity === undefined || objects.get(entity.entity.value) !== undefined) return undefined;
  return FAULTS.objectNotFound(entity.entity);
}

export const EventManager = managed<'EventManager', VimContext>('EventManager', {
  properties: {
    description,
    latestEvent(vim) {
      const latest = vim.host.events.all.at(-1);
      return latest && vimEvent(vim, latest);
    },
    maxCollector: () => MAX_COLLECTORS,
  },
  methods: {
    QueryEvents: (vim, { filter }, call) =>
      filterTrouble(vim, filter) ?? selectEvents(vim, filter, call.allows),
    CreateCollectorForEvents(vim, { filter }, call): MoRef | VimFault {
      const trouble = filterTrouble(vim, filter);
      if (trouble !== undefined) return trouble;
      const id = claimCollector(vim, 'EventHistoryCollector', call);
      if (id instanceof VimFault) return id;
      const owner = call.session?.key ?? '';
      return vim.objects.add(EventHistoryCollector.object(id, new EventHistory(vim, filter, call), owner))
        .ref;
    },
    LogUserEvent: guarded(
      ASKED,
      (vim: VimContext, { entity, msg }: { entity: MoRef; msg: string }, call: Call) => {
        const found = vim.objects.get(entity.value);
        if (found === undefined) return FAULTS.objectNotFound(entity);
        const refusal = call.refusal(LOG, found.ref);
        if (refusal !== undefined) return refusal;
        if (!vim.table.isA(found.ref.type, 'ManagedEntity')) return FAULTS.invalidArgument('entity');
        if (msg.length > MAX_MESSAGE) return FAULTS.invalidArgument('msg');
        const name = vim.nameOf(found.ref) ?? '';
        const isVm = found.ref.type === 'VirtualMachine';
        vim.host.events.add({
          type: 'GeneralUserEvent',
          detail: { message: msg, entity: { name, entity: found.ref } },
          ...(isVm && { vm: { id: Number(found.ref.value), name } }),
        });
        return undefined;
      },
    ),
    RetrieveArgumentDescription: (vim, { eventTypeId }) =>
      argumentsOf(vim, eventTypeId) ?? FAULTS.invalidArgument('eventTypeId'),
  },
});
