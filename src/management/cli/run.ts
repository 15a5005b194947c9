/** The command "vmk run": one machine on this terminal, from its options to its exit status. */
import type { Guest, Report } from '#guest';
import { EXIT_STATUS, HostError, usageError } from '#lib';
import { ExecOutput } from '../exec.ts';
import { Progress } from '../progress.ts';
import type { ProfileConfig, RunConfig, RunMachine, RunResult, Terminal } from '../run-config.ts';
import type { Script } from '../run-script.ts';
import { ProcessTerminal, type TerminalParts } from '../terminal.ts';
import type { Values } from './options.ts';
import type { RUN_OPTIONS } from './run-options.ts';

export type RunValues = Values<typeof RUN_OPTIONS>;

/** What the command works with; a test gives others. */
export interface RunContext {
  readonly runMachine: RunMachine;
  readonly process: TerminalParts & {
    readonly stderr: { readonly isTTY?: boolean; write(text: string): unknown };
  };
  /** The default guest, fetched if need be. */
  readonly guest: (report: Report) => Promise<Guest>;
}

/** What this process has. */
export function ownContext(runMachine: RunMachine): RunContext {
  return {
    ...{ runMachine, process },
    async guest(report) {
      const { cacheFolder, defaultGuest } = await import('#guest');
      return defaultGuest(cacheFolder(), report);
    },
  };
}

/** Runs a machine as the options say; resolves to the exit status. Throws HostError. */
export async function run(given: RunValues, context: RunContext): Promise<number> {
  const values = given.record === undefined ? given : { ...given, deterministic: true };
  checkTogether(values);
  const progress = new Progress(context.process.stderr);
  const report: Report = (activity, fraction) => progress.report(activity, fraction);
  let script: Script | undefined;
  try {
    const guest = needsGuest(values) ? await context.guest(report) : undefined;
    if (values.exec !== undefined) {
      const { prepareScript } = await import('../run-script.ts');
      script = await prepareScript(values.exec, values.deterministic);
    }
    report('starting the machine');
    return await runOnTerminal(
      toConfig(values, guest, script?.path, context.process),
      script,
      progress,
      context,
    );
  } finally {
    progress.done();
    await script?.remove();
  }
}

/** What only the options together show to be wrong. */
function checkTogether(values: RunValues): void {
  const { kernel, firmware, exec, console, initrd, record, gdb, 'gdb-wait': wait, trace } = values;
  if (wait && gdb === undefined) throw usageError('--gdb-wait goes with --gdb');
  if (record !== undefined && trace.length > 0) throw usageError('--record and --trace exclude each other');
  const hasNetwork = values.net || values.forward.length > 0;
  if (hasNetwork && (values.deterministic || gdb !== undefined))
    throw usageError('--net has no place in runs of exact steps: what comes from outside is of chance');
  if (kernel !== undefined && firmware !== undefined)
    throw usageError('--kernel and --firmware exclude each other');
  if (!values.profile && (values.json || values['system-map'] !== undefined))
    throw usageError(`--${values.json ? 'json' : 'system-map'} goes with --profile`);
  if (values.profile && (record !== undefined || gdb !== undefined))
    throw usageError(`--profile and --${record === undefined ? 'gdb' : 'record'} exclude each other`);
  if (firmware === undefined) {
    if (exec !== undefined && console === 'none')
      throw usageError('--exec needs a console: leave --console none out');
    return;
  }
  if (exec !== undefined)
    throw usageError('--exec needs a Linux kernel, which --firmware does not start by itself');
  if (initrd.length > 0) throw usageError('--initrd goes with a kernel, not with --firmware');
}

/** The default guest gives the kernel, and for its scripts also the initramfs. */
function needsGuest({ kernel, firmware, exec, initrd }: RunValues): boolean {
  if (firmware !== undefined) return false;
  return kernel === undefined || (exec !== undefined && initrd.length === 0);
}

/** The machine that the options and the default guest, where it is needed, describe. */
export function toConfig(
  values: RunValues,
  guest: Guest | undefined,
  script: string | undefined,
  screen: Screen,
): RunConfig {
  const { firmware, memory: memoryBytes, disk: disks, deterministic, engine, trace, stats, cpus } = values;
  const kernel = values.kernel ?? (firmware === undefined ? guest?.kernelPath : undefined);
  const ownInitrd = guest !== undefined && values.initrd.length === 0 ? [guest.initramfsPath] : values.initrd;
  return {
    ...(kernel !== undefined && { kernel }),
    ...(firmware !== undefined && { firmware }),
    initrd: script === undefined ? ownInitrd : [...ownInitrd, script],
    append: commandLine(values, guest === undefined ? {} : screen),
    memoryBytes,
    disks,
    console: values.console,
    deterministic,
    engine,
    trace,
    stats,
    cpus,
    ...(values['check-code'] && { checkCode: true }),
    ...(values['no-kept-code'] && { keepsNoCode: true }),
    ...(values.profile && { profile: profileConfig(values) }),
    ...lab(values),
    ...net(values),
  };
}

function profileConfig({ json, 'system-map': systemMap }: RunValues): ProfileConfig {
  return { json, ...(systemMap !== undefined && { systemMap }) };
}

function net({ net, forward }: RunValues): Partial<RunConfig> {
  return net || forward.length > 0 ? { net: { forwards: forward } } : {};
}

/** What is done in exact steps. */
function lab({ record, gdb, 'gdb-wait': wait }: RunValues): Partial<RunConfig> {
  if (record === undefined && gdb === undefined) return {};
  return { lab: { ...(record !== undefined && { record }), ...(gdb && { gdb: { ...gdb, wait } }) } };
}

/** The terminal that the guest's programs draw on. */
export interface Screen {
  readonly stdout?: { readonly isTTY?: boolean; readonly rows?: number; readonly columns?: number };
}

const CONSOLE_PARAMETER = { serial: ['console=ttyS0'], virtio: ['console=hvc0'], none: [] } as const;

function commandLine(values: RunValues, { stdout }: Screen): string {
  const { console, append, exec, firmware, deterministic } = values;
  if (firmware !== undefined) return append ?? '';
  // A message of the kernel in the middle would be taken for the script's.
  const silence = exec === undefined ? [] : ['loglevel=1'];
  // The kernel hands what it does not know to the guest's /init as its environment.
  const hasScreen = stdout?.isTTY === true && exec === undefined && !deterministic;
  const size = hasScreen ? [`VMK_ROWS=${stdout.rows}`, `VMK_COLUMNS=${stdout.columns}`] : [];
  const words = [...CONSOLE_PARAMETER[console], ...silence, append ?? 'quiet', ...size];
  return words.filter((word) => word !== '').join(' ');
}

export async function runOnTerminal(
  config: RunConfig,
  script: Script | undefined,
  progress: Progress,
  context: RunContext,
): Promise<number> {
  const terminal = new ProcessTerminal(context.process, {
    input: script === undefined && config.lab?.replay === undefined,
    inputEnd: !config.deterministic || config.lab?.record !== undefined,
    onFirstOutput: () => progress.done(),
  });
  const exec = script && new ExecOutput(script.nonce, (bytes) => terminal.write(bytes));
  if (terminal.isInteractive) context.process.stderr.write('vmk: Ctrl-] leaves the machine\n');
  terminal.open();
  let result: RunResult;
  try {
    result = await context.runMachine(config, exec === undefined ? terminal : filtered(terminal, exec));
  } finally {
    progress.done();
    await terminal.settle();
    terminal.close();
  }
  return exitStatus(result, terminal.signalStatus, exec);
}

/** A terminal that shows only what the script says. */
function filtered(terminal: Terminal, exec: ExecOutput): Terminal {
  return {
    write(bytes) {
      exec.push(bytes);
      return terminal.write(new Uint8Array());
    },
    drained: () => terminal.drained(),
    onInput: () => {},
    pauseInput: () => {},
    stop: terminal.stop,
  };
}

/** The exit status for how the run ended. Throws HostError `guest-fault`. */
function exitStatus(
  result: RunResult,
  signalStatus: number | undefined,
  exec: ExecOutput | undefined,
): number {
  if (result.kind === 'left') return signalStatus ?? EXIT_STATUS.ok;
  if (exec !== undefined && !exec.begun) throw neverBegan(result, exec.preamble);
  if (result.kind === 'fault') throw new HostError('guest-fault', { reason: result.message });
  return exec?.status ?? Math.min(result.status, 255);
}

function neverBegan(result: RunResult, preamble: string): HostError {
  const how = result.kind === 'fault' ? result.message : 'the guest switched off before it ran the script';
  const shown = preamble.trim() === '' ? '' : `; its console said:\n${preamble.trimEnd()}`;
  return new HostError('guest-fault', { reason: `${how}${shown}` });
}
