/** The host's clock: the same on every thread, so that what one has read is never later than what another reads next. */

export interface HostClock {
  /** Nanoseconds since the host began. */
  nowNs(): number;
  /** The same in ticks of 100 ns. */
  ticks(): number;
}

/** When a host begins: to be handed to its threads. */
export function clockOrigin(): bigint {
  return process.hrtime.bigint();
}

/** `performance.now` begins at another time in every thread; this does not. */
export function hostClock(origin: bigint): HostClock {
  const seconds = Number(origin / 1_000_000_000n);
  const rest = Number(origin % 1_000_000_000n);
  const nowNs = (): number => {
    const [s, ns] = process.hrtime();
    return (s - seconds) * 1e9 + (ns - rest);
  };
  return { nowNs, ticks: () => nowNs() / 100 };
}
