/** The TAP devices of a host: uplinks to the machine's own network, which need privileges. */
import { writeSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { reasonOf, usageError } from '#lib';
import {
  cable,
  checkedTaps,
  type LinkEnd,
  type Networks,
  requireKept,
  type TapEntry,
  type TapsConfig,
} from '#net';
import { openTap, type TapDevice } from './tap-device.ts';
import type { TapWork } from './tap-worker.ts';

export interface TapsParts {
  readonly networks: Pick<Networks, 'addDevice' | 'removeDevice' | 'devices'>;
  /** The address of a new uplink. */
  readonly newMac: () => number;
  /** The configuration is another. */
  readonly keep: (config: TapsConfig) => void;
}

/** A device with what went through, or why it is not open. */
type TapState = TapEntry & {
  readonly framesIn: number;
  readonly framesOut: number;
  /** What the machine did not take. */
  readonly dropped: number;
  readonly problem: string | undefined;
};

interface OpenTap {
  readonly device: TapDevice;
  /** Our end of the uplink's cable. */
  readonly far: LinkEnd;
  /** The thread is over: when it was told so, or its device is gone. */
  readonly ended: Promise<void>;
  readonly counts: { framesIn: number; framesOut: number; dropped: number };
}

const SPEED_MBPS = 10_000;
const WAKE_BYTES = 8;

export class Taps {
  readonly #parts: TapsParts;
  readonly #open = new Map<string, OpenTap>();
  readonly #problems = new Map<string, string>();
  #config: TapsConfig;

  /** @param config - checked. */
  constructor(config: TapsConfig, parts: TapsParts) {
    this.#config = config;
    this.#parts = parts;
  }

  /** Opens what was kept. A device that cannot be opened keeps nothing else from coming up. */
  start(warn: (line: string) => void): void {
    for (const entry of this.#config.taps) {
      try {
        this.#begin(entry);
      } catch (error) {
        this.#problems.set(entry.name, reasonOf(error));
        warn(`TAP device ${entry.device}: ${reasonOf(error)}`);
      }
    }
  }

  list(): readonly TapState[] {
    const nothing = { framesIn: 0, framesOut: 0, dropped: 0 };
    return this.#config.taps.map((entry) => ({
      ...{ ...entry, ...(this.#open.get(entry.name)?.counts ?? nothing) },
      problem: this.#problems.get(entry.name),
    }));
  }

  /** @throws HostError `usage`, `tap-unavailable` */
  add(entry: TapEntry): void {
    if (this.#parts.networks.devices.some(({ name }) => name === entry.name))
      throw usageError(`there is an uplink "${entry.name}" already`);
    requireKept(() => checkedTaps({ version: 1, taps: [...this.#config.taps, entry] }));
    this.#begin(entry);
    this.#keep([...this.#config.taps, entry]);
  }

  /** @throws HostError `usage` while a switch uses it */
  async remove(name: string): Promise<void> {
    const entry = this.#config.taps.find((one) => one.name === name);
    if (entry === undefined) throw usageError(`there is no TAP uplink "${name}"`);
    this.#parts.networks.removeDevice(name);
    this.#keep(this.#config.taps.filter((one) => one !== entry));
    this.#problems.delete(name);
    await this.#end(name);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open.keys()].map((name) => this.#end(name)));
  }

  #begin({ name, device: deviceName }: TapEntry): void {
    const device = openTap(deviceName);
    const { fd, wakeFd } = device;
    const work: TapWork = { fd, wakeFd };
    const worker = new Worker(new URL('./tap-worker.ts', import.meta.url), { workerData: work });
    const counts = { framesIn: 0, framesOut: 0, dropped: 0 };
    const [link, far] = cable();
    // Checksums are filled in and long segments cut on the cable: the machine gets what a wire carries.
    far.onReceive(({ bytes }) => {
      try {
        writeSync(fd, bytes);
        counts.framesOut++;
      } catch {
        // It is down, or full: lost, as on any Ethernet.
        counts.dropped++;
      }
    });
    worker.on('message', (frames: readonly Uint8Array[]) => {
      counts.framesIn += frames.length;
      for (const bytes of frames) far.send({ bytes });
    });
    let reason = 'the device is gone';
    worker.once('error', (error) => (reason = reasonOf(error)));
    const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    const open: OpenTap = { device, far, ended, counts };
    this.#open.set(name, open);
    void ended.then(() => {
      if (this.#open.get(name) === open) this.#problems.set(name, reason);
    });
    const mac = this.#parts.newMac();
    this.#parts.networks.addDevice({ name, link, mac, driver: 'tap', speedMbps: SPEED_MBPS });
  }

  /** The thread ends by itself before what it waits on is closed; nothing is sent to a number that may be another's then. */
  async #end(name: string): Promise<void> {
    const open = this.#open.get(name);
    if (open === undefined || !this.#open.delete(name)) return;
    const { device, far, ended } = open;
    far.onReceive(() => {});
    const word = new Uint8Array(WAKE_BYTES);
    word[0] = 1;
    writeSync(device.wakeFd, word);
    await ended;
    device.close();
  }

  #keep(taps: readonly TapEntry[]): void {
    this.#config = { version: 1, taps };
    this.#parts.keep(this.#config);
  }
}
