/** The step of the boot from which on a host remembers its performance: out of what `vmk top` shows, and what went through ports. */
import { cpus as machineCpus } from 'node:os';
import {
  everyRealTime,
  type PerfNic,
  PerfRecorder,
  type PerfSample,
  portTraffic,
  REALTIME,
} from '#management';
import { nicName, type PortCounters, type SwitchPort } from '#net';
import { hostTop } from './host-top.ts';
import type { HostParts } from './parts.ts';

/** What the host's processors do in a second, as far as the machine tells. */
const DEFAULT_MHZ = 1000;
/** The key of a VM's first card. Source: ESXi's device keys. */
const FIRST_NIC = 4000;
const ROOT_POOL = 'ha-root-pool';

export const cpuMhz = (): number => machineCpus()[0]?.speed || DEFAULT_MHZ;

export function beginPerformance(parts: HostParts): void {
  const usage = hostTop(parts);
  const mhz = cpuMhz();
  const recorder = new PerfRecorder((): PerfSample => {
    const ports = new Map(parts.network.networks.ports.map(({ port }) => [port.station.name, port]));
    return {
      top: usage.sample(),
      cpuMhz: mhz,
      vms: parts.vms.running.map((vm) => ({
        ...{ entity: String(vm.id), name: vm.name, bootMs: (vm.bootMs ?? 0) + parts.clock.offsetMs },
        pools: poolsOf(parts, vm.settings.pool),
        nics: vm.settings.nics.flatMap(({ index }) => vmNic(ports.get(nicName(vm.name, index)), index)),
      })),
      uplinks: uplinks(parts),
    };
  });
  recorder.tick();
  parts.performance = recorder;
  parts.endPerformance = everyRealTime(REALTIME.seconds * 1000, () => recorder.tick());
}

function vmNic(port: SwitchPort | undefined, index: number): PerfNic[] {
  if (port === undefined) return [];
  const counted = portTraffic(port);
  return [nic(String(FIRST_NIC + index), counted, counted.dropped)];
}

/** The managed objects of the pools that a VM of that pool is in. */
function poolsOf({ pools }: HostParts, name: string): string[] {
  const found = pools.all.find((pool) => pool.name === name);
  return found === undefined
    ? [ROOT_POOL]
    : [`pool-${found.id}`, ...poolsOf({ pools } as HostParts, pools.nameOf(found.parent))];
}

/** A card's own side: what goes into the switch is what it sends. */
function nic(instance: string, counted: Omit<PortCounters, 'drops'>, droppedTx: number): PerfNic {
  return {
    instance,
    ...{ packetsTx: counted.framesIn, bytesTx: counted.bytesIn, droppedTx },
    ...{ packetsRx: counted.framesOut, bytesRx: counted.bytesOut, droppedRx: 0 },
    ...{ multicastTx: counted.multicastIn, broadcastTx: counted.broadcastIn },
    ...{ multicastRx: counted.multicastOut, broadcastRx: counted.broadcastOut },
  };
}

/** What comes in by an uplink is what the host receives. */
function uplinks({ network }: HostParts): PerfNic[] {
  return network.networks.uplinks.map(({ uplink: { name, counters } }) => ({
    instance: name,
    ...{ packetsRx: counters.framesIn, bytesRx: counters.bytesIn, droppedRx: 0 },
    ...{ packetsTx: counters.framesOut, bytesTx: counters.bytesOut, droppedTx: 0 },
    ...{ multicastRx: counters.multicastIn, broadcastRx: counters.broadcastIn },
    ...{ multicastTx: counters.multicastOut, broadcastTx: counters.broadcastOut },
  }));
}
