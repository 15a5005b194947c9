/** The kernel's own interfaces and their TCP/IP stacks as plain data, as they are kept. Source: vSphere Networking, "VMkernel Adapters". */
import { integer, list, parseKept, record, unique } from '../kept-config.ts';
import { MANAGEMENT_NETWORK } from '../network-config.ts';
import { canBeStation, inNetwork, type Network, parseIp } from '../stack/wire/address.ts';
import { formatMac, parseMac } from '../switch/mac.ts';
import type { TrafficType } from '../switch/nioc.ts';

/** Service tags, and what their traffic is for network I/O control. */
export const SERVICES = {
  Management: 'management',
  VMotion: 'vmotion',
  faultToleranceLogging: 'faultTolerance',
  vSphereProvisioning: 'management',
  vSphereReplication: 'hbr',
  vSphereReplicationNFC: 'hbr',
  VSAN: 'vsan',
  VSANWitness: 'vsan',
} as const satisfies Readonly<Record<string, TrafficType>>;
export type Service = keyof typeof SERVICES;
export const SERVICE_NAMES = Object.keys(SERVICES) as readonly Service[];

export const DEFAULT_STACK = 'defaultTcpipStack';
/** Stacks that a host has without being asked. */
export const STACKS = [DEFAULT_STACK, 'vmotion', 'vSphereProvisioning'] as const;

export interface VmknicConfig {
  readonly name: string;
  readonly portGroup: string;
  readonly mac: string;
  readonly mtuBytes: number;
  readonly stack: string;
  /** `10.0.2.4`, with the length of its network's prefix; absent: no address yet. */
  readonly address?: string;
  readonly prefix?: number;
  /** A server gives it its address: `address` and `prefix` are absent. */
  readonly isDhcp?: true;
  readonly services: readonly Service[];
}

export interface StackConfig {
  readonly name: string;
  readonly gateway?: string;
}

export interface VmknicsConfig {
  readonly version: 1;
  readonly vmknics: readonly VmknicConfig[];
  readonly stacks: readonly StackConfig[];
}

export const MAX_VMKNICS = 64;
export const MAX_STACKS = 16;
/** Of a network whose prefix nobody gave. */
export const DEFAULT_PREFIX = 24;
export const VMKNIC_MTU = { least: 576, most: 9190 } as const;
const NAME = /^vmk(?:0|[1-9]\d{0,2})$/;
const STACK_NAME = /^[A-Za-z][\w-]{0,31}$/;

/** What a host begins with: an address in the NAT's network that it gives to no guest. */
export function firstVmknics(mac: number): VmknicsConfig {
  return {
    version: 1,
    vmknics: [
      {
        ...{ name: 'vmk0', portGroup: MANAGEMENT_NETWORK, mac: formatMac(mac), mtuBytes: 1500 },
        ...{ stack: DEFAULT_STACK, address: '10.0.2.4', prefix: 24, services: ['Management'] },
      },
    ],
    stacks: [{ name: DEFAULT_STACK, gateway: '10.0.2.2' }],
  };
}

/** An address of an interface of the kernel, of chance. */
export function vmknicMac(random: number): number {
  return 0x00_50_56_60_00_00 + (random % 2 ** 20);
}

/** Reads what `JSON.stringify` wrote of one. @throws HostError `file-io` that says what is wrong, and where */
export function parseVmknics(text: string, path: string): VmknicsConfig {
  return parseKept(text, path, 'VMkernel interfaces', checkedVmknics);
}

/** @throws RangeError that names the place */
export function checkedVmknics(given: unknown): VmknicsConfig {
  const whole = record(given, 'the configuration');
  if (whole['version'] !== 1) throw new RangeError(`version ${String(whole['version'])} is not 1`);
  const vmknics = list(whole['vmknics'], 'vmknics', MAX_VMKNICS).map(vmknicOf);
  const stacks = list(whole['stacks'], 'stacks', MAX_STACKS).map(stackOf);
  unique(vmknics.map(({ name }) => name));
  unique(vmknics.map(({ mac }) => mac));
  unique(stacks.map(({ name }) => name));
  unique(vmknics.flatMap(({ address, stack }) => (address === undefined ? [] : [`${address} of ${stack}`])));
  for (const { stack } of vmknics) {
    if (!isStack(stack, stacks)) throw new RangeError(`there is no TCP/IP stack "${stack}"`);
  }
  for (const { name, gateway } of stacks) {
    if (gateway !== undefined && !isNear(name, gateway, vmknics))
      throw new RangeError(`gateway ${gateway} is in no network of an interface of stack ${name}`);
  }
  return { version: 1, vmknics, stacks };
}

export function isStack(name: string, stacks: readonly StackConfig[]): boolean {
  return (STACKS as readonly string[]).includes(name) || stacks.some((one) => one.name === name);
}

/** The network that an interface is in; undefined: it has no address. */
export function networkOf({ address, prefix }: VmknicConfig): Network | undefined {
  const parsed = address === undefined ? undefined : parseIp(address);
  return parsed === undefined ? undefined : { address: parsed, prefix: prefix ?? DEFAULT_PREFIX };
}

/** Whether an interface of the stack reaches the gateway without one. Preconditions: the gateway was checked. */
export function isNear(stack: string, gateway: string, vmknics: readonly VmknicConfig[]): boolean {
  const address = parseIp(gateway) as number;
  const own = vmknics.filter((one) => one.stack === stack).map(networkOf);
  return own.some((network) => network && inNetwork(address, network) && network.address !== address);
}

function vmknicOf(given: unknown, index: number): VmknicConfig {
  const at = `vmknics[${index}]`;
  const fields = record(given, at);
  const { portGroup, address, prefix, mtuBytes, isDhcp } = fields;
  const services = list(fields['services'], `${at}.services`, SERVICE_NAMES.length).map((service) => {
    const found = SERVICE_NAMES.find((name) => name === service);
    if (found === undefined) throw new RangeError(`${at}.services: there is no service "${String(service)}"`);
    return found;
  });
  const mac = matching(fields['mac'], `${at}.mac`, /./);
  if (parseMac(mac) === undefined || ((Number.parseInt(mac.slice(0, 2), 16) || 0) & 1) !== 0)
    throw new RangeError(`${at}.mac: "${mac}" is no address of a station`);
  if (typeof portGroup !== 'string' || portGroup.length > 80)
    throw new RangeError(`${at}.portGroup is no name`);
  if (isDhcp !== undefined && (isDhcp !== true || address !== undefined))
    throw new RangeError(`${at}.isDhcp is true, and there is no address beside it, or it is absent`);
  return {
    ...{ name: matching(fields['name'], `${at}.name`, NAME), portGroup, mac: formatMac(parseMac(mac) ?? 0) },
    mtuBytes: integer(mtuBytes, `${at}.mtuBytes`, VMKNIC_MTU.least, VMKNIC_MTU.most),
    stack: matching(fields['stack'], `${at}.stack`, STACK_NAME),
    ...(address !== undefined && {
      address: addressOf(address, `${at}.address`),
      prefix: integer(prefix, `${at}.prefix`, 1, 30),
    }),
    ...(isDhcp === true && { isDhcp }),
    services,
  };
}

function stackOf(given: unknown, index: number): StackConfig {
  const at = `stacks[${index}]`;
  const { name, gateway } = record(given, at);
  return {
    name: matching(name, `${at}.name`, STACK_NAME),
    ...(gateway !== undefined && { gateway: addressOf(gateway, `${at}.gateway`) }),
  };
}

function addressOf(given: unknown, at: string): string {
  const address = typeof given === 'string' ? parseIp(given) : undefined;
  if (address === undefined || !canBeStation(address))
    throw new RangeError(`${at}: "${String(given)}" is no address of a station`);
  return given as string;
}

function matching(given: unknown, at: string, pattern: RegExp): string {
  if (typeof given === 'string' && pattern.test(given)) return given;
  throw new RangeError(`${at}: "${String(given)}" cannot be one`);
}
