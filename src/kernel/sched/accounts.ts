/** Where the time of worlds went: exact, up to the moment of asking. */
import { NodeKind, nodeOf, ROOT, type SchedulerState } from './scheduler-state.ts';
import { WorldState, type WorldStateCode, type WorldTable } from './world-table.ts';

/** `runNs + readyNs + costopNs + waitNs` is the time since the world was made. */
export interface WorldAccount {
  readonly world: number;
  readonly group: number;
  /** Number of the VM, and the world's number in it. */
  readonly vm: number;
  readonly vcpu: number;
  readonly state: WorldStateCode;
  readonly pcpu: number;
  readonly runNs: number;
  /** Ready, also while a limit is used up. */
  readonly readyNs: number;
  readonly limitedNs: number;
  readonly costopNs: number;
  readonly waitNs: number;
  /** Waiting for an interrupt: part of `waitNs`. */
  readonly idleNs: number;
  readonly steps: number;
}

/** All worlds of a host at one moment. */
export interface HostAccounts {
  readonly nowNs: number;
  readonly worlds: readonly WorldAccount[];
  /** Sum over time of the worlds that ran or were ready. */
  readonly runnableNs: number;
  /** Time that each pCPU has run worlds: what its worlds have run there. */
  readonly pcpuBusyNs: readonly number[];
}

/** Reads the tables. Preconditions: the scheduler's lock is held, or its state was refreshed just now. */
export function readAccounts(table: WorldTable, state: SchedulerState): HostAccounts {
  const { nowNs, settings } = state;
  const worlds: WorldAccount[] = [];
  for (let world = 0, { end } = table; world < end; world++) {
    if (table.state(world) !== WorldState.free) worlds.push(accountOf(table, world, nowNs));
  }
  const pcpuBusyNs = table.busyNs(settings.pcpus, nowNs);
  return { nowNs, worlds, runnableNs: state.host.runnableNs.get(0), pcpuBusyNs };
}

function accountOf(table: WorldTable, world: number, nowNs: number): WorldAccount {
  const { columns } = table;
  const number = (name: keyof typeof columns) => columns[name][world] as number;
  const { state, run, ready, wait, costop, limited, idle } = table.times(world, nowNs);
  return {
    world,
    ...{ group: number('group'), vm: number('vm'), vcpu: number('vcpu'), state, pcpu: number('pcpu') },
    runNs: run,
    readyNs: ready - costop,
    limitedNs: limited,
    costopNs: costop,
    waitNs: wait,
    idleNs: idle,
    steps: number('steps'),
  };
}

/** How long a world waited for its first run after it woke up. */
export interface WakeLatency {
  readonly wakes: number;
  readonly meanNs: number;
  readonly longestNs: number;
}

export function wakeLatency({ nodes }: SchedulerState, world: number): WakeLatency {
  const node = nodeOf(world);
  const wakes = nodes.wakes.get(node);
  const meanNs = wakes === 0 ? 0 : nodes.wakeNs.get(node) / wakes;
  return { wakes, meanNs, longestNs: nodes.longestWakeNs.get(node) };
}

/** Counts anew from now on. */
export function forgetWakes({ nodes }: SchedulerState, world: number): void {
  for (const field of ['wakes', 'wakeNs', 'longestWakeNs'] as const) nodes[field].set(nodeOf(world), 0);
}

/** What a pool or VM is, for who shows it. */
export interface GroupStatus {
  readonly kind: 'pool' | 'vm';
  readonly parent: number | undefined;
  readonly shares: number;
  /** In pCPUs; Infinity for no limit. */
  readonly reservation: number;
  readonly guaranteed: number;
  readonly limit: number;
  /** Time that its worlds have run, those that are gone too. */
  readonly usedNs: number;
  /** Worlds inside that want to run, and that run. */
  readonly wanting: number;
  readonly running: number;
}

export function groupStatus({ nodes }: SchedulerState, group: number): GroupStatus {
  return {
    kind: nodes.kind.get(group) === NodeKind.vm ? 'vm' : 'pool',
    parent: group === ROOT ? undefined : nodes.parent.get(group),
    shares: nodes.weight.get(group),
    reservation: nodes.reservation.get(group),
    guaranteed: nodes.guaranteed.get(group),
    limit: nodes.limit.get(group),
    usedNs: nodes.usedNs.get(group),
    wanting: nodes.wanting.get(group),
    running: nodes.running.get(group),
  };
}
