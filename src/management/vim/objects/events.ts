/** The host's events as VIM's data objects, and what a filter selects of them. */
import type { HostEvent } from '../../events/event-log.ts';
import { eventType, formatEvent } from '../../events/event-types.ts';
import type { VimContext } from '../context.ts';
import { type MoRef, moRef } from '../model/value.ts';
import type { Event, EventFilterSpec } from '../table/vim25.d.ts';
import { isAt } from './history-pages.ts';
import { ID } from './ids.ts';

const DATACENTER = { name: 'ha-datacenter', datacenter: moRef('Datacenter', ID.datacenter) };
const EXTENDED = 'EventEx';

/** What it is called for categories and texts. */
const idOf = ({ type, detail }: HostEvent): string =>
  type === EXTENDED ? (detail?.['eventTypeId'] as string) : type;

const categoryOf = (event: HostEvent): string => eventType(idOf(event))?.category ?? 'info';

export function vimEvent({ host }: VimContext, event: HostEvent, hasText = true): Event {
  const { key, chainId, timeMs, user, vm, detail = {} } = event;
  const name = host.settings.identity.fullName;
  const fields = {
    ...{ key, chainId, createdTime: new Date(timeMs), userName: user },
    ...{ datacenter: DATACENTER, host: { name, host: moRef('HostSystem', ID.host) } },
    computeResource: { name, computeResource: moRef('ComputeResource', ID.computeResource) },
    ...(vm && { vm: { name: vm.name, vm: moRef('VirtualMachine', String(vm.id)) }, template: false }),
    ...detail,
    // History has no dates.
    ...(typeof detail['loginTime'] === 'number' && { loginTime: new Date(detail['loginTime']) }),
  };
  const text = hasText ? (event.text ?? textOf(event, fields)) : undefined;
  const own = event.type === EXTENDED ? { message: event.text ?? text, severity: categoryOf(event) } : {};
  return { ...own, ...fields, fullFormattedMessage: text, _type: event.type };
}

function textOf(event: HostEvent, fields: Readonly<Record<string, unknown>>): string {
  const { format = '' } = eventType(idOf(event)) ?? {};
  const reason = fields['reason'] as { localizedMessage?: string } | string | undefined;
  const told = typeof reason === 'object' ? { reason: { msg: reason.localizedMessage } } : {};
  return formatEvent(format, { ...fields, ...told });
}

/** The entity that it is about. */
const placeOf = ({ vm }: HostEvent): string => (vm === undefined ? ID.host : String(vm.id));

/** Events that a filter selects, and that are about what the caller may see; oldest first. */
export function selectEvents(
  vim: VimContext,
  filter: EventFilterSpec,
  allows: (privilege: string, entity: MoRef) => boolean,
): Event[] {
  const found = vim.host.events.all.filter(
    (event) => isSelected(vim, event, filter) && isSeen(event, allows),
  );
  const last = filter.maxCount === undefined ? found : found.slice(-Math.max(1, filter.maxCount));
  return last.map((event) => vimEvent(vim, event, filter.disableFullMessage !== true));
}

/** Of a VM that is gone, who may see the host. */
function isSeen(event: HostEvent, allows: (privilege: string, entity: MoRef) => boolean): boolean {
  const { vm } = event;
  if (vm !== undefined && allows('System.View', moRef('VirtualMachine', String(vm.id)))) return true;
  return allows('System.View', moRef('HostSystem', ID.host));
}

function isSelected(vim: VimContext, event: HostEvent, filter: EventFilterSpec): boolean {
  const { entity, time, userName, eventChainId, alarm, scheduledTask, category, type, eventTypeId, tag } =
    filter;
  if (alarm !== undefined || scheduledTask !== undefined) return false;
  if (tag !== undefined && tag.length > 0) return false;
  if (eventChainId !== undefined && eventChainId !== event.chainId) return false;
  if (entity && !isAt(vim, placeOf(event), entity.entity, entity.recursion)) return false;
  if (time?.beginTime && event.timeMs < time.beginTime.getTime()) return false;
  if (time?.endTime && event.timeMs > time.endTime.getTime()) return false;
  if (userName !== undefined && !isOfUser(event, userName)) return false;
  if (isGiven(category) && !category.includes(categoryOf(event))) return false;
  if (isGiven(type) && !type.some((name) => vim.table.isA(event.type, name.replace(/^vim\.event\./, ''))))
    return false;
  return (
    !isGiven(eventTypeId) || eventTypeId.some((id) => id === idOf(event) || id === `vim.event.${idOf(event)}`)
  );
}

const isGiven = <T>(list: readonly T[] | undefined): list is readonly T[] =>
  list !== undefined && list.length > 0;

/** The host itself is the system's user. */
function isOfUser(
  { user }: HostEvent,
  { systemUser, userList }: NonNullable<EventFilterSpec['userName']>,
): boolean {
  if (user === '') return systemUser;
  return userList === undefined ? !systemUser : userList.includes(user);
}
