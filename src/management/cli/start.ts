/** "vmk start": a host with the default machine on this terminal. A host that is up already is used. */
import { cacheFolder } from '#guest';
import { EXIT_STATUS, HostError } from '#lib';
import type { VmRow } from '../calls/vm.ts';
import type { HostClient } from '../local/client.ts';
import { Progress } from '../progress.ts';
import type { HostEnd, UpHost } from '../up-config.ts';
import type { ClientContext } from './group.ts';
import type { Values } from './options.ts';
import type { RunContext } from './run.ts';
import { configOf, UP_OPTIONS, type UpContext, upReport } from './up.ts';
import { text } from './value-options.ts';
import { joinConsole } from './vm.ts';

/** What the default machine is called. */
const NAME = 'debian';

export const START_OPTIONS = {
  ...UP_OPTIONS,
  template: text(
    'NAME',
    'a machine of that template in place of the default guest; "debian" is made if need be',
  ),
};

/** What a machine of a template is called. */
const nameOf = (template: string) => `${template}-disk`;

/** Brings a host up if there is none, starts the machine, joins its console; resolves to the exit status. */
export async function start(
  values: Values<typeof START_OPTIONS>,
  context: UpContext & ClientContext & RunContext,
): Promise<number> {
  const { stderr } = context.process;
  const progress = new Progress(stderr);
  const report = (activity: string): void => progress.report(activity);
  const config = configOf(values);
  const { template } = values;
  const name = template === undefined ? NAME : nameOf(template);
  let host: UpHost | undefined;
  try {
    const said = template === undefined ? [] : await requireTemplate(template, context);
    host = await context.bringUp(config, upReport(stderr, progress)).catch(hostRunning);
    const client = context.connect(config.paths.home);
    for (const line of host?.lines ?? [`a host is up in ${config.paths.home}`])
      stderr.write(`vmk: ${line}\n`);
    report('starting the machine');
    await startMachine(client, name, template);
    const stream = await client.console(name);
    progress.done();
    for (const line of [...said, `this is the console of the machine ${name}`])
      stderr.write(`vmk: ${line}\n`);
    const status = await joinConsole(stream, context.process);
    for (const line of await farewell(client, name, template, host !== undefined))
      stderr.write(`vmk: ${line}\n`);
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

/** The template is there, made if it is one that can be; what to tell of it. */
async function requireTemplate(name: string, context: RunContext): Promise<readonly string[]> {
  const [{ Templates }, { make, SYSTEM }] = await Promise.all([
    import('../templates/templates.ts'),
    import('./template.ts'),
  ]);
  const templates = new Templates(cacheFolder());
  const known = name === SYSTEM ? templates.find(name) : templates.get(name);
  const { what, password } = known ?? (await make({ name }, false, context));
  return [`${what}; log in as root, with the password ${password}; "poweroff" ends it`];
}

async function startMachine(client: HostClient, name: string, template: string | undefined): Promise<void> {
  const known = await find(client, name);
  if (known === undefined) {
    if (template === undefined) await client.call('vm.create', { name });
    else await (await import('./template.ts')).deploy(client, template, { name });
  }
  if (known === undefined || known.state === 'powered off') await client.call('vm.start', { vm: name });
}

/** What becomes of the machine that is left. */
async function farewell(
  client: HostClient,
  name: string,
  template: string | undefined,
  isOurs: boolean,
): Promise<readonly string[]> {
  const found = await find(client, name).catch(hostGone);
  if (found === 'gone') return [`the host has ended, and the machine ${name} with it`];
  const isOn = found?.state !== 'powered off';
  if (isOn && !isOurs) return [`the machine ${name} goes on; "vmk vm console ${name}" joins it again`];
  if (template === undefined) return [];
  const off = isOn ? 'is switched off as it runs: what it had not written is lost' : 'is off';
  return [`the machine ${name} ${off}; its disk stays, and the same command starts it again`];
}

/** A host of another's may have ended meanwhile. */
function hostGone(error: unknown): 'gone' {
  if (error instanceof HostError && error.code === 'host-absent') return 'gone';
  throw error;
}

async function find(client: HostClient, name: string): Promise<VmRow | undefined> {
  const { vms } = await client.call<{ vms: VmRow[] }>('vm.list');
  return vms.find((vm) => vm.name === name);
}

async function end(host: UpHost | undefined, how: HostEnd): Promise<void> {
  await host?.shutDown(how);
  await host?.ended;
}
