/** GuestProcessManager: programs in a guest started, listed, ended. */
import { quoted } from '../../vms/agent/words.ts';
import type { VimContext } from '../context.ts';
import { FAULTS } from '../model/faults.ts';
import { ASKED, managed } from '../model/managed.ts';
import { fault, VimFault } from '../model/value.ts';
import type { GuestProcessInfo, GuestProgramSpec } from '../table/vim25.d.ts';
import { guarded, VM_FAULTS } from '../vm/vm-faults.ts';
import { GUEST_FAULTS, type GuestUser, guestUser, runAs } from './guest-login.ts';

const EXECUTE = 'VirtualMachine.GuestOperations.Execute';
const QUERY = 'VirtualMachine.GuestOperations.Query';
const VARIABLE = /^([A-Za-z_][A-Za-z0-9_]*)=([\s\S]*)$/;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const NO_PROGRAM = 127;
const MAX_PIDS = 64;
const TICKS_PER_SECOND = 100;

/** Times since boot, then a line a process: number, owner, beginning in ticks, name, command line. */
const LIST = [
  'cut -d" " -f1 /proc/uptime',
  'for d in /proc/[0-9]*; do',
  '[ -r $d/stat ] || continue',
  's=$(cat $d/stat 2>/dev/null) || continue',
  'set -- ${s##*) }',
  'u=$(sed -n "s/^Uid:[[:space:]]*\\([0-9]*\\).*/\\1/p" $d/status)',
  'printf "%s %s %s %s %s\\n" "${d#/proc/}" "$u" "${20}" "$(cat $d/comm | tr " " _)" "$(tr "\\0\\n" "  " <$d/cmdline)"',
  'done',
  'echo --; cut -d: -f1,3 /etc/passwd',
].join('\n');

/** A program as a script: in its folder, with its variables. */
function programScript({
  programPath,
  arguments: given,
  workingDirectory,
  envVariables = [],
}: GuestProgramSpec) {
  const lines = [
    `cd ${quoted(workingDirectory === undefined || workingDirectory === '' ? '/' : workingDirectory)} || exit`,
  ];
  for (const variable of envVariables) {
    const [, name, value = ''] = VARIABLE.exec(variable) ?? [];
    if (name === undefined) return FAULTS.invalidArgument('spec.envVariables');
    lines.push(`export ${name}=${quoted(value)}`);
  }
  // Arguments are the shell's words, as ESXi hands them to one.
  return [...lines, `exec ${quoted(programPath)} ${given}`].join('\n');
}

async function start(user: GuestUser, spec: GuestProgramSpec): Promise<number | VimFault> {
  if (spec.programPath === '') return FAULTS.invalidArgument('spec.programPath');
  const script = programScript(spec);
  if (script instanceof VimFault) return script;
  const path = quoted(spec.programPath);
  const isThere = await runAs(user, `command -v ${path} >/dev/null || exit ${NO_PROGRAM}`, () =>
    VM_FAULTS.fileNotFound(spec.programPath),
  );
  if (isThere instanceof VimFault) return isThere;
  const program = await guarded(() => user.vm.vm.guest.start(user.as(script)), user.vm);
  return program instanceof VimFault ? GUEST_FAULTS.unavailable() : program.pid;
}

async function list(user: GuestUser, pids: readonly number[]): Promise<GuestProcessInfo[] | VimFault> {
  const output = await runAs(user, LIST, () => GUEST_FAULTS.permission());
  if (output instanceof VimFault) return output;
  const running = readList(output, user.vm.nowMs);
  const ended = user.vm.vm.guest.programs
    .filter(({ pid, endedMs }) => endedMs !== undefined && !running.some((one) => one.pid === pid))
    .map(({ pid, script, startedMs, endedMs = 0, status = 0 }) => ({
      ...{ name: script.split('/').at(-1)?.split(/['\s]/)[0] ?? '', pid, owner: user.name },
      cmdLine: /exec (.*)$/.exec(script)?.[1] ?? script,
      ...{ startTime: new Date(startedMs), endTime: new Date(endedMs), exitCode: status },
    }));
  const all = [...running, ...ended];
  return pids.length === 0 ? all : all.filter(({ pid }) => pids.includes(Number(pid)));
}

function readList(output: string, nowMs: number): GuestProcessInfo[] {
  const [processes = '', accounts = ''] = output.split(/^--$/m);
  const owners = new Map(
    accounts.split('\n').map((line) => {
      const [name = '', uid = ''] = line.split(':');
      return [uid, name] as const;
    }),
  );
  const [uptime = '0', ...lines] = processes.split('\n');
  const bootMs = nowMs - Number(uptime) * 1000;
  return lines.flatMap((line) => {
    const [, pid, uid = '', ticks, name = '', cmdLine = ''] =
      /^(\d+) (\d+) (\d+) (\S+) (.*)$/.exec(line) ?? [];
    if (pid === undefined) return [];
    const startTime = new Date(bootMs + (Number(ticks) / TICKS_PER_SECOND) * 1000);
    return [{ name, pid: Number(pid), owner: owners.get(uid) ?? uid, cmdLine: cmdLine.trim(), startTime }];
  });
}

export const GuestProcessManager = managed<'GuestProcessManager', VimContext>('GuestProcessManager', {
  properties: {},
  methods: {
    StartProgramInGuest: {
      privilege: ASKED,
      async invoke(vim, args, call) {
        const user = await guestUser(vim, args, EXECUTE, call);
        return user instanceof VimFault ? user : await start(user, args.spec);
      },
    },
    ListProcessesInGuest: {
      privilege: ASKED,
      async invoke(vim, args, call) {
        if ((args.pids?.length ?? 0) > MAX_PIDS) return FAULTS.invalidArgument('pids');
        const user = await guestUser(vim, args, QUERY, call);
        return user instanceof VimFault ? user : await list(user, (args.pids ?? []).map(Number));
      },
    },
    TerminateProcessInGuest: {
      privilege: ASKED,
      async invoke(vim, args, call) {
        const user = await guestUser(vim, args, EXECUTE, call);
        if (user instanceof VimFault) return user;
        const pid = Number(args.pid);
        const result = await runAs(
          user,
          `[ -d /proc/${pid} ] || exit 3; kill ${pid} 2>/dev/null || exit 4`,
          (status) =>
            status === 3
              ? fault('GuestProcessNotFound', { pid }, `There is no process ${pid} in the guest.`)
              : GUEST_FAULTS.permission(),
        );
        return result instanceof VimFault ? result : undefined;
      },
    },
    ReadEnvironmentVariableInGuest: {
      privilege: ASKED,
      async invoke(vim, args, call) {
        const names = args.names ?? [];
        if (!names.every((name) => NAME.test(name))) return FAULTS.invalidArgument('names');
        const user = await guestUser(vim, args, QUERY, call);
        if (user instanceof VimFault) return user;
        const output = await runAs(user, 'env', () => GUEST_FAULTS.permission());
        if (output instanceof VimFault) return output;
        const lines = output.split('\n').filter((line) => line !== '');
        return names.length === 0
          ? lines
          : lines.filter((line) => names.includes(line.split('=', 1)[0] ?? ''));
      },
    },
  },
});
