/** The vmk program: from its arguments to its exit status. A command's module is loaded when the command is given. */
import { readFileSync } from 'node:fs';
import { EXIT_STATUS, HostError, usageError } from '#lib';
import type { RunMachine } from '../run-config.ts';
import type { BringUp } from '../up-config.ts';
import { type ClientContext, type Group, ownConnect, runGroup } from './group.ts';
import { describeOptions, parseOptions } from './options.ts';
import { ownContext, type RunContext, run } from './run.ts';
import { RUN_OPTIONS } from './run-options.ts';
import { suggestion } from './suggest.ts';
import { UP_OPTIONS, type UpContext, up } from './up.ts';

/** What the commands work with. */
export type VmkContext = RunContext & ClientContext & UpContext;

interface Command {
  readonly summary: string;
  /** Carries it out; resolves to the exit status. */
  readonly execute: (given: readonly string[], context: VmkContext) => Promise<number> | number;
}

/** Commands of two words: "vmk vm list". */
const GROUPS = {
  vm: inGroup(
    'vm',
    'make, start, stop, … the machines of a host',
    async () => (await import('./vm.ts')).VM_COMMANDS,
  ),
  pool: inGroup(
    'pool',
    'divide a host among resource pools',
    async () => (await import('./pool.ts')).POOL_COMMANDS,
  ),
  disk: inGroup(
    'disk',
    'make, copy, grow, check, … disk images',
    async () => (await import('./disk.ts')).DISK_COMMANDS,
  ),
  template: inGroup('template', 'make systems on disks, and machines of them', async (context) =>
    (await import('./template.ts')).templateCommands(context),
  ),
  host: inGroup(
    'host',
    'look at a host, end it, start it anew',
    async () => (await import('./host.ts')).HOST_COMMANDS,
  ),
  ds: inGroup(
    'ds',
    'look at the datastores of a host',
    async () => (await import('./datastore.ts')).DATASTORE_COMMANDS,
  ),
  user: inGroup(
    'user',
    'make, change, remove the users of a host',
    async () => (await import('./users.ts')).USER_COMMANDS,
  ),
  group: inGroup(
    'group',
    'make, fill, remove groups of users',
    async () => (await import('./users.ts')).GROUP_COMMANDS,
  ),
  role: inGroup(
    'role',
    'make, change, remove roles',
    async () => (await import('./access.ts')).ROLE_COMMANDS,
  ),
  permission: inGroup(
    'permission',
    'say who has which role where',
    async () => (await import('./access.ts')).PERMISSION_COMMANDS,
  ),
  session: inGroup(
    'session',
    'see who is logged in, end sessions',
    async () => (await import('./access.ts')).SESSION_COMMANDS,
  ),
  lockdown: inGroup(
    'lockdown',
    'see and change the lockdown mode',
    async () => (await import('./access.ts')).LOCKDOWN_COMMANDS,
  ),
  service: inGroup(
    'service',
    'start, stop, … the services of a host',
    async () => (await import('./service.ts')).SERVICE_COMMANDS,
  ),
  net: inGroup(
    'net',
    'virtual switches, port groups, uplinks, captures',
    async () => (await import('./net.ts')).NET_COMMANDS,
  ),
  log: inGroup(
    'log',
    'read the logs of a host, and see where they go',
    async () => (await import('./service.ts')).LOG_COMMANDS,
  ),
  package: inGroup(
    'package',
    'make packages for hosts',
    async () => (await import('./package.ts')).PACKAGE_COMMANDS,
  ),
};

const COMMANDS: Readonly<Record<string, Command>> = {
  run: { summary: 'boot a RISC-V machine on this terminal', execute: runCommand },
  up: { summary: 'bring up a host, which runs many machines', execute: upCommand },
  start: { summary: 'bring up a host with a Debian machine, and show its console', execute: startCommand },
  down: {
    summary: 'end the host that is up',
    execute: async (given, context) => GROUPS.host.execute(['shutdown', ...given], context),
  },
  ...GROUPS,
  esxcli: {
    summary: 'esxcli command lines on a host',
    execute: async (given, context) => (await import('./esxcli.ts')).runEsxcli(given, context),
  },
  top: {
    summary: 'what uses a host: CPU, memory, disks',
    execute: async (given, context) => (await import('./top.ts')).top(given, context),
  },
  replay: { summary: 'replay a recorded run', execute: replayCommand },
  help: { summary: 'print this, or the help of a command', execute: helpCommand },
  version: { summary: 'print the versions of vmk and Node', execute: versionCommand },
};

const ALIASES: Readonly<Record<string, string>> = { '--help': 'help', '-h': 'help', '--version': 'version' };

const EXAMPLES: readonly (readonly [command: string, meaning: string])[] = [
  ['vmk run', 'Debian Linux with a shell; "poweroff" ends it, Ctrl-] leaves it'],
  ["vmk run --exec 'uname -a; free -m'", 'run a script in it and print what it says'],
  ['vmk run --memory 1G --disk data.img', 'more memory, and a disk as /dev/vda'],
  ['vmk run --kernel Image --initrd initramfs.cpio', 'a kernel of yours'],
  ['vmk run --firmware u-boot.bin --disk os.img,readonly', 'U-Boot, which boots from the disk'],
];

const UP_EXAMPLES: readonly (readonly [command: string, meaning: string])[] = [
  ['vmk up &', 'a host'],
  ['vmk vm create web --memory 1G --disk 10G --start', 'a machine on it, switched on'],
  ['vmk vm console web', 'its console; Ctrl-] leaves it'],
  ['vmk down', 'the machines are switched off, and the host ends'],
];

const STATUSES: readonly (readonly [status: string, meaning: string])[] = [
  ['0', 'the guest switched itself off, or you left it'],
  ['N', 'with --exec: the status of the script'],
  ['1', 'something outside failed, such as the network'],
  ['2', 'wrong arguments, or a file that cannot be used'],
  ['3', 'the guest cannot go on'],
  ['130, 143', 'stopped by SIGINT, SIGTERM'],
];

/** What the program hands in: what runs machines. */
export interface Edges {
  readonly runMachine: RunMachine;
  readonly bringUp: BringUp;
  readonly restart: () => never;
}

/** Runs the command that the arguments name; resolves to the exit status. Nothing is thrown at the caller. */
export async function main(commandArguments: readonly string[], edges: Edges): Promise<number> {
  const { runMachine, bringUp, restart } = edges;
  return mainIn(commandArguments, { ...ownContext(runMachine), bringUp, restart, connect: ownConnect });
}

/** `main` with everything it touches handed in. */
export async function mainIn([name, ...given]: readonly string[], context: VmkContext): Promise<number> {
  try {
    if (name === undefined) throw usageError('no command');
    if (/^--host(?:=|$)/.test(name)) return await remoteCommand([name, ...given], context);
    return await find(name).execute(given, context);
  } catch (error) {
    const { status, text } = explain(error);
    context.process.stderr.write(`vmk: ${text}\n`);
    return status;
  }
}

function find(name: string): Command {
  const command = COMMANDS[ALIASES[name] ?? name];
  if (command !== undefined && (Object.hasOwn(COMMANDS, name) || Object.hasOwn(ALIASES, name)))
    return command;
  throw usageError(`there is no command "${name}"${suggestion(name, Object.keys(COMMANDS))}`);
}

/** A command on a host that is reached over HTTPS. */
async function remoteCommand(given: readonly string[], context: VmkContext): Promise<number> {
  const { login, logout, remoteContext, takeHost } = await import('./remote.ts');
  const { url, words } = takeHost(given);
  const [name, ...rest] = words;
  if (name === undefined) throw usageError('no command');
  if (name === 'login') return login(url, rest, context);
  if (name === 'logout') return logout(url);
  return await find(name).execute(rest, remoteContext(url, context));
}

function inGroup(name: string, summary: string, load: (context: VmkContext) => Promise<Group>): Command {
  return { summary, execute: async (given, context) => runGroup(name, await load(context), given, context) };
}

function runCommand(given: readonly string[], context: RunContext): Promise<number> | number {
  const values = parseOptions(RUN_OPTIONS, given);
  if (!values.help) return run(values, context);
  context.process.stdout.write(runHelp());
  return EXIT_STATUS.ok;
}

async function replayCommand(given: readonly string[], context: RunContext): Promise<number> {
  const { parseReplay, replay, replayHelp } = await import('./replay.ts');
  const { values, path } = parseReplay(given);
  if (!values.help) return replay(path, values, context);
  context.process.stdout.write(replayHelp());
  return EXIT_STATUS.ok;
}

function upCommand(given: readonly string[], context: VmkContext): Promise<number> | number {
  const values = parseOptions(UP_OPTIONS, given);
  if (!values.help) return up(values, context);
  context.process.stdout.write(upHelp());
  return EXIT_STATUS.ok;
}

/** With options of "vmk run" it is that: a script, a kernel of one's own. */
async function startCommand(given: readonly string[], context: VmkContext): Promise<number> {
  const names = given.map((word) => /^--([^=]+)/.exec(word)?.[1] ?? '');
  const isRun = names.some((name) => Object.hasOwn(RUN_OPTIONS, name) && !Object.hasOwn(UP_OPTIONS, name));
  if (isRun) return runCommand(given, context);
  const { start, START_OPTIONS } = await import('./start.ts');
  const values = parseOptions(START_OPTIONS, given);
  if (!values.help) return start(values, context);
  context.process.stdout.write(upHelp());
  return EXIT_STATUS.ok;
}

/** Of a command that tells its options itself, what it prints for --help. */
function helpCommand([topic]: readonly string[], context: VmkContext): Promise<number> | number {
  if (topic !== undefined) find(topic);
  if (topic === 'run') return runCommand(['--help'], context);
  if (topic === 'replay') return replayCommand(['--help'], context);
  context.process.stdout.write(overview());
  return EXIT_STATUS.ok;
}

function versionCommand(_given: readonly string[], context: RunContext): number {
  const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));
  context.process.stdout.write(`vmk ${version}, Node ${process.versions.node}\n`);
  return EXIT_STATUS.ok;
}

function overview(): string {
  const commands = Object.entries(COMMANDS).map(([name, { summary }]) => [name, summary] as const);
  return `vmk runs RISC-V virtual machines.

Usage: vmk COMMAND [OPTION…]
       vmk --host URL login|logout|COMMAND [OPTION…]    on another host, over HTTPS

Commands:
${columns(commands)}
Examples:
${columns(EXAMPLES)}
"vmk help run" tells the options of run.
`;
}

function runHelp(): string {
  return `vmk run boots a RISC-V machine on this terminal: Debian Linux, or the kernel or firmware given.

Usage: vmk run [OPTION…]

Options (with their defaults):
${describeOptions(RUN_OPTIONS)}
Exit status:
${columns(STATUSES)}
Examples:
${columns(EXAMPLES)}`;
}

function upHelp(): string {
  return `vmk up brings up a host, which runs many machines; it ends with Ctrl-C or "vmk down".

Usage: vmk up [OPTION…]

Options (with their defaults):
${describeOptions(UP_OPTIONS)}
Examples:
${columns(UP_EXAMPLES)}`;
}

function columns(rows: readonly (readonly [left: string, right: string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}\n`).join('');
}

/** One line for a person and the exit status; our own mistakes come with where they were made. */
function explain(error: unknown): { status: number; text: string } {
  if (error instanceof HostError) {
    const hint = error.code === 'usage' ? 'Try "vmk help".' : error.hint;
    const stop = /[.?!]$/.test(error.message) ? '' : '.';
    return {
      status: error.exitStatus,
      text: hint === '' ? error.message : `${error.message}${stop} ${hint}`,
    };
  }
  const report = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { status: EXIT_STATUS.failure, text: `this is a mistake of vmk itself: ${report}` };
}
