/** What "vmk top" is told of a host: the accounts of its worlds with their names, and what memory and disks say. */
import { groupStatus, type WorldAccount } from '#kernel';
import type { TopDisk, TopHost, TopMemory, TopSource } from '#management';
import type { Cpus } from './cpus.ts';

const NS_PER_MS = 1e6;

/** What is not the CPUs'. */
export interface TopParts {
  readonly name: string;
  readonly wallMs: () => number;
  readonly memory: () => TopHost['memory'];
  /** Time that the switches have worked for what VMs sent, by their names. */
  readonly switchMs: () => ReadonlyMap<string, number>;
  readonly vmMemory: () => readonly TopMemory[];
  readonly disks: () => readonly TopDisk[];
}

/** A source over the CPUs of a host. */
export function topSource(cpus: Cpus, parts: TopParts): TopSource {
  return {
    sample() {
      const { nowNs, worlds, load, pcpuBusyNs } = cpus.resources.accounts();
      const { state } = cpus.resources;
      const groups = cpus.resources.groups
        .filter(([group]) => groupStatus(state, group).kind === 'vm')
        .map(([id, name]) => ({ id, name }));
      const names = new Map(groups.map(({ id, name }) => [id, name]));
      const switchMs = parts.switchMs();
      const shown = worlds.filter(({ group }) => names.has(group));
      return {
        takenNs: nowNs,
        wallMs: parts.wallMs(),
        host: {
          ...{ name: parts.name, uptimeNs: nowNs, vms: groups.length, vcpus: shown.length },
          ...{ load, pcpuBusyNs, memory: parts.memory() },
        },
        groups,
        worlds: shown.map((world) => topWorld(world, names.get(world.group) ?? '', switchMs)),
        memory: parts.vmMemory(),
        disks: parts.disks(),
      };
    },
  };
}

/** What the switches did for a VM stands at its first world. */
function topWorld(account: WorldAccount, vm: string, switchMs: ReadonlyMap<string, number>) {
  const { world, group, vcpu, runNs, readyNs, limitedNs, costopNs, waitNs, idleNs } = account;
  const name = `vmx-vcpu-${vcpu}:${vm}`;
  const systemNs = vcpu === 0 ? (switchMs.get(vm) ?? 0) * NS_PER_MS : 0;
  return { id: world, group, name, runNs, readyNs, limitedNs, costopNs, waitNs, idleNs, systemNs };
}
