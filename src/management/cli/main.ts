/** The vmk program: from its arguments to its exit status. */
import { readFileSync } from 'node:fs';
import { EXIT_STATUS, HostError } from '#lib';
import type { RunMachine } from '../run-config.ts';
import type { BringUp } from '../up-config.ts';
import { LOCKDOWN_COMMANDS, PERMISSION_COMMANDS, ROLE_COMMANDS, SESSION_COMMANDS } from './access.ts';
import { runEsxcli } from './esxcli.ts';
import { type ClientContext, type Group, ownConnect, runGroup } from './group.ts';
import { HOST_COMMANDS } from './host.ts';
import { describeOptions, parseOptions, usage } from './options.ts';
import { PACKAGE_COMMANDS } from './package.ts';
import { parseReplay, replay, replayHelp } from './replay.ts';
import { ownContext, type RunContext, run } from './run.ts';
import { RUN_OPTIONS } from './run-options.ts';
import { LOG_COMMANDS, SERVICE_COMMANDS } from './service.ts';
import { start } from './start.ts';
import { suggestion } from './suggest.ts';
import { top } from './top.ts';
import { UP_OPTIONS, type UpContext, up } from './up.ts';
import { GROUP_COMMANDS, USER_COMMANDS } from './users.ts';
import { VM_COMMANDS } from './vm.ts';

/** What the commands work with. */
export type VmkContext = RunContext & ClientContext & UpContext;

interface Command {
  readonly summary: string;
  /** Carries it out; resolves to the exit status. */
  readonly execute: (given: readonly string[], context: VmkContext) => Promise<number> | number;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  run: { summary: 'boot a RISC-V machine on this terminal', execute: runCommand },
  up: { summary: 'bring up a host, which runs many machines', execute: upCommand },
  start: { summary: 'bring up a host with a Debian machine, and show its console', execute: startCommand },
  down: {
    summary: 'end the host that is up',
    execute: (given, context) => runGroup('host', HOST_COMMANDS, ['shutdown', ...given], context),
  },
  vm: {
    summary: 'make, start, stop, … the machines of a host',
    execute: (given, context) => runGroup('vm', VM_COMMANDS, given, context),
  },
  host: {
    summary: 'look at a host, end it, start it anew',
    execute: (given, context) => runGroup('host', HOST_COMMANDS, given, context),
  },
  user: { summary: 'make, change, remove the users of a host', execute: inGroup('user', USER_COMMANDS) },
  group: { summary: 'make, fill, remove groups of users', execute: inGroup('group', GROUP_COMMANDS) },
  role: { summary: 'make, change, remove roles', execute: inGroup('role', ROLE_COMMANDS) },
  permission: {
    summary: 'say who has which role where',
    execute: inGroup('permission', PERMISSION_COMMANDS),
  },
  session: { summary: 'see who is logged in, end sessions', execute: inGroup('session', SESSION_COMMANDS) },
  lockdown: { summary: 'see and change the lockdown mode', execute: inGroup('lockdown', LOCKDOWN_COMMANDS) },
  service: {
    summary: 'start, stop, … the services of a host',
    execute: inGroup('service', SERVICE_COMMANDS),
  },
  log: { summary: 'read the logs of a host, and see where they go', execute: inGroup('log', LOG_COMMANDS) },
  esxcli: { summary: 'esxcli command lines on a host', execute: runEsxcli },
  package: {
    summary: 'make packages for hosts',
    execute: (given, context) => runGroup('package', PACKAGE_COMMANDS, given, context),
  },
  top: { summary: 'what uses a host: CPU, memory, disks', execute: top },
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
    if (name === undefined) throw usage('no command');
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
  throw usage(`there is no command "${name}"${suggestion(name, Object.keys(COMMANDS))}`);
}

function inGroup(name: string, group: Group): Command['execute'] {
  return (given, context) => runGroup(name, group, given, context);
}

function runCommand(given: readonly string[], context: RunContext): Promise<number> | number {
  const values = parseOptions(RUN_OPTIONS, given);
  if (!values.help) return run(values, context);
  context.process.stdout.write(runHelp());
  return EXIT_STATUS.ok;
}

function replayCommand(given: readonly string[], context: RunContext): Promise<number> | number {
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
function startCommand(given: readonly string[], context: VmkContext): Promise<number> | number {
  const names = given.map((word) => /^--([^=]+)/.exec(word)?.[1] ?? '');
  const isRun = names.some((name) => Object.hasOwn(RUN_OPTIONS, name) && !Object.hasOwn(UP_OPTIONS, name));
  if (isRun) return runCommand(given, context);
  const values = parseOptions(UP_OPTIONS, given);
  if (!values.help) return start(values, context);
  context.process.stdout.write(upHelp());
  return EXIT_STATUS.ok;
}

function helpCommand(given: readonly string[], context: RunContext): number {
  const [topic] = given;
  if (topic !== undefined) find(topic);
  const texts: Readonly<Record<string, () => string>> = { run: runHelp, replay: replayHelp };
  context.process.stdout.write((texts[topic ?? ''] ?? overview)());
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
