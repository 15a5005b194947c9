/** Calls on what an administrator sets: services, and the state of the log service. */
import { callsOn } from '../local/call.ts';
import { integer, oneOf, text } from '../local/fields.ts';

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

/** A log of the host. */
export interface LogRow {
  readonly name: string;
  /** Where it is now. */
  readonly path: string;
  readonly description: string;
}

/** The logs of the host. */
export interface LogReader {
  list(): readonly LogRow[];
  /** The last lines of one, the newest last. @throws HostError when there is no such log */
  tail(name: string, lines: number): readonly string[];
}

const MOST_LINES = 100_000;

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
  readonly logs: LogReader;
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
  'log.list':        call('the logs of the host',                {},    ({ logs }) => logs.list()),
  'log.tail':        call('the last lines of a log',             { log: text(), lines: integer(1, MOST_LINES) }, ({ logs }, { log, lines }) => logs.tail(log, lines)),
  'log.remotes':     call('the remote hosts that logs go to',    {},    ({ remoteLogs }) => remoteLogs()),
};
