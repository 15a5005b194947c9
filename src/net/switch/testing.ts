/** What the tests of switches share: stations that remember, frames, a switch with a clock that stands still. */
import { writeBig16 } from '../checksum.ts';
import type { Frame } from '../frame.ts';
import type { LinkEnd } from '../port.ts';
import { BROADCAST, macAt, putMac } from './mac.ts';
import { DEFAULT_POLICIES, type Policies, type PolicyOverrides } from './policy.ts';
import type { SwitchPort } from './switch-port.ts';
import { VirtualSwitch } from './virtual-switch.ts';
import { vlanOf, withTag } from './vlan.ts';

/** A station: what comes to it, and a way to send. */
export class TestStation {
  readonly heard: Frame[] = [];
  readonly link: LinkEnd;
  #handler: ((frame: Frame) => void) | undefined;

  constructor() {
    this.link = {
      send: (frame) => {
        this.heard.push({ ...frame, bytes: frame.bytes.slice() });
        return true;
      },
      onReceive: (handler) => void (this.#handler = handler),
    };
  }

  send(frame: Frame): void {
    this.#handler?.(frame);
  }

  /** Who sent what was heard since the last call, with its VLAN if it had a tag. */
  take(): string[] {
    return this.heard.splice(0).map((frame) => {
      const vlan = vlanOf(frame);
      return `${macAt(frame.bytes, 6)}${vlan === 0 ? '' : `@${vlan}`}`;
    });
  }
}

/** An IPv4-like frame of small addresses; 0 is everybody. */
export function frameOf(from: number, to: number, { bytes = 100, vlan = 0 } = {}): Frame {
  const frame = new Uint8Array(bytes);
  putMac(frame, 0, to === 0 ? BROADCAST : to);
  putMac(frame, 6, from);
  writeBig16(frame, 12, 0x0800);
  return vlan === 0 ? { bytes: frame } : withTag({ bytes: frame }, vlan);
}

/** Addresses of stations that are no multicast. */
export const mac = (n: number): number => 2 * n;

export class TestSwitch {
  readonly clock = { ms: 0 };
  readonly stations = new Map<number, TestStation>();
  readonly ports = new Map<number, SwitchPort>();
  readonly uplinks: TestStation[] = [];
  readonly net: VirtualSwitch;

  constructor(overrides: PolicyOverrides = {}, uplinks = 1, mtuBytes = 1500) {
    const policies: Policies = {
      ...{ security: { ...DEFAULT_POLICIES.security, ...overrides.security } },
      ...{ shaping: { ...DEFAULT_POLICIES.shaping, ...overrides.shaping } },
      teaming: {
        ...DEFAULT_POLICIES.teaming,
        active: Array.from({ length: uplinks }, (_, i) => `up${i}`),
        ...overrides.teaming,
      },
    };
    this.net = new VirtualSwitch(
      { name: 'vSwitch0', index: 1, policies, mtuBytes },
      { nowMs: () => this.clock.ms, expressChanged: () => {}, wake: () => {} },
    );
    for (let i = 0; i < uplinks; i++) {
      const station = new TestStation();
      const device = {
        name: `up${i}`,
        link: station.link,
        mac: mac(1000 + i),
        driver: 'test',
        speedMbps: 100,
      };
      this.net.addUplink(device, i);
      this.uplinks.push(station);
    }
  }

  /** Plugs in station `n`, with address `mac(n)`. */
  plug(n: number, group: string): TestStation {
    const station = new TestStation();
    const { link } = station;
    const plugged = { name: `s${n}`, mac: mac(n), link, traffic: 'virtualMachine' } as const;
    this.ports.set(n, this.net.connect(plugged, group));
    this.stations.set(n, station);
    for (const uplink of this.uplinks) uplink.heard.splice(0);
    return station;
  }

  /** Who heard a frame: numbers of stations, `up0` … */
  heardBy(send: () => void): string[] {
    send();
    const stations = [...this.stations].map(([n, station]) => [String(n), station] as const);
    const uplinks = this.uplinks.map((station, i) => [`up${i}`, station] as const);
    return [...stations, ...uplinks].flatMap(([name, station]) => station.take().map(() => name));
  }
}
