/** The PLIC in the device tree. Source: Linux …/interrupt-controller/sifive,plic-1.0.0.yaml. */
import { BOARD } from '../board.ts';
import { at, type FdtNode, ref, reg } from '../fdt/fdt.ts';

/** Number of the supervisor external interrupt at a hart's own controller. */
const SUPERVISOR_EXTERNAL = 9;

/** `hartControllers`: the labels of the harts' `riscv,cpu-intc` nodes, in hart order. The node's label is `plic`. */
export function plicNode(hartControllers: readonly string[]): FdtNode {
  return {
    name: at('plic', BOARD.plic),
    label: 'plic',
    properties: {
      compatible: ['sifive,plic-1.0.0', 'riscv,plic0'],
      reg: reg(BOARD.plic),
      'interrupt-controller': true,
      '#interrupt-cells': 1,
      '#address-cells': 0,
      'riscv,ndev': BOARD.plic.sources,
      'interrupts-extended': hartControllers.flatMap((label) => [ref(label), SUPERVISOR_EXTERNAL]),
    },
  };
}
