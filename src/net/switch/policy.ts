/** What a switch, or a port group in its place, allows and prefers. Defaults as ESXi's. Source: vim25 HostNetworkPolicy. */

export interface SecurityPolicy {
  /** A port may hear what is for others, if its guest wants that. */
  readonly allowPromiscuous: boolean;
  /** A guest may use another address than its NIC has. */
  readonly allowMacChange: boolean;
  /** A guest may send with source addresses that are not its NIC's. */
  readonly allowForgedTransmits: boolean;
}

/** What a port may send: rates in kbit/s, burst in KB. */
export interface ShapingPolicy {
  readonly enabled: boolean;
  readonly averageKbps: number;
  readonly peakKbps: number;
  readonly burstKb: number;
}

export const LOAD_BALANCING = ['portid', 'mac', 'iphash', 'explicit'] as const;
export type LoadBalancing = (typeof LOAD_BALANCING)[number];
export const FAILURE_DETECTION = ['link', 'beacon'] as const;

export interface TeamingPolicy {
  readonly loadBalancing: (typeof LOAD_BALANCING)[number];
  /** How a dead uplink is noticed: by its link only, or also by beacons that do not come. */
  readonly failureDetection: (typeof FAILURE_DETECTION)[number];
  readonly notifySwitches: boolean;
  /** An uplink that comes back takes its place again. */
  readonly failback: boolean;
  /** Names of uplinks, in their order. */
  readonly active: readonly string[];
  readonly standby: readonly string[];
}

export interface Policies {
  readonly security: SecurityPolicy;
  readonly shaping: ShapingPolicy;
  readonly teaming: TeamingPolicy;
}

/** What a port group says in the switch's place; what is absent is the switch's. */
export type PolicyOverrides = { readonly [K in keyof Policies]?: Partial<Policies[K]> };

export const DEFAULT_POLICIES: Policies = {
  security: { allowPromiscuous: false, allowMacChange: false, allowForgedTransmits: false },
  shaping: { enabled: false, averageKbps: 100_000, peakKbps: 100_000, burstKb: 102_400 },
  teaming: {
    loadBalancing: 'portid',
    failureDetection: 'link',
    notifySwitches: true,
    failback: true,
    active: [],
    standby: [],
  },
};

export function mergedPolicies(base: Policies, overrides: PolicyOverrides): Policies {
  return {
    security: { ...base.security, ...overrides.security },
    shaping: { ...base.shaping, ...overrides.shaping },
    teaming: { ...base.teaming, ...overrides.teaming },
  };
}
