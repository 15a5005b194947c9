/** What the network benchmark measures, and how the guests' program is called for it. */

export interface NetRow {
  readonly name: string;
  readonly what: string;
  readonly unit: 'MB/s' | 'µs';
  /** `host`: through the NAT or QEMU's user networking; `neighbour`: another guest. */
  readonly peer: 'host' | 'neighbour';
  readonly call: 'send' | 'receive' | 'echo' | 'ping';
  /** What we have to reach: so many times QEMU's speed. */
  readonly goal?: number;
  /** What it is like the first time is what it measures: nothing of its kind has run before. */
  readonly isFirst?: true;
}

// biome-ignore format: a table reads in columns
export const NET_ROWS: readonly NetRow[] = [
  { name: 'nat-first', what: 'the first 2,000 pings of the gateway', unit: 'µs',   peer: 'host',      call: 'ping',    isFirst: true },
  { name: 'nat-up',    what: 'TCP, guest to host',                   unit: 'MB/s', peer: 'host',      call: 'send',    goal: 1 },
  { name: 'nat-down',  what: 'TCP, host to guest',                   unit: 'MB/s', peer: 'host',      call: 'receive', goal: 1 },
  { name: 'nat-echo',  what: 'TCP, a byte there and back',           unit: 'µs',   peer: 'host',      call: 'echo',    goal: 1 },
  { name: 'nat-ping',  what: 'ping of the gateway',                  unit: 'µs',   peer: 'host',      call: 'ping',    goal: 1 },
  { name: 'vm-tcp',    what: 'TCP, guest to guest',                  unit: 'MB/s', peer: 'neighbour', call: 'send',    goal: 2 },
  { name: 'vm-echo',   what: 'TCP, a byte there and back',           unit: 'µs',   peer: 'neighbour', call: 'echo',    goal: 1 },
  { name: 'vm-ping',   what: 'ping of the other guest',              unit: 'µs',   peer: 'neighbour', call: 'ping',    goal: 1 },
];

const NEIGHBOUR = { address: '10.9.0.2', port: 5001 } as const;
const OWN = '10.9.0.1';
/** Round trips that are measured, and those before them in which both machines translate what a packet goes through. */
const COUNT = 2000;
const WARM_UP_COUNT = 12_000;
/** The row's name of what is not measured. */
export const WARM_UP = 'wait';

/** What the guest that measures runs: eth0 leads to the host, eth1 to its neighbour. */
export function clientScript(rows: readonly NetRow[], hostPort: number, seconds: number): string {
  const calls = rows.map(({ name, peer, call, isFirst }) => {
    const address = peer === 'host' ? '10.0.2.2' : NEIGHBOUR.address;
    const port = peer === 'host' ? hostPort : NEIGHBOUR.port;
    const line = (row: string, count: number): string => {
      const amount =
        call === 'ping' ? `${count}` : call === 'echo' ? `${port} ${count}` : `${port} ${seconds}`;
      return `/net ${row} ${call} ${address} ${amount}`;
    };
    // Once before, unmeasured: what is slow the first time is for a row of its own to tell.
    const warmUp = isFirst ? [] : [line(WARM_UP, WARM_UP_COUNT)];
    return [...warmUp, line(name, COUNT)].join('\n');
  });
  return [
    'killall udhcpc 2>/dev/null',
    ...addressed('eth0', '10.0.2.15'),
    ...addressed('eth1', OWN),
    // The first connection waits until the neighbour is up.
    `/net ${WARM_UP} echo ${NEIGHBOUR.address} ${NEIGHBOUR.port} 1`,
    ...calls,
    `/net quit quit ${NEIGHBOUR.address} ${NEIGHBOUR.port}`,
  ].join('\n');
}

export function serverScript(): string {
  return [
    'killall udhcpc 2>/dev/null',
    ...addressed('eth0', NEIGHBOUR.address),
    `/net serve serve ${NEIGHBOUR.port}`,
  ].join('\n');
}

function addressed(card: string, address: string): string[] {
  return [`ip -4 addr flush dev ${card}`, `ip link set ${card} up`, `ip addr add ${address}/24 dev ${card}`];
}
