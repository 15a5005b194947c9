/** The UART in the device tree. Source: Linux Documentation/devicetree/bindings/serial/8250.yaml. */
import { BOARD } from '../board.ts';
import { at, type FdtNode, ref, reg } from '../fdt/fdt.ts';

/** Path of the node when it is put under /soc; for /chosen's stdout-path. */
export const UART_PATH = `/soc/${at('serial', BOARD.uart)}`;

export function uartNode(): FdtNode {
  return {
    name: at('serial', BOARD.uart),
    properties: {
      compatible: 'ns16550a',
      reg: reg(BOARD.uart),
      'clock-frequency': BOARD.uart.clockHz,
      'interrupt-parent': [ref('plic')],
      interrupts: BOARD.uart.irq,
    },
  };
}
