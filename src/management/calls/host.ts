/** Calls on the host itself. */
import { callsOn } from '../local/call.ts';
import { flag, integer, oneOf, optional } from '../local/fields.ts';
import { presentOrNothing } from '../present.ts';
import { type AutostartState, STOP_ACTIONS } from '../vms/autostart.ts';
import type { HostServices } from './services.ts';

const call = callsOn<HostServices>();

// biome-ignore format: a table reads in columns
export const HOST_CALLS = {
  'host.facts':  call('what this host is',       {}, (host) => host.facts()),
  'host.autostart': call('what becomes of VMs when the host comes up and ends', { enabled: optional(flag()), stopAction: optional(oneOf(...STOP_ACTIONS)), stopDelay: optional(integer(0, 86_400)) }, autostart),
  'host.backup': call('saves the state of /etc', {}, (host) => host.backup()),
  'host.crash':  call('ends a thread as a fault would, for tests', { what: oneOf('pcpu', 'memory'), number: optional(integer(0, 63)) }, (host, { what, number }) => host.crash(what, number ?? 0)),
  'host.stop':   call('ends the host',           {}, (host) => host.shutDown('stop')),
  'host.reboot': call('starts the host anew',    {}, (host) => host.shutDown('reboot')),
};

interface AutostartChange {
  readonly enabled: boolean | undefined;
  readonly stopAction: (typeof STOP_ACTIONS)[number] | undefined;
  readonly stopDelay: number | undefined;
}

function autostart({ autostart: rules }: HostServices, given: AutostartChange): AutostartState {
  const change = presentOrNothing(given);
  if (change) rules.change(change, []);
  return rules.state;
}
