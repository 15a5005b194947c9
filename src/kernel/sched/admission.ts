/** Admission control: whether a reservation can be guaranteed, and the reason when it cannot. */

import type { PoolTree } from './pool-tree.ts';
import { NodeKind, ROOT, type SchedulerState } from './scheduler-state.ts';
import { type CpuAllocation, MAX_SHARES } from './settings.ts';

/** The answer; `reason` is a sentence for the person. */
export type Admission = { readonly ok: true } | { readonly ok: false; readonly reason: string };

const ADMITTED: Admission = { ok: true };
/** Fractions of a pCPU that are rounding only. */
const EPSILON = 1e-9;

/** What is asked for. */
export interface Demand {
  /** As it is named in the reason. */
  readonly name: string;
  /** Of a VM; absent for a pool. */
  readonly vcpus?: number;
  readonly allocation: CpuAllocation;
}

/**
 * Whether the tree has room for a new child of `pool`. A pool gives what its reservation has left; an expandable one
 * takes the rest from its parent, and so on. Source: vSphere Resource Management 8.0, "Resource Pool Admission Control".
 */
export function admit(
  state: SchedulerState,
  tree: PoolTree,
  pool: number,
  demand: Demand,
  poolName: (node: number) => string,
): Admission {
  const wrong = contradiction(demand, state.settings.mhzPerPcpu);
  if (wrong !== undefined) return { ok: false, reason: `${demand.name}: ${wrong}` };
  const needed = demand.allocation.reservationMhz / state.settings.mhzPerPcpu;
  return reserve(state, tree, pool, needed, { demand, poolName });
}

/** Whether a pool or VM that is there may get another allocation. */
export function admitChange(
  state: SchedulerState,
  tree: PoolTree,
  node: number,
  demand: Demand,
  poolName: (node: number) => string,
): Admission {
  const { nodes, settings } = state;
  const wrong = contradiction(demand, settings.mhzPerPcpu);
  if (wrong !== undefined) return { ok: false, reason: `${demand.name}: ${wrong}` };
  const inside = nodes.kind.get(node) === NodeKind.pool ? tree.reservedInside(node) : 0;
  const { limitMhz = Infinity, reservationMhz, expandable } = demand.allocation;
  const mhz = (pcpus: number) => `${Math.round(pcpus * settings.mhzPerPcpu)} MHz`;
  if (inside * settings.mhzPerPcpu > limitMhz + EPSILON) {
    return { ok: false, reason: `${demand.name}: ${mhz(inside)} are reserved inside, more than the limit` };
  }
  if (expandable === false && inside * settings.mhzPerPcpu > reservationMhz + EPSILON) {
    return {
      ok: false,
      reason: `${demand.name}: ${mhz(inside)} are reserved inside, and it is not expandable`,
    };
  }
  const growth = Math.max(reservationMhz / settings.mhzPerPcpu, inside) - nodes.guaranteed.get(node);
  return reserve(state, tree, nodes.parent.get(node), growth, { demand, poolName });
}

function reserve(
  { nodes, settings }: SchedulerState,
  tree: PoolTree,
  pool: number,
  amount: number,
  { demand, poolName }: { demand: Demand; poolName: (node: number) => string },
): Admission {
  let needed = amount;
  for (let at = pool; needed > EPSILON; at = nodes.parent.get(at)) {
    const own = nodes.reservation.get(at);
    const inside = tree.reservedInside(at);
    const sum = inside + needed;
    const mhz = (pcpus: number) => `${Math.max(0, Math.round(pcpus * settings.mhzPerPcpu))} MHz`;
    const asked = `${demand.name} needs ${mhz(needed)} of guaranteed CPU`;
    if (sum > nodes.limit.get(at) + EPSILON) {
      const reason = `${asked}; pool "${poolName(at)}" has a limit of ${mhz(nodes.limit.get(at))}, of which ${mhz(inside)} are reserved`;
      return { ok: false, reason };
    }
    if (sum <= own + EPSILON) return ADMITTED;
    if (at === ROOT) {
      return { ok: false, reason: `${asked}; the host has ${mhz(own - inside)} of ${mhz(own)} left` };
    }
    if (nodes.expandable.get(at) === 0) {
      const reason = `${asked}; pool "${poolName(at)}" has ${mhz(own - inside)} of ${mhz(own)} left and is not expandable`;
      return { ok: false, reason };
    }
    needed = sum - Math.max(own, inside);
  }
  return ADMITTED;
}

/** What is wrong with an allocation by itself. */
function contradiction({ vcpus, allocation }: Demand, mhzPerPcpu: number): string | undefined {
  const { shares, reservationMhz, limitMhz } = allocation;
  if (typeof shares === 'number' && (!Number.isInteger(shares) || shares < 1 || shares > MAX_SHARES)) {
    return `${shares} shares are not in 1 … ${MAX_SHARES}`;
  }
  if (!(reservationMhz >= 0)) return `a reservation of ${reservationMhz} MHz is not possible`;
  if (limitMhz !== undefined && !(limitMhz > 0)) return `a limit of ${limitMhz} MHz is not possible`;
  if (limitMhz !== undefined && limitMhz < reservationMhz) {
    return `the reservation of ${reservationMhz} MHz is above the limit of ${limitMhz} MHz`;
  }
  if (vcpus !== undefined && reservationMhz > vcpus * mhzPerPcpu) {
    return `the reservation of ${reservationMhz} MHz is more than its ${vcpus} vCPUs can use (${vcpus * mhzPerPcpu} MHz)`;
  }
  return undefined;
}
