/** Calls on the host itself. */
import { callsOn } from '../local/call.ts';
import { integer, oneOf, optional } from '../local/fields.ts';
import type { HostServices } from './services.ts';

const call = callsOn<HostServices>();

// biome-ignore format: a table reads in columns
export const HOST_CALLS = {
  'host.facts':  call('what this host is',       {}, (host) => host.facts()),
  'host.backup': call('saves the state of /etc', {}, (host) => host.backup()),
  'host.crash':  call('ends a thread as a fault would, for tests', { what: oneOf('pcpu', 'memory'), number: optional(integer(0, 63)) }, (host, { what, number }) => host.crash(what, number ?? 0)),
  'host.stop':   call('ends the host',           {}, (host) => host.shutDown('stop')),
  'host.reboot': call('starts the host anew',    {}, (host) => host.shutDown('reboot')),
};
