/** The networks of a host as plain data, as they are kept: switches, their port groups, uplinks. */
import { type Fields, integer, list, parseKept, record } from './kept-config.ts';
import { TRAFFIC_TYPES, type TrafficAllocation, type TrafficType } from './switch/nioc.ts';
import {
  DEFAULT_POLICIES,
  FAILURE_DETECTION,
  LOAD_BALANCING,
  type Policies,
  type PolicyOverrides,
} from './switch/policy.ts';

export interface GroupConfig {
  readonly name: string;
  readonly vlan: number;
  readonly overrides: PolicyOverrides;
}

export interface SwitchConfig {
  readonly name: string;
  /** Ports that it shows; more are made when they are needed. */
  readonly ports: number;
  readonly mtuBytes: number;
  /** Names of uplinks. */
  readonly uplinks: readonly string[];
  readonly policies: Policies;
  readonly groups: readonly GroupConfig[];
}

/** Network I/O control of an uplink. */
export interface UplinkConfig {
  readonly name: string;
  readonly isControlled: boolean;
  readonly allocations: Partial<Record<TrafficType, TrafficAllocation>>;
}

export interface NetworkConfig {
  readonly version: 1;
  readonly switches: readonly SwitchConfig[];
  readonly uplinks: readonly UplinkConfig[];
}

export const FIRST_SWITCH = 'vSwitch0';
export const FIRST_UPLINK = 'vmnic0';
export const VM_NETWORK = 'VM Network';
export const MANAGEMENT_NETWORK = 'Management Network';

export const DEFAULT_PORTS = 128;
export const DEFAULT_MTU_BYTES = 1500;
export const MTU = { least: 1280, most: 9190 } as const;
export const MAX_SWITCHES = 64;
export const MAX_GROUPS = 512;
const MAX_PORTS = 4096;
const MAX_NAME = 80;
const MAX_RATE_KBPS = 1e9;

/** What a host begins with. */
export function firstNetworks(): NetworkConfig {
  return {
    version: 1,
    switches: [
      {
        name: FIRST_SWITCH,
        ports: DEFAULT_PORTS,
        mtuBytes: DEFAULT_MTU_BYTES,
        uplinks: [FIRST_UPLINK],
        policies: {
          ...DEFAULT_POLICIES,
          teaming: { ...DEFAULT_POLICIES.teaming, active: [FIRST_UPLINK] },
        },
        groups: [VM_NETWORK, MANAGEMENT_NETWORK].map((name) => ({ name, vlan: 0, overrides: {} })),
      },
    ],
    uplinks: [],
  };
}

/** Reads what `JSON.stringify` wrote of one. @throws HostError `file-io` that says what is wrong, and where */
export function parseNetworks(text: string, path: string): NetworkConfig {
  return parseKept(text, path, 'networks', checkedNetworks);
}

/** @throws RangeError that names the place */
export function checkedNetworks(given: unknown): NetworkConfig {
  const whole = record(given, 'networks');
  if (whole['version'] !== 1) throw new RangeError(`version ${String(whole['version'])} is not 1`);
  const switches = list(whole['switches'], 'switches', MAX_SWITCHES).map(switchOf);
  const names = switches.flatMap(({ groups }) => groups.map(({ name }) => name));
  if (names.length > MAX_GROUPS)
    throw new RangeError(`there are ${names.length} port groups, more than ${MAX_GROUPS}`);
  unique(names, 'port group');
  unique(
    switches.map(({ name }) => name),
    'switch',
  );
  unique(
    switches.flatMap(({ uplinks }) => uplinks),
    'uplink',
  );
  const uplinks = list(whole['uplinks'], 'uplinks', MAX_SWITCHES).map(uplinkOf);
  return { version: 1, switches, uplinks };
}

/** What may be a name of an uplink, a switch, a port group. @throws RangeError that names the place */
export function checkedName(given: unknown, at: string): string {
  const problem = typeof given === 'string' ? nameProblem(given) : 'it is no text';
  if (problem !== undefined) throw new RangeError(`${at}: ${problem}`);
  return given as string;
}

function nameProblem(name: string): string | undefined {
  if (name === '' || name.length > MAX_NAME) return `a name has 1 … ${MAX_NAME} characters`;
  return /^[^\p{Cc}/]+$/u.test(name) ? undefined : 'a name has no "/" and no control characters';
}

function switchOf(given: unknown, index: number): SwitchConfig {
  const at = `switches[${index}]`;
  const fields = record(given, at);
  return {
    name: checkedName(fields['name'], `${at}.name`),
    ports: integer(fields['ports'], `${at}.ports`, 1, MAX_PORTS),
    mtuBytes: integer(fields['mtuBytes'], `${at}.mtuBytes`, MTU.least, MTU.most),
    uplinks: list(fields['uplinks'], `${at}.uplinks`, MAX_SWITCHES).map((one) =>
      checkedName(one, `${at}.uplinks`),
    ),
    policies: policiesOf(fields['policies'], `${at}.policies`),
    groups: list(fields['groups'], `${at}.groups`, MAX_GROUPS).map((one, i) =>
      groupOf(one, `${at}.groups[${i}]`),
    ),
  };
}

function groupOf(given: unknown, at: string): GroupConfig {
  const fields = record(given, at);
  return {
    name: checkedName(fields['name'], `${at}.name`),
    vlan: integer(fields['vlan'], `${at}.vlan`, 0, 4095),
    overrides: overridesOf(fields['overrides'], `${at}.overrides`),
  };
}

function uplinkOf(given: unknown, index: number): UplinkConfig {
  const at = `uplinks[${index}]`;
  const fields = record(given, at);
  const allocations = record(fields['allocations'], `${at}.allocations`);
  return {
    name: checkedName(fields['name'], `${at}.name`),
    isControlled: flag(fields['isControlled'], `${at}.isControlled`),
    allocations: Object.fromEntries(
      Object.entries(allocations).map(([type, one]) => [
        oneOf(TRAFFIC_TYPES)(type, `${at}.allocations`),
        allocationOf(one, `${at}.allocations.${type}`),
      ]),
    ),
  };
}

function allocationOf(given: unknown, at: string): TrafficAllocation {
  const { shares, reservationMbps, limitMbps } = record(given, at);
  return {
    shares: integer(shares, `${at}.shares`, 1, 100),
    reservationMbps: integer(reservationMbps, `${at}.reservationMbps`, 0, 1e6),
    ...(limitMbps !== undefined && { limitMbps: integer(limitMbps, `${at}.limitMbps`, 1, 1e6) }),
  };
}

/** How a field of a policy is checked. */
type Check = (given: unknown, at: string) => unknown;
const uplinkNames: Check = (given, at) => list(given, at, MAX_SWITCHES).map((one) => checkedName(one, at));
const rate: Check = (given, at) => integer(given, at, 1, MAX_RATE_KBPS);

// biome-ignore format: a table reads in columns
const POLICY_FIELDS: { readonly [K in keyof Policies]: Readonly<Record<keyof Policies[K], Check>> } = {
  security: { allowPromiscuous: flag, allowMacChange: flag, allowForgedTransmits: flag },
  shaping:  { enabled: flag, averageKbps: rate, peakKbps: rate, burstKb: rate },
  teaming:  { loadBalancing: oneOf(LOAD_BALANCING), failureDetection: oneOf(FAILURE_DETECTION), notifySwitches: flag, failback: flag, active: uplinkNames, standby: uplinkNames },
};

/** What is absent is the default. @throws RangeError */
export function policiesOf(given: unknown, at: string): Policies {
  const overrides = overridesOf(given, at);
  return {
    security: { ...DEFAULT_POLICIES.security, ...overrides.security },
    shaping: { ...DEFAULT_POLICIES.shaping, ...overrides.shaping },
    teaming: { ...DEFAULT_POLICIES.teaming, ...overrides.teaming },
  };
}

/** @throws RangeError */
export function overridesOf(given: unknown, at: string): PolicyOverrides {
  const fields = record(given ?? {}, at);
  const overrides: Record<string, Fields> = {};
  for (const [policy, value] of Object.entries(fields)) {
    const checks = (POLICY_FIELDS as Readonly<Record<string, Readonly<Record<string, Check>>>>)[policy];
    if (checks === undefined) throw new RangeError(`${at} has no ${policy}`);
    const entries = Object.entries(record(value, `${at}.${policy}`)).map(([field, one]) => {
      const check = checks[field];
      if (check === undefined) throw new RangeError(`${at}.${policy} has no ${field}`);
      return [field, check(one, `${at}.${policy}.${field}`)] as const;
    });
    overrides[policy] = Object.fromEntries(entries);
  }
  return overrides;
}

function flag(given: unknown, at: string): boolean {
  if (typeof given === 'boolean') return given;
  throw new RangeError(`${at} is neither true nor false`);
}

function oneOf<T extends string>(words: readonly T[]): (given: unknown, at: string) => T {
  return (given, at) => {
    const found = words.find((word) => word === given);
    if (found !== undefined) return found;
    throw new RangeError(`${at} is none of ${words.join(', ')}`);
  };
}

function unique(names: readonly string[], what: string): void {
  const twice = names.find((one, index) => names.indexOf(one) !== index);
  if (twice !== undefined) throw new RangeError(`the ${what} "${twice}" is there twice`);
}
