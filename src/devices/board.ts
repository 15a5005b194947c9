/** The board's map: where everything is and which interrupt it has. Source: QEMU 7.2 hw/riscv/virt.c `virt_memmap`. */

/** Bytes [base, base + size) of guest-physical space. */
export interface Region {
  readonly base: number;
  readonly size: number;
}

/** A region with its PLIC source. */
export interface InterruptingRegion extends Region {
  readonly irq: number;
}

// biome-ignore format: a table reads in columns
export const BOARD = {
  test:      { base: 0x0010_0000, size: 0x1000 },
  rtc:       { base: 0x0010_1000, size: 0x1000, irq: 11 },
  vmgenid:   { base: 0x0010_2000, size: 0x1000, irq: 12 },
  pciPio:    { base: 0x0300_0000, size: 0x1_0000 },
  plic:      { base: 0x0c00_0000, size: 0x60_0000, sources: 96 },
  uart:      { base: 0x1000_0000, size: 0x100, irq: 10, clockHz: 3_686_400 },
  pciEcam:   { base: 0x3000_0000, size: 0x1000_0000, firstIrq: 32 },
  pciMmio32: { base: 0x4000_0000, size: 0x4000_0000 },
  ram:       { base: 0x8000_0000 },
} as const;

/** Ticks of the guest's `time` counter in a second. */
export const TIMEBASE_HZ = 10_000_000;

const HIGH_WINDOW_BYTES = 0x4_0000_0000;

/** The 64-bit PCI window: 16 GiB, at the first multiple of 16 GiB that lies after RAM of `ramBytes`. */
export function highPciWindow(ramBytes: number): Region {
  const ramEnd = BOARD.ram.base + ramBytes;
  return { base: Math.ceil(ramEnd / HIGH_WINDOW_BYTES) * HIGH_WINDOW_BYTES, size: HIGH_WINDOW_BYTES };
}
