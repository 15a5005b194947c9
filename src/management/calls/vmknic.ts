/** Calls on the kernel's own interfaces and their TCP/IP stacks. */
import { ipText, SERVICE_NAMES, VMKNIC_MTU, type Vmknic, type Vmknics } from '#net';
import { callsOn } from '../local/call.ts';
import { integer, list, oneOf, optional, text } from '../local/fields.ts';
import { present } from '../present.ts';

/** What these calls need of the host. */
export interface VmknicServices {
  readonly vmknics: Vmknics;
}

export type VmknicRow = Vmknic;

export interface NetstackRow {
  readonly name: string;
  readonly gateway: string;
  readonly vmknics: readonly string[];
}

/** What came of an echo request. */
export interface PingRow {
  readonly result: 'reply' | 'unreachable' | 'time-exceeded' | 'timeout' | 'no route' | 'too long';
  readonly from: string;
  readonly milliseconds: number;
  readonly hops: number;
  readonly bytes: number;
}

const call = callsOn<VmknicServices>();
const PING_MS = { least: 10, most: 60_000, usual: 1000 } as const;
const fields = {
  mtuBytes: optional(integer(VMKNIC_MTU.least, VMKNIC_MTU.most)),
  address: optional(text()),
  prefix: optional(integer(1, 30)),
  services: optional(list(oneOf(...SERVICE_NAMES))),
};

// biome-ignore format: a table reads in columns
export const VMKNIC_CALLS = {
  'net.vmknic.list':     call('the kernel’s own interfaces',        {}, ({ vmknics }) => vmknics.list()),
  'net.vmknic.add':      call('makes an interface of the kernel',   { group: text(), ...fields, mac: optional(text()), stack: optional(text()) }, ({ vmknics }, { group, ...given }) => ({ name: vmknics.add({ portGroup: group, ...present(given) }) })),
  'net.vmknic.remove':   call('removes an interface of the kernel', { name: text() }, ({ vmknics }, { name }) => vmknics.remove(name)),
  'net.vmknic.set':      call('changes an interface of the kernel', { name: text(), group: optional(text()), ...fields }, ({ vmknics }, { name, group, ...given }) => vmknics.set(name, present({ portGroup: group, ...given }))),
  'net.netstack.list':   call('TCP/IP stacks of the kernel',        {}, ({ vmknics }) => netstacks(vmknics)),
  'net.netstack.add':    call('makes a TCP/IP stack',               { name: text() }, ({ vmknics }, { name }) => vmknics.addStack(name)),
  'net.netstack.remove': call('removes a TCP/IP stack',             { name: text() }, ({ vmknics }, { name }) => vmknics.removeStack(name)),
  'net.netstack.set':    call('sets the gateway of a stack; empty: none', { name: text(), gateway: text() }, ({ vmknics }, { name, gateway }) => vmknics.setGateway(name, gateway === '' ? undefined : gateway)),
  'net.ping':            call('asks an address for an echo',        { target: text(), vmknic: optional(text()), stack: optional(text()), bytes: optional(integer(0, 65_000)), timeoutMs: optional(integer(PING_MS.least, PING_MS.most)) }, ping),
};

function netstacks(vmknics: Vmknics): NetstackRow[] {
  return vmknics.stackNames.map((name) => ({
    name,
    gateway: vmknics.gatewayOf(name) ?? '',
    vmknics: vmknics
      .list()
      .filter(({ stack }) => stack === name)
      .map((vmknic) => vmknic.name),
  }));
}

function ping(
  { vmknics }: VmknicServices,
  {
    target,
    vmknic,
    stack,
    bytes,
    timeoutMs = PING_MS.usual,
  }: {
    target: string;
    vmknic: string | undefined;
    stack: string | undefined;
    bytes: number | undefined;
    timeoutMs: number | undefined;
  },
): Promise<PingRow> {
  const nothing = { from: '', milliseconds: 0, hops: 0, bytes: 0 };
  return new Promise((resolve) => {
    vmknics.ping(target, { ...present({ vmknic, stack, bytes }), timeoutMs }, (result) => {
      if (result.kind === 'not-sent') return resolve({ ...nothing, result: result.reason });
      const from = 'from' in result && result.from !== 0 ? ipText(result.from) : '';
      if (result.kind !== 'reply') return resolve({ ...nothing, result: result.kind, from });
      const { milliseconds, hops } = result;
      resolve({ result: 'reply', from, milliseconds, hops, bytes: result.bytes });
    });
  });
}
