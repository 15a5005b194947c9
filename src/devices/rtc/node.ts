/** The real-time clock in the device tree. Source: Linux …/rtc/google,goldfish-rtc.yaml. */
import { BOARD } from '../board.ts';
import { at, type FdtNode, ref, reg } from '../fdt/fdt.ts';

export function rtcNode(): FdtNode {
  return {
    name: at('rtc', BOARD.rtc),
    properties: {
      compatible: 'google,goldfish-rtc',
      reg: reg(BOARD.rtc),
      'interrupt-parent': [ref('plic')],
      interrupts: BOARD.rtc.irq,
    },
  };
}
