/** GuestProcessManager: programs in a guest started, listed, ended. */
import type { StartedProgram } from '../../vms/agent/guest-agent.ts';
import type { VimContext } from '../context.ts';
import { FAULTS } from '../model/faults.ts';
import { ASKED, managed } from '../model/managed.ts';
import { VimFault } from '../model/value.ts';
import type { GuestProcessInfo, GuestProgramSpec } from '../table/vim25.d.ts';
import { guarded, VM_FAULTS } from '../vm/vm-faults.ts';
import { GUEST_FAULTS } from './guest-faults.ts';
import { asUser, type GuestUser, guestUser, PRIVILEGE, runAs } from './guest-login.ts';
import {
  endProcess,
  LIST_PROCESSES,
  mayStart,
  programScript,
  readProcesses,
  STATUS,
} from './process-scripts.ts';

const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const MAX_ASKED = 256;

async function start(user: GuestUser, spec: GuestProgramSpec): Promise<number | VimFault> {
  const { programPath, arguments: given, workingDirectory = '' } = spec;
  const script = programScript(spec);
  if (script === undefined) return FAULTS.invalidArgument('spec.envVariables');
  const refused = await runAs(user, mayStart(spec), (status) => {
    if (status === STATUS.noFolder) return VM_FAULTS.fileNotFound(workingDirectory);
    return status === STATUS.denied ? GUEST_FAULTS.permission() : VM_FAULTS.fileNotFound(programPath);
  });
  if (refused instanceof VimFault) return refused;
  const words = {
    name: programPath.split('/').at(-1) ?? '',
    commandLine: `${programPath} ${given}`.trim(),
    owner: user.name,
  };
  const program = await guarded(() => user.vm.vm.guest.start(asUser(user, script), words), user.vm);
  return program instanceof VimFault ? GUEST_FAULTS.unavailable() : program.pid;
}

/** What runs, and what was started through the API and has ended. */
async function list(user: GuestUser, pids: readonly number[]): Promise<GuestProcessInfo[] | VimFault> {
  const { programs } = user.vm.vm.guest;
  const known = pids.map((pid) => programs.findLast((program) => program.pid === pid));
  // Who waits for the end of what they started asks again and again: the host knows it without the guest.
  if (known.length > 0 && known.every((program) => program !== undefined)) return known.map(startedInfo);
  const output = await runAs(user, LIST_PROCESSES, () => GUEST_FAULTS.permission(), { isLong: true });
  if (output instanceof VimFault) return output;
  const running = readProcesses(output, user.vm.nowMs);
  const isEnded = ({ pid, endedMs }: StartedProgram) =>
    endedMs !== undefined && !running.some((one) => one.pid === pid);
  const all = [...running, ...programs.filter(isEnded).map(startedInfo)];
  return pids.length === 0 ? all : all.filter(({ pid }) => pids.includes(Number(pid)));
}

function startedInfo(program: StartedProgram): GuestProcessInfo {
  const { pid, name, owner, commandLine, startedMs, endedMs, status } = program;
  const end = endedMs !== undefined && { endTime: new Date(endedMs), exitCode: status ?? 0 };
  return { name, pid, owner, cmdLine: commandLine, startTime: new Date(startedMs), ...end };
}

export const GuestProcessManager = managed<'GuestProcessManager', VimContext>('GuestProcessManager', {
  properties: {},
  methods: {
    StartProgramInGuest: {
      privilege: ASKED,
      async invoke(vim, args, call) {
        const { programPath, arguments: given, workingDirectory = '' } = args.spec;
        if (programPath === '' || `${programPath}${given}${workingDirectory}`.includes('\0'))
          return FAULTS.invalidArgument('spec');
        const user = await guestUser(vim, args, PRIVILEGE.execute, call);
        return user instanceof VimFault ? user : await start(user, args.spec);
      },
    },
    ListProcessesInGuest: {
      privilege: ASKED,
      async invoke(vim, args, call) {
        if ((args.pids?.length ?? 0) > MAX_ASKED) return FAULTS.invalidArgument('pids');
        const user = await guestUser(vim, args, PRIVILEGE.query, call);
        return user instanceof VimFault ? user : await list(user, (args.pids ?? []).map(Number));
      },
    },
    TerminateProcessInGuest: {
      privilege: ASKED,
      async invoke(vim, args, call) {
        const user = await guestUser(vim, args, PRIVILEGE.execute, call);
        if (user instanceof VimFault) return user;
        const pid = Number(args.pid);
        if (!(Number.isSafeInteger(pid) && pid > 0)) return GUEST_FAULTS.noProcess(pid);
        const result = await runAs(user, endProcess(pid), (status) =>
          status === STATUS.noProcess ? GUEST_FAULTS.noProcess(pid) : GUEST_FAULTS.permission(),
        );
        return result instanceof VimFault ? result : undefined;
      },
    },
    ReadEnvironmentVariableInGuest: {
      privilege: ASKED,
      async invoke(vim, args, call) {
        const names = args.names ?? [];
        if (names.length > MAX_ASKED || !names.every((name) => VARIABLE_NAME.test(name)))
          return FAULTS.invalidArgument('names');
        const user = await guestUser(vim, args, PRIVILEGE.query, call);
        if (user instanceof VimFault) return user;
        const output = await runAs(user, 'env', () => GUEST_FAULTS.permission(), { isLong: true });
        if (output instanceof VimFault) return output;
        const lines = output.split('\n').filter((line) => line !== '');
        return names.length === 0
          ? lines
          : lines.filter((line) => names.includes(line.split('=', 1)[0] ?? ''));
      },
    },
  },
});
