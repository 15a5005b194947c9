/**
 * Beacon probing: each uplink sends broadcasts that the others of the switch must hear; one that hears none for a while is
 * taken for dead though its link is up. Source: vSphere Networking, "Network Failover Detection".
 */
import { readBig16, readBig32, writeBig16, writeBig32 } from '../checksum.ts';
import { ETHERNET_HEADER_BYTES } from '../frame.ts';
import { BROADCAST, macAt, putMac } from './mac.ts';

const BEACON_ETHERTYPE = 0x05ff;
const BEACON_BYTES = 60;
const MAGIC = 0x564d_4b42;
const INTERVAL_MS = 1000;
/** So many that did not come make an uplink a dead one. */
const MISSED = 3;

export class BeaconProbe {
  readonly #switchId: number;
  /** When each uplink heard one last. */
  readonly #heardMs = new Map<number, number>();
  #sentMs = Number.NEGATIVE_INFINITY;

  /** @param switchId - 32 bits that tell this switch's beacons from others'. */
  constructor(switchId: number) {
    this.#switchId = switchId;
  }

  get intervalMs(): number {
    return INTERVAL_MS;
  }

  /** Beacons that are due now, by uplink. */
  tick(uplinks: readonly number[], nowMs: number): readonly { uplink: number; bytes: Uint8Array }[] {
    for (const uplink of uplinks) if (!this.#heardMs.has(uplink)) this.#heardMs.set(uplink, nowMs);
    if (nowMs - this.#sentMs < INTERVAL_MS) return [];
    this.#sentMs = nowMs;
    return uplinks.map((uplink) => ({ uplink, bytes: this.#beacon(uplink) }));
  }

  /** Whether a frame from an uplink is a beacon: those are for nobody else. One of its own tells nothing. */
  hear(uplink: number, bytes: Uint8Array, nowMs: number): boolean {
    if (readBig16(bytes, ETHERNET_HEADER_BYTES - 2) !== BEACON_ETHERTYPE || macAt(bytes, 0) !== BROADCAST)
      return false;
    if (readBig32(bytes, 14) !== MAGIC || bytes.length < BEACON_BYTES) return false;
    const isOurs = readBig32(bytes, 18) === this.#switchId;
    if (isOurs && readBig32(bytes, 22) !== uplink) this.#heardMs.set(uplink, nowMs);
    return true;
  }

  /** Whether an uplink hears the others. When none does, beacons tell nothing, and all are as good as their links. */
  works(uplink: number, uplinks: readonly number[], nowMs: number): boolean {
    const hears = (one: number): boolean =>
      nowMs - (this.#heardMs.get(one) ?? nowMs) < MISSED * INTERVAL_MS + INTERVAL_MS / 2;
    return uplinks.length < 2 || !uplinks.some(hears) || hears(uplink);
  }

  #beacon(uplink: number): Uint8Array {
    const bytes = new Uint8Array(BEACON_BYTES);
    putMac(bytes, 0, BROADCAST);
    putMac(bytes, 6, 0x02_00_00_00_00_00 + ((this.#switchId ^ uplink) % 2 ** 24));
    writeBig16(bytes, 12, BEACON_ETHERTYPE);
    writeBig32(bytes, 14, MAGIC);
    writeBig32(bytes, 18, this.#switchId);
    writeBig32(bytes, 22, uplink);
    return bytes;
  }
}
