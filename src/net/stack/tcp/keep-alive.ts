/** Finds out whether the peer of a silent connection is still there. Source: RFC 9293 §3.8.4. */
import type { Alarm, Alarms } from '../alarms.ts';

export interface KeepAliveSettings {
  readonly idleMs: number;
  readonly everyMs: number;
  readonly probes: number;
}

export class KeepAlive {
  readonly #alarms: Alarms;
  readonly #settings: KeepAliveSettings | undefined;
  readonly #alarm: Alarm;
  #probesLeft = 0;

  /** `probe` makes the peer answer; without settings nothing is ever asked. */
  constructor(
    alarms: Alarms,
    settings: KeepAliveSettings | undefined,
    host: { probe(): void; gaveUp(): void },
  ) {
    this.#alarms = alarms;
    this.#settings = settings;
    this.#alarm = alarms.alarm(() => {
      if (settings === undefined) return;
      if (this.#probesLeft-- <= 0) return host.gaveUp();
      host.probe();
      this.#alarm.set(alarms.now() + settings.everyMs);
    });
  }

  /** The peer is there. */
  heard(): void {
    if (this.#settings === undefined) return;
    this.#probesLeft = this.#settings.probes;
    this.#alarm.set(this.#alarms.now() + this.#settings.idleMs);
  }

  stop(): void {
    this.#alarm.clear();
  }
}
