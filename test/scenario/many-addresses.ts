// Many VMs on one host, each with an address of its own by the NAT's DHCP: shown by the host, and answering a ping of it.
import { setTimeout } from 'node:timers/promises';
import { dialogue, type TestHost } from './host.ts';

const PROMPT = '~ # ';
const MEMORY_MIB = 128;
const POLL_MS = 500;
const PING_MS = 20_000;
/** A guest asks again every 15 s. */
const STUCK_MS = 180_000;
/** So many are asked for an echo at a time. */
const ASKED_AT_ONCE = 8;

interface Lease {
  readonly address: string;
  readonly nic: string;
  readonly source: string;
}

interface Listed {
  readonly name: string;
  readonly addresses: readonly string[];
}

export interface Addressed {
  /** By VM. */
  readonly addresses: ReadonlyMap<string, string>;
  /** VMs that no interface of the host got an echo of. */
  readonly silent: readonly string[];
  /** VMs for which the list of VMs has another address than the list of leases. */
  readonly unlike: readonly string[];
}

/** Boots one and copies it; resolves when all have addresses and were asked for echoes. Preconditions: the host is up. */
export async function addressMany(
  host: TestHost,
  count: number,
  say: (line: string) => void,
): Promise<Addressed> {
  const { client } = host;
  await client.call('vm.create', { name: 'a', memoryMib: MEMORY_MIB });
  await client.call('vm.start', { vm: 'a' });
  await dialogue(client, 'a', [[PROMPT]]);
  await client.call('vm.fork', { vm: 'a', count: count - 1 });
  const addresses = await leased(host, count, say);
  const silent: string[] = [];
  const asked = [...addresses];
  while (asked.length > 0) {
    const some = asked.splice(0, ASKED_AT_ONCE);
    const results = await Promise.all(some.map(([, target]) => answers(host, target)));
    silent.push(...some.flatMap(([vm], i) => (results[i] ? [] : [vm])));
  }
  say(`${addresses.size - silent.length} of ${count} answered`);
  return { addresses, silent, unlike: await unlike(host, addresses) };
}

/** Resolves when all have an address of the NAT. @throws Error when none has got one for long. */
async function leased(
  { client }: TestHost,
  count: number,
  say: (line: string) => void,
): Promise<ReadonlyMap<string, string>> {
  for (let before = 0, sinceMs = Date.now(); ; ) {
    const leases = await client.call<readonly Lease[]>('net.nat.leases', {});
    const own = leases.filter(({ nic, source }) => nic !== '' && source === 'dhcp');
    const addresses = new Map(own.map(({ nic, address }) => [nic.slice(0, nic.lastIndexOf('.')), address]));
    if (addresses.size !== before) {
      say(`${addresses.size} of ${count} have addresses`);
      sinceMs = Date.now();
    }
    before = addresses.size;
    if (addresses.size === count) return addresses;
    if (Date.now() - sinceMs > STUCK_MS) {
      const { vms } = await client.call<{ vms: readonly Listed[] }>('vm.list', {});
      const without = vms.map(({ name }) => name).filter((name) => !addresses.has(name));
      throw new Error(
        `no VM has got an address for ${STUCK_MS / 1000} s; without one: ${without.join(', ')}`,
      );
    }
    await setTimeout(POLL_MS);
  }
}

async function answers({ client }: TestHost, target: string): Promise<boolean> {
  const { result } = await client.call<{ result: string }>('net.ping', { target, timeoutMs: PING_MS });
  return result === 'reply';
}

/** What guests say of themselves comes by their agents, later than the lease. */
async function unlike({ client }: TestHost, addresses: ReadonlyMap<string, string>): Promise<string[]> {
  const TRIES = 120;
  for (let left = TRIES; ; left--) {
    const { vms } = await client.call<{ vms: readonly Listed[] }>('vm.list', {});
    const wrong = vms.filter((vm) => !vm.addresses.includes(addresses.get(vm.name) ?? ''));
    if (wrong.length === 0 || left === 0) return wrong.map(({ name }) => name);
    await setTimeout(POLL_MS);
  }
}
