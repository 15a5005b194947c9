/**
 * The host's own time: how far it is from that of the machine under it, which no host sets. Kept in /etc/vmware/clock.conf, as a
 * hardware clock keeps it while nothing is on.
 */
import { type Clock, HostError, type Logger } from '#lib';
import type { SettingsFiles } from './settings-files.ts';

export const TIME_PATH = '/etc/vmware/clock.conf';

const NS_PER_MS = 1_000_000n;
const MAX_OFFSET_MS = 500 * 366 * 86_400_000;
const LINE = /^offsetMs = (-?\d{1,15})$/m;
/** What clocks of guests, certificates and logs can hold. */
const FIRST_MS = Date.UTC(1970, 0, 1);
const LAST_MS = Date.UTC(2200, 0, 1);

/** A clock that is another one, and so much later. */
export class OffsetClock implements Clock {
  readonly #under: Clock;
  offsetMs = 0;

  constructor(under: Clock) {
    this.#under = under;
  }

  nowNanoseconds(): bigint {
    return this.#under.nowNanoseconds();
  }

  wallNanoseconds(): bigint {
    return this.#under.wallNanoseconds() + BigInt(this.offsetMs) * NS_PER_MS;
  }
}

export interface HostTimeParts {
  readonly files: SettingsFiles;
  readonly logger: Logger;
  readonly clock: OffsetClock;
}

export class HostTime {
  readonly #parts: HostTimeParts;

  constructor(parts: HostTimeParts) {
    this.#parts = parts;
    parts.clock.offsetMs = this.#kept();
  }

  /** How much later it is here than on the machine under it. */
  get offsetMs(): number {
    return this.#parts.clock.offsetMs;
  }

  /** @throws HostError `setting-refused` */
  set(wallMs: number): void {
    const { files, logger, clock } = this.#parts;
    if (!(wallMs >= FIRST_MS && wallMs < LAST_MS)) {
      const value = Number.isNaN(wallMs) ? 'no time' : String(wallMs);
      throw new HostError('setting-refused', {
        what: 'time',
        value,
        reason: 'a host is in the years 1970 … 2199',
      });
    }
    const before = clock.wallNanoseconds();
    const offsetMs = clock.offsetMs + Math.round(wallMs - Number(before / NS_PER_MS));
    files.replace(
      TIME_PATH,
      `# Milliseconds that the host's time is later than the machine's.\noffsetMs = ${offsetMs}\n`,
    );
    clock.offsetMs = offsetMs;
    logger.info(`the time was ${text(before)}, and was set to ${text(clock.wallNanoseconds())}`);
  }

  #kept(): number {
    const { files, logger } = this.#parts;
    const found = files.read(TIME_PATH);
    if (found === undefined) return 0;
    const offsetMs = Number(LINE.exec(found)?.[1] ?? Number.NaN);
    if (Math.abs(offsetMs) <= MAX_OFFSET_MS) return offsetMs;
    logger.warning(`${TIME_PATH}: there is no line "offsetMs = N": the time is the machine's`);
    return 0;
  }
}

function text(wallNanoseconds: bigint): string {
  return new Date(Number(wallNanoseconds / NS_PER_MS)).toISOString();
}
