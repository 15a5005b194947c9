/** Policies of switches and port groups in VIM's words, and back. Bandwidth is in bits a second there, bursts in bytes. */
import type { Policies, PolicyOverrides } from '#net';
import { presentOrNothing } from '../../../present.ts';
import type { HostNetworkPolicy, HostNicTeamingPolicy } from '../../table/vim25.d.ts';

const KILO = 1000;
const KIB = 1024;

type LoadBalancing = Policies['teaming']['loadBalancing'];

/** Source: vim25 HostNicTeamingPolicy.policy. */
const BALANCING: Readonly<Record<LoadBalancing, string>> = {
  portid: 'loadbalance_srcid',
  mac: 'loadbalance_srcmac',
  iphash: 'loadbalance_ip',
  explicit: 'failover_explicit',
};

/** All of a policy, or what is said of it. */
export function vimPolicy({ security, shaping, teaming }: PolicyOverrides): HostNetworkPolicy {
  return {
    ...(security && {
      security: {
        allowPromiscuous: security.allowPromiscuous,
        macChanges: security.allowMacChange,
        forgedTransmits: security.allowForgedTransmits,
      },
    }),
    ...(teaming && { nicTeaming: vimTeaming(teaming) }),
    offloadPolicy: { csumOffload: true, tcpSegmentation: true, zeroCopyXmit: true },
    ...(shaping && {
      shapingPolicy: {
        enabled: shaping.enabled,
        averageBandwidth: times(shaping.averageKbps, KILO),
        peakBandwidth: times(shaping.peakKbps, KILO),
        burstSize: times(shaping.burstKb, KIB),
      },
    }),
  };
}

function vimTeaming(teaming: Partial<Policies['teaming']>): HostNicTeamingPolicy {
  const { loadBalancing, failureDetection, notifySwitches, failback, active, standby } = teaming;
  return {
    policy: loadBalancing && BALANCING[loadBalancing],
    ...{ reversePolicy: true, notifySwitches },
    rollingOrder: failback === undefined ? undefined : !failback,
    failureCriteria: {
      ...{ checkSpeed: 'minimum', speed: 10, checkDuplex: false, fullDuplex: false },
      ...{ checkErrorPercent: false, percentage: 0 },
      checkBeacon: failureDetection === undefined ? undefined : failureDetection === 'beacon',
    },
    ...((active ?? standby) && { nicOrder: { activeNic: active, standbyNic: standby } }),
  };
}

const times = (value: number | undefined, factor: number) => value && value * factor;

/** What a policy says; the name of the field that cannot be. */
export function ownPolicy(policy: HostNetworkPolicy | undefined): PolicyOverrides | string {
  const { security, shapingPolicy, nicTeaming } = policy ?? {};
  const balancing = Object.entries(BALANCING).find(([, name]) => name === nicTeaming?.policy)?.[0];
  if (nicTeaming?.policy !== undefined && balancing === undefined) return 'spec.policy.nicTeaming.policy';
  const { averageBandwidth, peakBandwidth, burstSize, enabled } = shapingPolicy ?? {};
  if ([averageBandwidth, peakBandwidth, burstSize].some((value) => value !== undefined && Number(value) <= 0))
    return 'spec.policy.shapingPolicy';
  return presentOrNothing({
    security: presentOrNothing({
      allowPromiscuous: security?.allowPromiscuous,
      allowMacChange: security?.macChanges,
      allowForgedTransmits: security?.forgedTransmits,
    }),
    shaping: presentOrNothing({
      enabled,
      averageKbps: part(averageBandwidth, KILO),
      peakKbps: part(peakBandwidth, KILO),
      burstKb: part(burstSize, KIB),
    }),
    teaming: presentOrNothing({
      loadBalancing: balancing as LoadBalancing | undefined,
      failureDetection: detection(nicTeaming?.failureCriteria?.checkBeacon),
      notifySwitches: nicTeaming?.notifySwitches,
      failback: nicTeaming?.rollingOrder === undefined ? undefined : !nicTeaming.rollingOrder,
      active: nicTeaming?.nicOrder && (nicTeaming.nicOrder.activeNic ?? []),
      standby: nicTeaming?.nicOrder && (nicTeaming.nicOrder.standbyNic ?? []),
    }),
  }) as PolicyOverrides;
}

const part = (value: number | bigint | undefined, factor: number) =>
  value === undefined ? undefined : Math.max(1, Math.round(Number(value) / factor));

const detection = (checksBeacon: boolean | undefined) =>
  checksBeacon === undefined ? undefined : checksBeacon ? ('beacon' as const) : ('link' as const);
