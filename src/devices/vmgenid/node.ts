/** The VM generation ID in the device tree. Source: Linux …/rng/microsoft,vmgenid.yaml. */
import { BOARD } from '../board.ts';
import { at, type FdtNode, ref, reg } from '../fdt/fdt.ts';

export function vmGenerationNode(): FdtNode {
  return {
    name: at('rng', BOARD.vmgenid),
    properties: {
      compatible: 'microsoft,vmgenid',
      reg: reg(BOARD.vmgenid),
      'interrupt-parent': [ref('plic')],
      interrupts: BOARD.vmgenid.irq,
    },
  };
}
