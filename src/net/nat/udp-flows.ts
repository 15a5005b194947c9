/**
 * UDP from guests to the outside: each of a guest's ports has a port of the host, for as long as it is used.
 * Source: RFC 4787 §4.1 (mapping by the guest's port alone), §4.3 (two minutes), §5 (answers of whom it spoke to).
 */
import type { Alarm, Alarms } from '../stack/alarms.ts';
import type { Endpoint, Received, Udp } from '../stack/udp.ts';
import { ipText, parseIp } from '../stack/wire/address.ts';
import { insideAddress, type NatNetwork } from './addresses.ts';
import type { Outside, OutsideDatagrams, OutsideEndpoint } from './outside.ts';

interface Flow {
  readonly key: number;
  readonly guest: Endpoint;
  readonly datagrams: OutsideDatagrams;
  /** Addresses outside that it has sent to; those may answer. */
  readonly peers: Set<string>;
  lastMs: number;
}

// biome-ignore format: a table reads in columns
const LIMIT = { flows: 4096, perGuest: 512, peers: 256, idleMs: 120_000, sweepMs: 10_000 } as const;

export class UdpFlows {
  readonly counts = { opened: 0, strangers: 0, evicted: 0 };
  readonly #outside: Outside;
  readonly #udp: Udp;
  readonly #alarms: Alarms;
  readonly #network: NatNetwork;
  /** In the order of their last use, oldest first. */
  readonly #flows = new Map<number, Flow>();
  readonly #sweep: Alarm;

  constructor(outside: Outside, udp: Udp, alarms: Alarms, network: NatNetwork) {
    this.#outside = outside;
    this.#udp = udp;
    this.#alarms = alarms;
    this.#network = network;
    this.#sweep = alarms.alarm(() => this.#closeIdle());
  }

  get count(): number {
    return this.#flows.size;
  }

  send({ from, to, payload }: Received, target: number): void {
    const key = from.address * 0x1_0000 + from.port;
    const flow = this.#flows.get(key) ?? this.#open(key, from);
    flow.lastMs = this.#alarms.now();
    this.#flows.delete(key);
    this.#flows.set(key, flow);
    const address = ipText(target);
    if (flow.peers.size >= LIMIT.peers && !flow.peers.has(address))
      flow.peers.delete(flow.peers.values().next().value ?? '');
    flow.peers.add(address);
    // The host sends later than this call; the payload is the guest's.
    flow.datagrams.send(payload.slice(), { address, port: to.port });
  }

  close(): void {
    this.#sweep.clear();
    for (const flow of [...this.#flows.values()]) this.#close(flow);
  }

  #open(key: number, guest: Endpoint): Flow {
    this.#makeRoom(guest.address);
    const datagrams = this.#outside.openDatagrams({
      received: (bytes, from) => this.#answered(flow, bytes, from),
    });
    const flow: Flow = { key, guest, datagrams, peers: new Set(), lastMs: this.#alarms.now() };
    this.#flows.set(key, flow);
    this.counts.opened++;
    if (!this.#sweep.isSet) this.#sweep.set(this.#alarms.now() + LIMIT.sweepMs);
    return flow;
  }

  #answered(flow: Flow, bytes: Uint8Array, from: OutsideEndpoint): void {
    const source = parseIp(from.address);
    if (source === undefined || !flow.peers.has(from.address)) return void this.counts.strangers++;
    flow.lastMs = this.#alarms.now();
    this.#udp.send(from.port, { from: insideAddress(source, this.#network), to: flow.guest, payload: bytes });
  }

  /** Who has too many loses the oldest; a guest cannot push others out before its own are at their bound. */
  #makeRoom(guest: number): void {
    const own = [...this.#flows.values()].filter((flow) => flow.guest.address === guest);
    const victim = own.length >= LIMIT.perGuest ? own[0] : undefined;
    const oldest = this.#flows.size >= LIMIT.flows ? this.#flows.values().next().value : undefined;
    for (const flow of new Set([victim, oldest])) {
      if (flow === undefined) continue;
      this.counts.evicted++;
      this.#close(flow);
    }
  }

  #closeIdle(): void {
    const nowMs = this.#alarms.now();
    for (const flow of [...this.#flows.values()]) if (nowMs - flow.lastMs > LIMIT.idleMs) this.#close(flow);
    if (this.#flows.size > 0) this.#sweep.set(nowMs + LIMIT.sweepMs);
  }

  #close(flow: Flow): void {
    this.#flows.delete(flow.key);
    flow.datagrams.close();
  }
}
