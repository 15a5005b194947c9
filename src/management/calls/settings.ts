/** Calls on what an administrator sets: services, and the state of the log service. */
import { callsOn } from '../local/call.ts';
import { oneOf, text } from '../local/fields.ts';

/** A service as it is listed. */
export interface ServiceRow {
  readonly key: string;
  readonly label: string;
  readonly policy: string;
  readonly running: boolean;
  readonly required: boolean;
  readonly rulesets: readonly string[];
  readonly sourcePackage: string | undefined;
}

/** A remote host that logs go to. */
export interface RemoteRow {
  readonly target: string;
  readonly state: string;
  readonly queuedBytes: number;
  readonly sent: number;
  readonly lost: number;
}

/** What the calls work on. */
export interface SettingsServices {
  readonly services: {
    list(): readonly ServiceRow[];
    start(key: string): Promise<void>;
    stop(key: string): Promise<void>;
    restart(key: string): Promise<void>;
    setPolicy(key: string, policy: 'on' | 'off' | 'automatic'): void;
  };
  readonly remoteLogs: () => readonly RemoteRow[];
}

const call = callsOn<SettingsServices>();
const byKey = { service: text() };

// biome-ignore format: a table reads in columns
export const SETTINGS_CALLS = {
  'service.list':    call('all services',                        {},    ({ services }) => services.list()),
  'service.start':   call('starts a service',                    byKey, ({ services }, { service }) => services.start(service)),
  'service.stop':    call('stops a service',                     byKey, ({ services }, { service }) => services.stop(service)),
  'service.restart': call('stops a service and starts it again', byKey, ({ services }, { service }) => services.restart(service)),
  'service.policy':  call('says when a service starts',          { ...byKey, policy: oneOf('on', 'off', 'automatic') }, ({ services }, { service, policy }) => services.setPolicy(service, policy)),
  'log.remotes':     call('the remote hosts that logs go to',    {},    ({ remoteLogs }) => remoteLogs()),
};
