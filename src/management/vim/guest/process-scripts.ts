/** Shell scripts by which programs of a guest are started, listed and ended, and what they say. */
import { quoted } from '../../vms/agent/words.ts';
import type { GuestProcessInfo, GuestProgramSpec } from '../table/vim25.d.ts';

/** What scripts end with. */
export const STATUS = { noProcess: 3, denied: 4, noProgram: 5, noFolder: 6 } as const;
const VARIABLE = /^([A-Za-z_][A-Za-z0-9_]*)=([^\0]*)$/;
/** Of /proc/PID/stat. */
const TICKS_PER_SECOND = 100;
/** Who does not end when asked is ended: 2 s, in tenths. */
const PATIENCE = 20;

/** Whether a program could be started. */
export const mayStart = ({ programPath, workingDirectory }: GuestProgramSpec): string =>
  [
    ...(workingDirectory === undefined || workingDirectory === ''
      ? []
      : [`cd ${quoted(workingDirectory)} 2>/dev/null || exit ${STATUS.noFolder}`]),
    `[ ! -e ${quoted(programPath)} ] || [ -x ${quoted(programPath)} ] || exit ${STATUS.denied}`,
    `command -v ${quoted(programPath)} >/dev/null || exit ${STATUS.noProgram}`,
  ].join('\n');

/** A program as a script, in its folder, with its variables; undefined when one of those is none. */
export function programScript(spec: GuestProgramSpec): string | undefined {
  const folder =
    spec.workingDirectory === undefined || spec.workingDirectory === '' ? '/' : spec.workingDirectory;
  const lines = [`cd ${quoted(folder)} || exit`];
  for (const variable of spec.envVariables ?? []) {
    const [, name, value = ''] = VARIABLE.exec(variable) ?? [];
    if (name === undefined) return undefined;
    lines.push(`export ${name}=${quoted(value)}`);
  }
  // Arguments are the shell's words, as ESXi's tools hand them to one.
  return [...lines, `exec ${quoted(spec.programPath)} ${spec.arguments}`].join('\n');
}

export const endProcess = (pid: number): string =>
  [
    `[ -d /proc/${pid} ] || exit ${STATUS.noProcess}`,
    `kill ${pid} 2>/dev/null || exit ${STATUS.denied}`,
    `n=0; while [ $n -lt ${PATIENCE} ] && kill -0 ${pid} 2>/dev/null; do sleep 0.1; n=$((n + 1)); done`,
    `kill -9 ${pid} 2>/dev/null; :`,
  ].join('\n');

const NEXT = '\u0002\n';

/** Prints, with as few programs as there can be: time since boot, /proc/PID/stat, owners, command lines, users. */
export const LIST_PROCESSES = [
  'read -r up rest </proc/uptime; echo "$up"; printf "\\002\\n"',
  'cat /proc/[0-9]*/stat 2>/dev/null; printf "\\002\\n"',
  'stat -c "%n %u" /proc/[0-9]* 2>/dev/null; printf "\\002\\n"',
  'head -v -c 4096 /proc/[0-9]*/cmdline 2>/dev/null; printf "\\002\\n"',
  'cut -d: -f1,3 /etc/passwd',
].join('\n');

/** Number, name and beginning in ticks; a name holds anything, but not all of another line. Source: proc(5). */
const STAT = /^(\d+) \(([^]{0,64}?)\) [A-Za-z](?: -?\d+){18} (\d+) .*$/gm;
const COMMAND_LINE = /(?:^|\n)==> \/proc\/(\d+)\/cmdline <==\n/;

/** Reads what that printed. */
export function readProcesses(output: string, nowMs: number): GuestProcessInfo[] {
  const [uptime = '0', stats = '', folders = '', commands = '', accounts = ''] = output.split(NEXT);
  const names = new Map(
    accounts
      .split('\n')
      .map((line) => line.split(':'))
      .map(([name = '', uid = '']) => [uid, name] as const),
  );
  const owners = new Map(
    folders
      .split('\n')
      .map((line) => line.split(' '))
      .map(([folder = '', uid = '']) => [folder, uid] as const),
  );
  const commandLines = new Map<string, string>();
  const parts = commands.split(COMMAND_LINE);
  for (let i = 1; i < parts.length; i += 2) commandLines.set(parts[i] ?? '', parts[i + 1] ?? '');
  const bootMs = nowMs - Number(uptime) * 1000;
  return [...stats.matchAll(STAT)].flatMap(([, pid = '', name = '', ticks]) => {
    const uid = owners.get(`/proc/${pid}`);
    // It has ended in the middle.
    if (uid === undefined) return [];
    const cmdLine = (commandLines.get(pid) ?? '').replaceAll('\0', ' ').trim();
    const startTime = new Date(bootMs + (Number(ticks) / TICKS_PER_SECOND) * 1000);
    return [{ name, pid: Number(pid), owner: names.get(uid) ?? uid, cmdLine, startTime }];
  });
}
