/** The types of events that a host has: category, what they are, and their text. Worded after vSphere's. */

export interface EventType {
  readonly type: string;
  readonly category: 'info' | 'warning' | 'error' | 'user';
  readonly description: string;
  /** `{vm.name}`: the VM's name; `{userName}`; other names: fields of the event. */
  readonly format: string;
}

const row = (
  type: string,
  category: EventType['category'],
  description: string,
  format: string,
): EventType => ({ type, category, description, format });

// biome-ignore format: a table reads in columns
export const EVENT_TYPES: readonly EventType[] = [
  row('VmCreatedEvent',               'info',    'VM created',                   'Created virtual machine {vm.name} on {host.name} in {datacenter.name}'),
  row('VmRegisteredEvent',            'info',    'VM registered',                'Registered {vm.name} on {host.name} in {datacenter.name}'),
  row('VmRemovedEvent',               'info',    'VM removed',                   'Removed {vm.name} on {host.name} from {datacenter.name}'),
  row('VmStartingEvent',              'info',    'VM starting',                  '{vm.name} on host {host.name} in {datacenter.name} is starting'),
  row('VmPoweredOnEvent',             'info',    'VM powered on',                '{vm.name} on {host.name} in {datacenter.name} is powered on'),
  row('VmFailedToPowerOnEvent',       'error',   'Cannot power on VM',           'Cannot power on {vm.name} on {host.name} in {datacenter.name}. {reason.msg}'),
  row('VmStoppingEvent',              'info',    'VM stopping',                  '{vm.name} on {host.name} in {datacenter.name} is stopping'),
  row('VmPoweredOffEvent',            'info',    'VM powered off',               '{vm.name} on {host.name} in {datacenter.name} is powered off'),
  row('VmSuspendingEvent',            'info',    'VM being suspended',           '{vm.name} on {host.name} in {datacenter.name} is being suspended'),
  row('VmSuspendedEvent',             'info',    'VM suspended',                 '{vm.name} on {host.name} in {datacenter.name} is suspended'),
  row('VmFailedToSuspendEvent',       'error',   'Cannot suspend VM',            'Cannot suspend {vm.name} on {host.name} in {datacenter.name}. {reason.msg}'),
  row('VmResumingEvent',              'info',    'VM resuming',                  '{vm.name} on {host.name} in {datacenter.name} is resumed'),
  row('VmResettingEvent',             'info',    'VM resetting',                 '{vm.name} on {host.name} in {datacenter.name} is reset'),
  row('VmReconfiguredEvent',          'info',    'VM reconfigured',              'Reconfigured {vm.name} on {host.name} in {datacenter.name}'),
  row('VmRenamedEvent',               'info',    'VM renamed',                   'Renamed {vm.name} from {oldName} to {newName} in {datacenter.name}'),
  row('VmMessageEvent',               'info',    'VM message',                   'Message on {vm.name} on {host.name} in {datacenter.name}: {message}'),
  row('VmGuestShutdownEvent',         'info',    'Guest OS shut down',           'Guest OS shut down for {vm.name} on {host.name} in {datacenter.name}'),
  row('VmGuestRebootEvent',           'info',    'Guest reboot',                 'Guest OS reboot for {vm.name} on {host.name} in {datacenter.name}'),
  row('UserLoginSessionEvent',        'info',    'User login',                   'User {userName}@{ipAddress} logged in as {userAgent}'),
  row('UserLogoutSessionEvent',       'info',    'User logout',                  'User {userName}@{ipAddress} logged out (login time: {loginTime}, number of API invocations: {callCount}, user agent: {userAgent})'),
  row('BadUsernameSessionEvent',      'error',   'Invalid user name',            'Cannot login {userName}@{ipAddress}'),
  row('NoAccessUserEvent',            'error',   'No access for user',           'Cannot login user {userName}@{ipAddress}: no permission'),
  row('AccountCreatedEvent',          'info',    'Account created',              'Account {spec.id} was created on host {host.name}'),
  row('AccountUpdatedEvent',          'info',    'Account updated',              'Account {spec.id} was updated on host {host.name}'),
  row('AccountRemovedEvent',          'info',    'Account removed',              'Account {account} was removed on host {host.name}'),
  row('RoleAddedEvent',               'info',    'Role added',                   'New role {role.name} created'),
  row('RoleUpdatedEvent',             'info',    'Role updated',                 'Role {role.name} modified'),
  row('RoleRemovedEvent',             'info',    'Role removed',                 'Role {role.name} removed'),
  row('PermissionAddedEvent',         'info',    'Permission added',             'Permission created for {principal} on {entity.name}, role is {role.name}'),
  row('PermissionUpdatedEvent',       'info',    'Permission updated',           'Permission changed for {principal} on {entity.name}, role is {role.name}'),
  row('PermissionRemovedEvent',       'info',    'Permission removed',           'Permission rule removed for {principal} on {entity.name}'),
  row('EnteringMaintenanceModeEvent', 'info',    'Entering maintenance mode',    'Host {host.name} in {datacenter.name} has started to enter maintenance mode'),
  row('EnteredMaintenanceModeEvent',  'info',    'Entered maintenance mode',     'Host {host.name} in {datacenter.name} has entered maintenance mode'),
  row('ExitMaintenanceModeEvent',     'info',    'Exit maintenance mode',        'Host {host.name} in {datacenter.name} has exited maintenance mode'),
  row('HostShutdownEvent',            'info',    'Host shut down',               'Shut down of {host.name} in {datacenter.name}: {reason}'),
  row('GeneralUserEvent',             'user',    'General user event',           'User logged event: {message}'),
  row('GeneralHostInfoEvent',         'info',    'Host information',             'Issue detected on {host.name} in {datacenter.name}: {message}'),
];

/** Events of the kernel and of hostd, which are EventEx with an id. */
// biome-ignore format: a table reads in columns
export const EXTENDED_EVENT_TYPES: readonly EventType[] = [
  row('esx.audit.host.boot',      'info',    'Host booted',             'Host has booted.'),
  row('esx.audit.account.locked', 'warning', 'Account locked',          '{message}'),
];

const BY_TYPE = new Map([...EVENT_TYPES, ...EXTENDED_EVENT_TYPES].map((type) => [type.type, type]));

export const eventType = (type: string): EventType | undefined => BY_TYPE.get(type);

/** A format with its names filled in; a name that is unknown is empty. */
export function formatEvent(format: string, fields: Readonly<Record<string, unknown>>): string {
  return format.replace(/\{([\w.]+)\}/g, (_, path: string) => {
    let value: unknown = fields;
    for (const name of path.split('.')) value = (value as Record<string, unknown> | undefined)?.[name];
    if (value instanceof Date) return dateText(value);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  });
}

const DATE_PARTS = new Intl.DateTimeFormat('en-US', {
  ...{ timeZone: 'UTC', weekday: 'long', day: '2-digit', month: 'long', year: 'numeric' },
  ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: true },
});

/** `Thursday, 26 November, 2026 06:55:43 PM`, as hostd writes it. */
function dateText(date: Date): string {
  const parts = new Map(DATE_PARTS.formatToParts(date).map(({ type, value }) => [type, value]));
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? '';
  const day = `${part('weekday')}, ${part('day')} ${part('month')}, ${part('year')}`;
  return `${day} ${part('hour')}:${part('minute')}:${part('second')} ${part('dayPeriod')}`;
}
