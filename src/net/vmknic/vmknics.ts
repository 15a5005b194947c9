/**
 * The kernel's own interfaces: each is plugged into a port group and belongs to a TCP/IP stack, which NFS, iSCSI, vMotion
 * and others open connections on. Each change is checked, carried out, and handed to whoever keeps the configuration.
 */
import { usageError } from '#lib';
import { cable } from '../cable.ts';
import { requireKept } from '../kept-config.ts';
import type { Networks, Plug } from '../networks.ts';
import type { EchoResult } from '../stack/icmp.ts';
import type { Interface } from '../stack/interface.ts';
import { LIMIT } from '../stack/neighbours.ts';
import { Stack, type StackHost } from '../stack/stack.ts';
import { inNetwork, ipText, type Network, parseIp } from '../stack/wire/address.ts';
import { formatMac, parseMac } from '../switch/mac.ts';
import { type DhcpClient, DhcpClients } from './dhcp-client.ts';
import {
  checkedVmknics,
  DEFAULT_PREFIX,
  DEFAULT_STACK,
  isNear,
  networkOf,
  SERVICES,
  type Service,
  STACKS,
  type VmknicConfig,
  type VmknicsConfig,
  vmknicMac,
} from './vmknic-config.ts';

export interface VmknicsHost {
  readonly networks: Pick<Networks, 'connect' | 'hasGroup'>;
  readonly stack: StackHost;
  /** What interfaces call themselves when they ask for an address. */
  hostName(): string;
  /** The configuration is another. */
  changed(config: VmknicsConfig): void;
}

/** An interface as it is now; its address may be of a lease. */
export interface Vmknic extends VmknicConfig {
  /** Whether it is plugged in: its port group is there. */
  readonly isUp: boolean;
  readonly portId: number | undefined;
}

export type VmknicChange = Partial<Pick<VmknicConfig, 'portGroup' | 'mtuBytes' | 'services'>> & {
  /** `10.0.2.5`; `dhcp`: a server gives one; `none`: there is none. */
  readonly address?: string | undefined;
  readonly prefix?: number | undefined;
};

/** A station that an interface has heard of; for so long it is believed. */
export interface VmknicNeighbour {
  readonly vmknic: string;
  readonly address: string;
  readonly mac: string;
  readonly leftMs: number;
}

interface Plugged {
  readonly plug: Plug;
  readonly interface: Interface;
  readonly stack: Stack;
  dhcp: DhcpClient | undefined;
}

const ECHO_BYTES = 56;

export class Vmknics {
  /** Hears of each stack when it is made: what shall listen on it. */
  onStack: ((stack: Stack, name: string) => void) | undefined;
  readonly #host: VmknicsHost;
  readonly #stacks = new Map<string, Stack>();
  readonly #dhcp = new Map<Stack, DhcpClients>();
  readonly #plugged = new Map<string, Plugged>();
  #config: VmknicsConfig;

  /** @param config - checked. */
  constructor(config: VmknicsConfig, host: VmknicsHost) {
    this.#config = config;
    this.#host = host;
  }

  get config(): VmknicsConfig {
    return this.#config;
  }

  /** Plugs all in, as far as their port groups are there. */
  start(): void {
    for (const vmknic of this.#config.vmknics) this.#plug(vmknic);
  }

  stop(): void {
    for (const name of [...this.#plugged.keys()]) this.#unplug(name);
    for (const stack of this.#stacks.values()) stack.stop();
    this.#stacks.clear();
    this.#dhcp.clear();
  }

  list(): readonly Vmknic[] {
    return this.#config.vmknics.map((vmknic) => {
      const plugged = this.#plugged.get(vmknic.name);
      const network = this.#networkOf(vmknic);
      return {
        ...vmknic,
        ...(network && { address: ipText(network.address), prefix: network.prefix }),
        ...{ isUp: plugged !== undefined, portId: plugged?.plug.port.id },
      };
    });
  }

  /** Names of TCP/IP stacks: those of every host, and what was added. */
  get stackNames(): readonly string[] {
    return [...new Set([...STACKS, ...this.#config.stacks.map(({ name }) => name)])];
  }

  /** As it was set, or as a server says. */
  gatewayOf(stack: string): string | undefined {
    const set = this.#config.stacks.find(({ name }) => name === stack)?.gateway;
    if (set !== undefined) return set;
    for (const vmknic of this.#config.vmknics) {
      const gateway = vmknic.stack === stack && this.#plugged.get(vmknic.name)?.dhcp?.lease?.gateway;
      if (typeof gateway === 'number') return ipText(gateway);
    }
    return undefined;
  }

  /** The stack of that name, to connect, listen and send datagrams on. @throws HostError `usage` */
  stack(name: string = DEFAULT_STACK): Stack {
    if (!this.stackNames.includes(name)) throw usageError(`there is no TCP/IP stack "${name}"`);
    let stack = this.#stacks.get(name);
    if (stack === undefined) {
      stack = new Stack(this.#host.stack);
      this.#stacks.set(name, stack);
      this.onStack?.(stack, name);
    }
    return stack;
  }

  /** Where a service's traffic goes: the first interface with its tag that is up; undefined: none has it. */
  forService(
    service: Service,
  ): { readonly stack: Stack; readonly address: number; readonly name: string } | undefined {
    for (const vmknic of this.#config.vmknics) {
      const network = this.#networkOf(vmknic);
      const plugged = this.#plugged.get(vmknic.name);
      if (network === undefined || plugged === undefined || !vmknic.services.includes(service)) continue;
      return { stack: plugged.stack, address: network.address, name: vmknic.name };
    }
    return undefined;
  }

  /** Whether an address of ours takes what is for the service. */
  hasService(address: number, service: Service): boolean {
    return this.#config.vmknics.some(
      (vmknic) => vmknic.services.includes(service) && this.#networkOf(vmknic)?.address === address,
    );
  }

  /** What the next interface is called: the first free one. */
  get nextName(): string {
    let number = 0;
    while (this.#config.vmknics.some(({ name }) => name === `vmk${number}`)) number++;
    return `vmk${number}`;
  }

  /** Makes an interface; tells its name. @throws HostError `usage` */
  add(
    given: Pick<VmknicConfig, 'portGroup'> &
      Partial<Omit<VmknicConfig, 'name' | 'address' | 'prefix'>> &
      Pick<VmknicChange, 'address' | 'prefix'>,
  ): string {
    const { portGroup } = given;
    if (!this.#host.networks.hasGroup(portGroup)) throw usageError(`there is no port group "${portGroup}"`);
    const mac = given.mac ?? this.#newMac();
    const vmknic: VmknicConfig = {
      ...{ name: this.nextName, portGroup, mac, mtuBytes: given.mtuBytes ?? 1500 },
      ...{ stack: given.stack ?? DEFAULT_STACK, services: given.services ?? [] },
      ...addressing(given),
    };
    const { vmknics } = this.#keep({ ...this.#config, vmknics: [...this.#config.vmknics, vmknic] });
    this.#plug(vmknics.at(-1) as VmknicConfig);
    return vmknic.name;
  }

  /** @throws HostError `usage` */
  remove(name: string): void {
    const { stack } = this.#find(name);
    const vmknics = this.#config.vmknics.filter((one) => one.name !== name);
    // A gateway that is in no network of the stack any more goes with its last interface.
    const isLast = !vmknics.some((one) => one.stack === stack);
    const stacks = this.#config.stacks.map((one) =>
      isLast && one.name === stack ? { name: one.name } : one,
    );
    this.#keep({ ...this.#config, vmknics, stacks });
    this.#unplug(name);
  }

  /** What changes nothing does not end what goes on over the interface. @throws HostError `usage` */
  set(name: string, change: VmknicChange): void {
    const before = this.#find(name);
    if (this.#plugged.has(name) && Object.values(change).every((value) => value === undefined)) return;
    const { portGroup = before.portGroup } = change;
    if (!this.#host.networks.hasGroup(portGroup)) throw usageError(`there is no port group "${portGroup}"`);
    const { mac, stack } = before;
    const after: VmknicConfig = {
      ...{ name, portGroup, mac, mtuBytes: change.mtuBytes ?? before.mtuBytes, stack },
      services: change.services ?? before.services,
      ...addressing({
        address: change.address ?? (before.isDhcp ? 'dhcp' : before.address),
        prefix: change.prefix ?? before.prefix,
      }),
    };
    const vmknics = this.#config.vmknics.map((one) => (one.name === name ? after : one));
    const stacks = change.address === undefined ? this.#config.stacks : this.#nearGateways(vmknics);
    this.#keep({ ...this.#config, vmknics, stacks });
    this.#unplug(name);
    this.#plug(after);
  }

  /** Lets an interface carry a service's traffic, or not any more; where that is so already, nothing happens. @throws HostError `usage` */
  setService(name: string, service: Service, isCarried: boolean): void {
    const { services } = this.#find(name);
    if (services.includes(service) === isCarried) return;
    const others = services.filter((one) => one !== service);
    this.set(name, { services: isCarried ? [...others, service] : others });
  }

  /** The way out of a stack; undefined: none. @throws HostError `usage` */
  setGateway(stack: string, gateway: string | undefined): void {
    if (!this.stackNames.includes(stack)) throw usageError(`there is no TCP/IP stack "${stack}"`);
    this.#keepStack({ name: stack, ...(gateway !== undefined && { gateway }) });
    this.#setRoutes(stack);
  }

  /** @throws HostError `usage` */
  addStack(name: string): void {
    if (this.stackNames.includes(name)) throw usageError(`there is a TCP/IP stack "${name}" already`);
    this.#keepStack({ name });
  }

  /** @throws HostError `usage` */
  removeStack(name: string): void {
    const user = this.#config.vmknics.find(({ stack }) => stack === name);
    if (user) throw usageError(`TCP/IP stack "${name}" is in use by ${user.name}`);
    if ((STACKS as readonly string[]).includes(name) || !this.stackNames.includes(name))
      throw usageError(`there is no TCP/IP stack "${name}" that was added`);
    this.#keep({ ...this.#config, stacks: this.#config.stacks.filter((one) => one.name !== name) });
    const gone = this.#stacks.get(name);
    gone?.stop();
    if (gone) this.#dhcp.delete(gone);
    this.#stacks.delete(name);
  }

  /** Asks for an echo, from an interface or over a stack; `done` is called once. @throws HostError `usage` */
  ping(
    target: string,
    {
      vmknic,
      stack,
      bytes = ECHO_BYTES,
      timeoutMs,
    }: { vmknic?: string; stack?: string; bytes?: number; timeoutMs: number },
    done: (result: EchoResult) => void,
  ): void {
    const address = parseIp(target);
    if (address === undefined) throw usageError(`"${target}" is no IPv4 address`);
    const found = vmknic === undefined ? undefined : this.#find(vmknic);
    const source = found && this.#networkOf(found)?.address;
    if (found && source === undefined) throw usageError(`${found.name} has no address`);
    const data = new Uint8Array(bytes);
    const over = this.stack(found?.stack ?? stack);
    over.icmp.echo({ target: address, data, timeoutMs, ...(source !== undefined && { source }) }, done);
  }

  /** Who of the links of our interfaces has which hardware address, as far as is known. */
  neighbours(): readonly VmknicNeighbour[] {
    return [...this.#plugged].flatMap(([vmknic, { interface: own }]) =>
      own.neighbours.entries().flatMap(({ address, mac, ageMs }) => {
        const leftMs = Math.max(LIMIT.forgottenAfterMs - ageMs, 0);
        return mac === undefined ? [] : [{ vmknic, address: ipText(address), mac: formatMac(mac), leftMs }];
      }),
    );
  }

  /** It is asked anew for its hardware address when it is needed. @throws HostError `usage` */
  forgetNeighbour(vmknic: string, address: string): void {
    const parsed = parseIp(address);
    if (parsed === undefined) throw usageError(`"${address}" is no IPv4 address`);
    this.#plugged.get(this.#find(vmknic).name)?.interface.neighbours.forget(parsed);
  }

  #find(name: string): VmknicConfig {
    const found = this.#config.vmknics.find((one) => one.name === name);
    if (found === undefined) throw usageError(`there is no VMkernel interface "${name}"`);
    return found;
  }

  #newMac(): string {
    return formatMac(vmknicMac(this.#host.stack.random.nextU32()));
  }

  #plug(vmknic: VmknicConfig): void {
    const { name, portGroup, mtuBytes, services } = vmknic;
    if (!this.#host.networks.hasGroup(portGroup)) return;
    const [link, far] = cable();
    const mac = parseMac(vmknic.mac) ?? 0;
    const stack = this.stack(vmknic.stack);
    const own = stack.addInterface({ name, mac, link: far, mtu: mtuBytes });
    const [service = 'Management'] = services;
    const plug = this.#host.networks.connect({ name, mac, link, traffic: SERVICES[service] }, portGroup);
    const plugged: Plugged = { plug, interface: own, stack, dhcp: undefined };
    this.#plugged.set(name, plugged);
    const network = networkOf(vmknic);
    if (network) stack.addAddress(own, network);
    this.#setRoutes(vmknic.stack);
    if (vmknic.isDhcp) this.#ask(vmknic, plugged);
  }

  /** Asks for an address, now and whenever it runs out. */
  #ask(vmknic: VmknicConfig, plugged: Plugged): void {
    const { stack, interface: own } = plugged;
    let clients = this.#dhcp.get(stack);
    if (clients === undefined) {
      clients = new DhcpClients(stack);
      this.#dhcp.set(stack, clients);
    }
    plugged.dhcp = clients.open(own, {
      random: this.#host.stack.random,
      hostName: this.#host.hostName(),
      changed: (lease) => {
        stack.clearAddresses(own);
        if (lease) stack.addAddress(own, lease.network);
        this.#setRoutes(vmknic.stack);
      },
    });
  }

  #unplug(name: string): void {
    const plugged = this.#plugged.get(name);
    if (plugged === undefined) return;
    this.#plugged.delete(name);
    if (plugged.dhcp) this.#dhcp.get(plugged.stack)?.close(plugged.dhcp);
    plugged.stack.removeInterface(plugged.interface);
    plugged.plug.unplug();
  }

  /** The default way of a stack leads over the interface in whose network its gateway is. */
  #setRoutes(name: string): void {
    const stack = this.#stacks.get(name);
    if (stack === undefined) return;
    stack.internet.routes.remove(({ network }) => network.prefix === 0);
    const gateway = parseIp(this.gatewayOf(name) ?? '');
    if (gateway === undefined) return;
    for (const plugged of this.#plugged.values()) {
      const reaches = plugged.interface.addresses.some((own) => inNetwork(gateway, own));
      if (plugged.stack !== stack || !reaches) continue;
      stack.addGateway(plugged.interface, gateway);
      return;
    }
  }

  /** The network of an interface now: as it was set, or as a server gave it. */
  #networkOf(vmknic: VmknicConfig): Network | undefined {
    return networkOf(vmknic) ?? this.#plugged.get(vmknic.name)?.dhcp?.lease?.network;
  }

  /** Gateways that no interface can reach any more go with the address that could. */
  #nearGateways(vmknics: readonly VmknicConfig[]): VmknicsConfig['stacks'] {
    return this.#config.stacks.map(({ name, gateway }) =>
      gateway !== undefined && isNear(name, gateway, vmknics) ? { name, gateway } : { name },
    );
  }

  #keepStack(stack: VmknicsConfig['stacks'][number]): void {
    const others = this.#config.stacks.filter(({ name }) => name !== stack.name);
    this.#keep({ ...this.#config, stacks: [...others, stack] });
  }

  /** What could not be read again is not kept. */
  #keep(config: VmknicsConfig): VmknicsConfig {
    this.#config = requireKept(() => checkedVmknics(config));
    this.#host.changed(this.#config);
    return this.#config;
  }
}

/** How an interface gets its address, as it is kept. */
function addressing({
  address,
  prefix = DEFAULT_PREFIX,
}: Pick<VmknicChange, 'address' | 'prefix'>): Pick<VmknicConfig, 'address' | 'prefix' | 'isDhcp'> {
  if (address === 'dhcp') return { isDhcp: true };
  return address === undefined || address === 'none' ? {} : { address, prefix };
}
