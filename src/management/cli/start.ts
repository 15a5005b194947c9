/** "vmk start": a host with the default machine on this terminal. A host that is up already is used. */
import { EXIT_STATUS, HostError } from '#lib';
import type { VmRow } from '../calls/vm.ts';
import type { HostClient } from '../local/client.ts';
import { Progress } from '../progress.ts';
import type { HostEnd, UpHost } from '../up-config.ts';
import type { ClientContext } from './group.ts';
import type { Values } from './options.ts';
import { configOf, type UP_OPTIONS, type UpContext, upReport } from './up.ts';
import { joinConsole } from './vm.ts';

/** What the default machine is called. */
const NAME = 'debian';

/** Brings a host up if there is none, starts the machine, joins its console; resolves to the exit status. */
export async function start(
  values: Values<typeof UP_OPTIONS>,
  context: UpContext & ClientContext,
): Promise<number> {
  const { stderr } = context.process;
  const progress = new Progress(stderr);
  const report = (activity: string): void => progress.report(activity);
  const config = configOf(values);
  let host: UpHost | undefined;
  try {
    host = await context.bringUp(config, upReport(stderr, progress)).catch(hostRunning);
    const client = context.connect(config.paths.home);
    for (const line of host?.lines ?? [`a host is up in ${config.paths.home}`])
      stderr.write(`vmk: ${line}\n`);
    report('starting the machine');
    await startMachine(client);
    const stream = await client.console(NAME);
    progress.done();
    stderr.write(`vmk: this is the console of the machine ${NAME}\n`);
    const status = await joinConsole(stream, context.process);
    return status ?? EXIT_STATUS.ok;
  } finally {
    progress.done();
    await end(host, 'stop');
  }
}

/** Nothing for a host that is up already; all other errors are errors. */
function hostRunning(error: unknown): undefined {
  if (error instanceof HostError && error.code === 'host-running') return undefined;
  throw error;
}

async function startMachine(client: HostClient): Promise<void> {
  const { vms } = await client.call<{ vms: VmRow[] }>('vm.list');
  const known = vms.find(({ name }) => name === NAME);
  if (known === undefined) await client.call('vm.create', { name: NAME });
  if (known === undefined || known.state === 'powered off') await client.call('vm.start', { vm: NAME });
}

async function end(host: UpHost | undefined, how: HostEnd): Promise<void> {
  await host?.shutDown(how);
  await host?.ended;
}
