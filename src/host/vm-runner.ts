/** Runs the VMs of a host that is up: one worker thread a VM. */
import { cacheFolder, defaultGuest, type Report } from '#guest';
import type { RunConfig, RunningVm, RunResult, VmEnd, VmRunner, VmToRun } from '#management';
import { Host } from './host.ts';

const MIB = 2 ** 20;
const CONSOLE_PARAMETER = { serial: 'console=ttyS0', virtio: 'console=hvc0', none: '' } as const;

/** @param report - hears what takes long: the guest is being fetched. */
export function vmRunner(report: Report): VmRunner {
  return {
    async start(vm, output) {
      const config = await runConfig(vm, report);
      const stop = new AbortController();
      let type: (bytes: Uint8Array) => void = () => {};
      const terminal = {
        write: (bytes: Uint8Array) => (output(bytes), true),
        drained: () => Promise.resolve(),
        onInput: (listener: (bytes: Uint8Array) => void) => void (type = listener),
        pauseInput: () => {},
        stop: stop.signal,
      };
      const ended = new Host().run(config, terminal).then(toEnd, fault);
      const running: RunningVm = {
        ended,
        input: (bytes) => type(bytes),
        pause: () => Promise.reject(new Error('not yet')),
        resume: () => Promise.reject(new Error('not yet')),
        reset: () => Promise.reject(new Error('not yet')),
        async stop() {
          stop.abort();
          await ended;
        },
      };
      return running;
    },
  };
}

/** What the machine is, from the VM's settings and, where they name nothing to boot, the default guest. */
async function runConfig({ settings, folder }: VmToRun, report: Report): Promise<RunConfig> {
  const { kernel, firmware, initrds, append, console, memoryMib, vcpus, deterministic, engine } = settings;
  const guest = kernel === '' && firmware === '' ? await defaultGuest(cacheFolder(), report) : undefined;
  const words = firmware === '' ? [CONSOLE_PARAMETER[console], append || 'quiet'] : [append];
  return {
    ...(firmware === '' ? { kernel: guest?.kernelPath ?? kernel } : { firmware }),
    initrd: guest !== undefined && initrds.length === 0 ? [guest.initramfsPath] : initrds,
    append: words.filter((word) => word !== '').join(' '),
    memoryBytes: memoryMib * MIB,
    disks: settings.disks.map(({ fileName, readOnly }) => ({
      path: fileName.startsWith('/') ? fileName : `${folder}/${fileName}`,
      readOnly,
    })),
    console,
    deterministic,
    engine,
    trace: [],
    stats: false,
    cpus: vcpus,
  };
}

function toEnd(result: RunResult): VmEnd {
  if (result.kind === 'left') return { kind: 'stopped' };
  return result.kind === 'fault' ? { kind: 'fault', reason: result.message } : result;
}

function fault(error: unknown): VmEnd {
  return { kind: 'fault', reason: error instanceof Error ? error.message : String(error) };
}
