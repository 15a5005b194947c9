/** An uplink of a virtual switch: the way out of the host, with what it can carry, and how that is shared. */
import type { Frame } from '../frame.ts';
import type { LinkEnd } from '../port.ts';
import { TrafficControl, type TrafficType } from './nioc.ts';
import { countCast, newCounters, type Passing, type Tap } from './switch-port.ts';
import { isTagged, VLAN_NONE, vlanOf, withoutTag, withTag } from './vlan.ts';

/** What is behind an uplink: a NAT, a tunnel, a device. */
export interface UplinkDevice {
  readonly name: string;
  readonly link: LinkEnd;
  readonly mac: number;
  /** What it is, for lists: `nat`, `vxlan`, `tap`, `none`. */
  readonly driver: string;
  readonly speedMbps: number;
}

interface Waiting {
  readonly passing: Passing;
}

export class Uplink {
  readonly id: number;
  readonly device: UplinkDevice;
  readonly counters = newCounters();
  readonly taps = new Set<Tap>();
  isUp = true;
  /** Present while network I/O control is on. */
  control: TrafficControl<Waiting> | undefined;
  readonly #nowMs: () => number;
  /** Called when something waits: `run` is wanted then. */
  readonly #wake: () => void;

  constructor(id: number, device: UplinkDevice, nowMs: () => number, wake: () => void) {
    this.id = id;
    this.device = device;
    this.#nowMs = nowMs;
    this.#wake = wake;
  }

  get name(): string {
    return this.device.name;
  }

  /** Network I/O control, on or off; on, the uplink carries no more than its speed. */
  setControl(isOn: boolean): void {
    if (isOn === (this.control !== undefined)) return;
    this.control = isOn ? new TrafficControl(this.device.speedMbps, this.#nowMs()) : undefined;
  }

  /** Sends a frame, now or when its turn comes; whether there was room for it. */
  send(passing: Passing, type: TrafficType): boolean {
    if (!this.isUp) return false;
    if (this.control === undefined) return this.#transmit(passing);
    const { frame, vlan } = passing;
    const kept = { passing: { frame: { ...frame, bytes: frame.bytes.slice() }, vlan } };
    if (!this.control.add(type, kept, frame.bytes.length)) {
      this.counters.drops.noRoom++;
      return false;
    }
    this.#wake();
    return true;
  }

  /** Sends what may be sent by now; when (milliseconds) there may be more. */
  run(nowMs: number): number {
    return (
      this.control?.run(nowMs, ({ passing }) => void this.#transmit(passing)) ?? Number.POSITIVE_INFINITY
    );
  }

  /** A frame that came from outside, as it is inside. */
  admit(frame: Frame): Passing {
    this.counters.framesIn++;
    this.counters.bytesIn += frame.bytes.length;
    countCast(frame.bytes, this.counters, 'In');
    for (const tap of this.taps) tap('in', frame);
    const vlan = vlanOf(frame);
    return { frame: isTagged(frame) ? withoutTag(frame) : frame, vlan };
  }

  #transmit({ frame, vlan }: Passing): boolean {
    const tagged = vlan === VLAN_NONE ? frame : withTag(frame, vlan);
    if (!this.isUp || !this.device.link.send(tagged)) {
      this.counters.drops.noRoom++;
      return false;
    }
    this.counters.framesOut++;
    this.counters.bytesOut += tagged.bytes.length;
    countCast(tagged.bytes, this.counters, 'Out');
    for (const tap of this.taps) tap('out', tagged);
    return true;
  }
}
