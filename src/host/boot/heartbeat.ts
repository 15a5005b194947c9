/** Lines of vmksummary.log: that the host is up, every hour how long and with how many VMs, and that it ends. */
import type { Clock, Logger } from '#lib';
import type { Every } from '#management';

const HOUR_MS = 3_600_000;
const NANOSECONDS_PER_SECOND = 1_000_000_000n;

export interface HeartbeatParts {
  readonly clock: Pick<Clock, 'nowNanoseconds'>;
  readonly every: Every;
  readonly loggerOf: (source: string) => Logger;
  readonly runningVms: () => number;
}

/** Begins; returns what ends it. */
export function beginHeartbeat({ clock, every, loggerOf, runningVms }: HeartbeatParts): () => void {
  const began = clock.nowNanoseconds();
  loggerOf('bootstop').info('Host has booted');
  const stop = every(HOUR_MS, () => {
    const seconds = Number((clock.nowNanoseconds() - began) / NANOSECONDS_PER_SECOND);
    loggerOf('heartbeat').info(`up ${duration(seconds)}, ${runningVms()} VMs`);
  });
  return () => {
    stop();
    loggerOf('bootstop').info('Host is halting');
  };
}

/** `1d2h3m4s`. */
function duration(seconds: number): string {
  const [days, hours, minutes] = [86_400, 3600, 60].map((unit) => Math.floor(seconds / unit));
  return `${days}d${(hours ?? 0) % 24}h${(minutes ?? 0) % 60}m${seconds % 60}s`;
}
