/** Runs the VMs of a host on its pCPUs. */

import { dirname } from 'node:path';
import type { Report } from '#guest';
import { assert, HostError } from '#lib';
import type {
  AgentListener,
  AgentPort,
  DiskConfig,
  RunningVm,
  RunResult,
  VmEnd,
  VmOrigin,
  VmRunner,
  VmToRun,
} from '#management';
import type { Cpus } from './cpus.ts';
import type { DatastoreSchedules } from './datastore-schedules.ts';
import { vmLabs } from './lab/vm-labs.ts';
import { late } from './late-rooms.ts';
import type { VmOrigin as HostOrigin } from './messages.ts';
import type { HostNetwork } from './network/host-network.ts';
import { checkSnapshot } from './snapshot-file.ts';
import { allocationOf, bootFiles, configOf, diskConfig, memoryOf } from './vm-config.ts';
import type { VmHandle } from './vm-handle.ts';

export interface RunnerParts {
  readonly cpus: Cpus;
  readonly network: HostNetwork;
  readonly schedules: DatastoreSchedules;
  /** Hears what takes long: the guest is being fetched. */
  readonly report: Report;
  /** Lines of a VM for the log. */
  readonly log: (line: string) => void;
  /** How much later the host's time is than the machine's. */
  readonly offsetMs: () => number;
  /** Where the pool is that a VM's settings name. @throws HostError `no-such-pool` */
  readonly placeOf: (pool: string) => { readonly group: number; readonly pool: number };
}

export function vmRunner(parts: RunnerParts): VmRunner {
  const { cpus, network, schedules, report, log, placeOf, offsetMs } = parts;
  const handles = new WeakMap<RunningVm, VmHandle>();
  const boot = bootFiles(report);
  return {
    labs: vmLabs(parts, (vm) => configOf(vm, boot)),
    check: checkSnapshot,
    async start(vm, output, origin, trouble) {
      const given = await configOf(vm, boot).catch((error: unknown) => {
        // Who looks at the console sees it too.
        if (error instanceof HostError) output(Buffer.from(`${error.message}\r\n`));
        throw error;
      });
      // VMs are folders of datastores.
      const onSchedule = (disk: DiskConfig): DiskConfig => ({
        ...disk,
        schedule: schedules.memoryOf(dirname(dirname(disk.path))),
        counters: late.storage.diskCounters(),
      });
      const scheduled = given.disks.map(onSchedule);
      const plain = { ...given, disks: scheduled, clockOffsetMs: offsetMs() };
      // What comes from a network is no input that a deterministic run could go through again.
      const hasNics = !plain.deterministic && vm.settings.nics.length > 0;
      const config = hasNics ? { ...plain, nics: network.nicsOf(vm) } : plain;
      const typist = new Typist();
      const channel = new AgentChannel();
      const allocation = allocationOf(vm);
      const console = {
        write: (bytes: Uint8Array) => (output(bytes), true),
        drained: () => Promise.resolve(),
        lines(text: string, done: () => void) {
          for (const line of text.trimEnd().split('\n')) log(line);
          done();
        },
        inputRoom: () => typist.goOn(),
        ...(trouble && { trouble }),
        agent: (bytes: Uint8Array) => channel.listener?.data(bytes),
        agentOpened: (isOpen: boolean) => channel.open(isOpen),
        agentRoom: () => channel.listener?.room(),
      };
      const { group, pool } = placeOf(vm.settings.pool);
      const memory = { ...memoryOf(vm), pool };
      const place = { pool: group, allocation, memory };
      const handle = await cpus.startVm(
        ...([config, console, place, origin && originOf(origin, handles)] as const),
        hasNics ? network.networkOf(vm, (line) => log(`${vm.name}: ${line}`)) : undefined,
      );
      typist.handle = handle;
      channel.handle = handle;
      const machine = running(vm, handle, typist, channel, placeOf, onSchedule);
      handles.set(machine, handle);
      return machine;
    },
  };
}

/** Keeps what was typed faster than the machine takes it. */
class Typist {
  handle: VmHandle | undefined;
  #waiting: Uint8Array = new Uint8Array(0);

  type(bytes: Uint8Array): void {
    this.#waiting = Buffer.concat([this.#waiting, bytes]).subarray(-MAX_WAITING_BYTES);
    this.goOn();
  }

  goOn(): void {
    if (this.#waiting.length === 0 || this.handle === undefined) return;
    this.#waiting = this.#waiting.subarray(this.handle.input(this.#waiting));
  }
}
/** What may wait to be typed: more is lost, the oldest first. */
const MAX_WAITING_BYTES = 2 ** 20;

/** The way to the guest's agent. */
class AgentChannel implements AgentPort {
  handle: VmHandle | undefined;
  listener: AgentListener | undefined;
  #isOpen = false;

  async send(bytes: Uint8Array): Promise<number> {
    return (await this.handle?.tellAgent(bytes)) ?? 0;
  }

  listen(listener: AgentListener): void {
    this.listener = listener;
    listener.opened(this.#isOpen);
  }

  open(isOpen: boolean): void {
    this.#isOpen = isOpen;
    this.listener?.opened(isOpen);
  }
}

function running(
  vm: VmToRun,
  handle: VmHandle,
  typist: Typist,
  agent: AgentPort,
  placeOf: RunnerParts['placeOf'],
  onSchedule: (disk: DiskConfig) => DiskConfig,
): RunningVm {
  // The places of its disks, by their numbers.
  const units: (number | undefined)[] = vm.settings.disks.map(({ unit }) => unit);
  const numberOf = (unit: number): number => {
    const number = units.indexOf(unit);
    if (number >= 0) return number;
    const reason = `the machine has no disk ${unit}`;
    throw new HostError('vm-refused', { action: 'use a disk of', vm: vm.name, reason });
  };
  return {
    agent,
    ended: handle.ended.then(({ result }) => toEnd(result)),
    input: (bytes) => typist.type(bytes),
    press: (button) => handle.press(button),
    pause: () => handle.pause(),
    resume: () => handle.resume(),
    reset: () => handle.reset(),
    allocate: (settings) =>
      handle.allocate(
        allocationOf({ settings }),
        memoryOf({ ...vm, settings }).allocation,
        placeOf(settings.pool),
      ),
    retry() {
      handle.retry();
      // Who is gone by now has nothing to try.
      for (const [number, unit] of units.entries())
        if (unit !== undefined) handle.disk(number, { do: 'retry' }).catch(() => undefined);
    },
    guestMemory: () => handle.guestMemory(),
    stop: () => handle.powerOff(),
    snapshot: (path, base) => handle.snapshot(path, base),
    disk: async (unit, action) => handle.disk(numberOf(unit), action),
    async plug(disk) {
      const { scsi } = disk;
      assert(scsi !== undefined, 'only units of SCSI controllers come while a machine runs');
      units[await handle.plug({ ...onSchedule(diskConfig(disk, vm)), scsi })] = disk.unit;
    },
    async unplug(unit) {
      const number = numberOf(unit);
      await handle.unplug(number);
      units[number] = undefined;
    },
  };
}

function originOf(origin: VmOrigin, handles: WeakMap<RunningVm, VmHandle>): HostOrigin {
  if (origin.kind === 'snapshot') return { kind: 'snapshot', files: [origin.path] };
  const parent = handles.get(origin.parent);
  assert(parent !== undefined, 'a copy is made of a machine of this host');
  return { kind: 'fork', parent: parent.vm };
}

function toEnd(result: RunResult): VmEnd {
  if (result.kind === 'left') return { kind: 'stopped' };
  return result.kind === 'fault' ? { kind: 'fault', reason: result.message } : result;
}
