/** The PCI host in the device tree. Source: Linux …/pci/host-generic-pci.yaml; IEEE 1275 PCI bus binding 2.1 §2.2. */
import { BOARD, type Region } from '../board.ts';
import { at, cells64, type FdtCells, type FdtNode, ref, reg } from '../fdt/fdt.ts';
import { PINS, swizzle } from './host.ts';

/** Space codes of a PCI address's first cell. */
const SPACE = { io: 0x0100_0000, memory32: 0x0200_0000, memory64: 0x0300_0000 } as const;

/** `high`: the window for 64-bit BARs, from `highPciWindow`. */
export function pciNode(high: Region): FdtNode {
  return {
    name: at('pci', BOARD.pciEcam),
    properties: {
      compatible: 'pci-host-ecam-generic',
      device_type: 'pci',
      '#address-cells': 3,
      '#size-cells': 2,
      '#interrupt-cells': 1,
      'linux,pci-domain': 0,
      'bus-range': [0, 0xff],
      'dma-coherent': true,
      reg: reg(BOARD.pciEcam),
      ranges: [
        ...range(SPACE.io, 0, BOARD.pciPio),
        ...range(SPACE.memory32, BOARD.pciMmio32.base, BOARD.pciMmio32),
        ...range(SPACE.memory64, high.base, high),
      ],
      'interrupt-map-mask': [unit(PINS - 1), 0, 0, 7],
      'interrupt-map': interruptMap(),
    },
  };
}

/** Child address (three cells), parent address, size. */
function range(space: number, pciAddress: number, region: Region): number[] {
  return [space, ...cells64(pciAddress), ...cells64(region.base), ...cells64(region.size)];
}

/** The swizzle repeats every four slots, and the mask says so. */
function interruptMap(): FdtCells {
  const rows: (number | ReturnType<typeof ref>)[] = [];
  for (let slot = 0; slot < PINS; slot++) {
    for (let pin = 1; pin <= PINS; pin++) {
      rows.push(unit(slot), 0, 0, pin, ref('plic'), BOARD.pciEcam.firstIrq + swizzle(slot, pin));
    }
  }
  return rows;
}

/** First address cell of a slot. */
function unit(slot: number): number {
  return slot << 11;
}
