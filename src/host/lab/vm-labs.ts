/**
 * VMs of a host in labs. While one is there it runs beside the pCPUs, on a thread and in memory of its own: it is
 * admitted as a VM whose memory is all reserved, and its shares and limits wait until it is back.
 */
import { HostError } from '#lib';
import type { DebuggedVm, ReplayOptions, RunningVm, RunResult, VmEnd, VmLabs, VmToRun } from '#management';
import type { VmConfig } from '../messages.ts';
import { allocationOf, memoryOf } from '../vm-config.ts';
import type { RunnerParts } from '../vm-runner.ts';
import { LabNetwork } from './lab-network.ts';
import { LabThread } from './lab-thread.ts';
import type { LabRun } from './messages.ts';

export function vmLabs(parts: RunnerParts, configOf: (vm: VmToRun) => Promise<VmConfig>): VmLabs {
  const nicsOf = (vm: VmToRun) => (vm.settings.nics.length > 0 ? { nics: parts.network.nicsOf(vm) } : {});
  const planned = async (vm: VmToRun, change: Partial<LabRun>): Promise<LabRun> => {
    const config = await configOf(vm);
    return { ...config, engine: 'jit', stats: false, writesDisks: true, ...change };
  };
  return {
    async record(vm, output, { path, disks, origin }) {
      const config = await planned(vm, {
        ...{ deterministic: true, isPaced: true, recordedDisks: disks },
        // On a pCPU a deterministic machine has no cards: it is to be the same one here.
        ...(origin !== undefined && vm.settings.deterministic ? {} : nicsOf(vm)),
        isOfWorld: !vm.settings.deterministic,
        ...(origin !== undefined && { origin }),
        lab: { record: path },
      });
      const { running, lab } = await start(parts, vm, config, output);
      return { ...running, press: (button) => lab.press(button) };
    },
    async debug(vm, output, origin, gdb) {
      const nics = vm.settings.deterministic ? {} : nicsOf(vm);
      const begin = origin === undefined ? {} : { origin };
      const change = { lab: { gdb: { ...gdb, wait: true } }, ...begin, ...nics };
      const { running, address } = await start(parts, vm, await planned(vm, change), output);
      return { ...running, address: address ?? '' } satisfies DebuggedVm;
    },
    async replay(path, options) {
      const begunMs = performance.now();
      const lab = new LabThread(replayConfig(path, options), {
        output: () => {},
        line: (line) => parts.log(`replay of ${path}: ${line}`),
      });
      const address = await lab.ready;
      return {
        address,
        stop: () => lab.tell({ kind: 'stop' }),
        ended: lab.ended.then(({ result, steps, firstStep, stateHash, hashes }) => ({
          steps: String(steps),
          firstStep: String(firstStep),
          compared: hashes?.compared ?? 0,
          hashes: hashes?.all ?? 0,
          state: stateHash ?? '',
          how: result.kind,
          ms: Math.round(performance.now() - begunMs),
        })),
      };
    },
  };
}

/** Its machine and files are those of the recording. */
function replayConfig(path: string, { until, gdb, disks }: ReplayOptions): LabRun {
  return {
    ...{ initrd: [], append: '', memoryBytes: 0, disks: [], console: 'serial' },
    ...{ deterministic: true, engine: 'jit', trace: [], stats: false, cpus: 1 },
    lab: { replay: { path, until, ...(disks && { disks }) }, ...(gdb && { gdb: { ...gdb, wait: true } }) },
  };
}

/** Admits a VM and starts it. @throws HostError */
async function start(
  { cpus, network, log, placeOf }: RunnerParts,
  vm: VmToRun,
  config: LabRun,
  output: (bytes: Uint8Array) => void,
): Promise<{ readonly running: RunningVm; readonly lab: LabThread; readonly address: string | undefined }> {
  const { group, pool } = placeOf(vm.settings.pool);
  const switchedOn = cpus.resources.switchOn(vm.name, config.cpus, group, allocationOf(vm));
  let giveBack: (() => void) | undefined;
  const lan = new LabNetwork(network, vm, (line) => log(`${vm.name}: ${line}`));
  const leave = (): void => {
    cpus.resources.switchOff(switchedOn);
    giveBack?.();
    lan.unplug();
  };
  try {
    giveBack = cpus.hostMemory?.reserve({ ...memoryOf(vm), pool });
    const lab = new LabThread(config, {
      output: (bytes) => output(bytes),
      line: (line) => log(`${vm.name}: ${line}`),
      frame: (frame) => lan.sent(frame),
      reception: (reception) => lan.listens(reception),
    });
    lan.plug((nic, frame) => lab.tell({ kind: 'frame', nic, frame }));
    const address = await lab.ready;
    const ended = lab.ended.then(({ result }) => toEnd(result), failed).finally(leave);
    return { running: inLab(vm, lab, ended), lab, address };
  } catch (error) {
    leave();
    throw error;
  }
}

function inLab(vm: VmToRun, lab: LabThread, ended: Promise<VmEnd>): RunningVm {
  return {
    ended,
    input: (bytes) => lab.tell({ kind: 'input', bytes }),
    pause: async () => lab.tell({ kind: 'hold' }),
    resume: async () => lab.tell({ kind: 'let-go' }),
    reset: async () => Promise.reject(refused(vm, 'reset')),
    allocate: () => {},
    retry: () => {},
    async stop() {
      lab.tell({ kind: 'stop' });
      await ended;
    },
    snapshot: (path) => lab.save(path),
    disk: async () => Promise.reject(refused(vm, 'change a disk of')),
  };
}

function refused({ name }: VmToRun, action: string): HostError {
  return new HostError('vm-refused', { action, vm: name, reason: 'it runs in exact steps' });
}

function failed(error: unknown): VmEnd {
  return { kind: 'fault', reason: error instanceof Error ? error.message : String(error) };
}

function toEnd(result: RunResult): VmEnd {
  if (result.kind === 'left') return { kind: 'stopped' };
  return result.kind === 'fault' ? { kind: 'fault', reason: result.message } : result;
}
