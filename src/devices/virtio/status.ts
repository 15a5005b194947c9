/** Device status: the steps in which a driver brings a device up, and feature bits of the transport. Source: VIRTIO 1.3 §2.1, §6. */

// biome-ignore format: a table reads in columns
export const STATUS = { acknowledge: 1, driver: 2, driverOk: 4, featuresOk: 8, needsReset: 64, failed: 128 } as const;

/** Feature bits that the queues and the transport stand for, whatever the device. */
export const FEATURE = {
  indirectDescriptors: 1n << 28n,
  eventIndex: 1n << 29n,
  version1: 1n << 32n,
  ringReset: 1n << 40n,
} as const;

export const TRANSPORT_FEATURES =
  FEATURE.indirectDescriptors | FEATURE.eventIndex | FEATURE.version1 | FEATURE.ringReset;

/** Each bit that a driver may set, and the bits that must be set before it; in the order of §3.1.1. */
const STEPS: readonly (readonly [bit: number, needs: number])[] = [
  [STATUS.acknowledge, 0],
  // ACKNOWLEDGE is not asked for: U-Boot never sets it.
  [STATUS.driver, 0],
  [STATUS.featuresOk, STATUS.driver],
  [STATUS.driverOk, STATUS.driver | STATUS.featuresOk],
  [STATUS.failed, 0],
];

/**
 * The status after a driver has written `written`, which is not 0 (that is a reset). Bits are only added, steps out of
 * order are ignored, and FEATURES_OK stays clear when the features are not acceptable.
 */
export function nextStatus(status: number, written: number, featuresAcceptable: boolean): number {
  let next = status;
  for (const [bit, needs] of STEPS) {
    const asked = (written & bit) !== 0 && (next & needs) === needs;
    if (asked && (bit !== STATUS.featuresOk || featuresAcceptable)) next |= bit;
  }
  return next;
}

/** Offered by the device, and with VERSION_1, for there is no legacy interface. */
export function featuresAcceptable(offered: bigint, driver: bigint): boolean {
  return (driver & ~offered) === 0n && (driver & FEATURE.version1) !== 0n;
}
