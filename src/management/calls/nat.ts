/** Calls on the host's NAT: who is behind it, which ports lead in, what guests may reach. */
import { formatMac, ipText, type KeptForward, type KeptRule, type NatGuest } from '#net';
import { callsOn } from '../local/call.ts';
import { integer, oneOf, optional, text } from '../local/fields.ts';
import { present } from '../present.ts';

/** What these calls need of the host. */
export interface NatServices {
  readonly nat: {
    guests(): readonly NatGuest[];
    forwards(): readonly NatForwardRow[];
    readonly rules: readonly KeptRule[];
    addForward(forward: KeptForward): Promise<void>;
    removeForward(protocol: string, port: number): void;
    addRule(rule: KeptRule, before?: number): void;
    removeRule(number: number): void;
  };
  /** The machine whose card has the address: `web.eth0`; undefined: none that runs. */
  readonly nicOf: (mac: number) => string | undefined;
}

export interface NatLeaseRow {
  readonly address: string;
  readonly mac: string;
  /** What the guest calls itself. */
  readonly name: string;
  /** The machine's card; empty when it runs no more. */
  readonly nic: string;
  readonly source: NatGuest['source'];
}

export type NatForwardRow = KeptForward & { readonly problem: string | undefined };
export type NatRuleRow = KeptRule & { readonly number: number };

const call = callsOn<NatServices>();
const port = integer(1, 65_535);
const protocol = oneOf('tcp', 'udp');

// biome-ignore format: a table reads in columns
export const NAT_CALLS = {
  'net.nat.leases':         call('guests behind the NAT, with their addresses', {}, leases),
  'net.nat.forwards':       call('ports of the host that lead to guests', {}, ({ nat }) => nat.forwards()),
  'net.nat.forward.add':    call('lets a port of the host lead to a guest', { protocol, address: text(), port, guest: text(), guestPort: port }, ({ nat }, forward) => nat.addForward(forward)),
  'net.nat.forward.remove': call('closes a port that led to a guest', { protocol, port }, ({ nat }, given) => nat.removeForward(given.protocol, given.port)),
  'net.nat.rules':          call('what guests may reach: the first that fits decides', {}, ({ nat }) => nat.rules.map((rule, index): NatRuleRow => ({ number: index + 1, ...rule }))),
  'net.nat.rule.add':       call('adds a rule, at the end or before another', { action: oneOf('allow', 'deny'), mac: optional(text()), protocol: optional(oneOf('tcp', 'udp', 'icmp')), target: optional(text()), ports: optional(text()), before: optional(integer(1, 1024)) }, addRule),
  'net.nat.rule.remove':    call('removes a rule', { number: integer(1, 1024) }, ({ nat }, { number }) => nat.removeRule(number)),
};

function leases({ nat, nicOf }: NatServices): NatLeaseRow[] {
  return nat.guests().map(({ address, mac, name, source }) => ({
    ...{ address: ipText(address), mac: formatMac(mac), name, source },
    nic: nicOf(mac) ?? '',
  }));
}

function addRule(
  { nat }: NatServices,
  {
    action,
    before,
    ...given
  }: { action: KeptRule['action']; before: number | undefined } & {
    [K in 'mac' | 'protocol' | 'target' | 'ports']: KeptRule[K] | undefined;
  },
): void {
  nat.addRule({ ...present(given), action }, before);
}
