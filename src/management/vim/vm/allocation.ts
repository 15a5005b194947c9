/** Shares, reservation and limit of CPU and memory: in VIM and in a .vmx file. */
import type { Vmx } from '#vmm';
import type { ResourceAllocationInfo, SharesInfo } from '../table/vim25.d.ts';

/** What a level is worth: for each vCPU, for each MiB. Source: the vSphere resource management guide. */
const CPU_SHARES: Readonly<Record<string, number>> = { low: 500, normal: 1000, high: 2000 };
const MEMORY_SHARES: Readonly<Record<string, number>> = { low: 5, normal: 10, high: 20 };
const UNLIMITED = -1;
const MAX_SHARES = 1_000_000;

export interface Allocated {
  readonly kind: 'cpu' | 'mem';
  /** vCPUs or MiB. */
  readonly size: number;
}

export function readAllocation(vmx: Vmx, { kind, size }: Allocated): ResourceAllocationInfo {
  const limit = vmx.get(`sched.${kind}.max`);
  return {
    reservation: Number(vmx.get(`sched.${kind}.min`) ?? 0) || 0,
    expandableReservation: false,
    limit: limit === undefined || /unlimited/i.test(limit) ? UNLIMITED : Number(limit),
    shares: readShares(
      vmx.get(`sched.${kind}.shares`) ?? 'normal',
      kind === 'cpu' ? CPU_SHARES : MEMORY_SHARES,
      size,
    ),
  };
}

function readShares(text: string, worth: Readonly<Record<string, number>>, size: number): SharesInfo {
  const level = text.toLowerCase();
  const each = worth[level];
  if (each !== undefined) return { level: level as SharesInfo['level'], shares: each * size };
  return { level: 'custom', shares: Number(text) || 0 };
}

/** Writes what is given. @returns the name of the field that cannot be so */
export function writeAllocation(
  vmx: Vmx,
  kind: 'cpu' | 'mem',
  given: ResourceAllocationInfo,
): string | undefined {
  const { reservation, limit, shares } = given;
  if (reservation !== undefined && Number(reservation) < 0) return 'reservation';
  if (limit !== undefined && Number(limit) < UNLIMITED) return 'limit';
  const isLimited = limit !== undefined && Number(limit) !== UNLIMITED;
  if (isLimited && Number(limit) < Number(reservation ?? vmx.get(`sched.${kind}.min`) ?? 0)) return 'limit';
  if (reservation !== undefined) vmx.set(`sched.${kind}.min`, String(reservation));
  if (limit !== undefined) vmx.set(`sched.${kind}.max`, isLimited ? String(limit) : 'unlimited');
  if (shares === undefined) return undefined;
  const isCustom = shares.level === 'custom';
  if (isCustom && !(shares.shares > 0 && shares.shares <= MAX_SHARES)) return 'shares';
  vmx.set(`sched.${kind}.shares`, isCustom ? String(shares.shares) : shares.level);
  return undefined;
}
