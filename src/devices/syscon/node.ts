/** The test finisher in the device tree, and what it is good for. Source: Linux …/power/reset/syscon-poweroff.yaml. */
import { BOARD } from '../board.ts';
import { at, type FdtNode, ref, reg } from '../fdt/fdt.ts';
import { FINISH } from './test-finisher.ts';

/** The register block; goes under /soc. Its label is `test`. */
export function testFinisherNode(): FdtNode {
  return {
    name: at('test', BOARD.test),
    label: 'test',
    properties: { compatible: ['sifive,test1', 'sifive,test0', 'syscon'], reg: reg(BOARD.test) },
  };
}

/** How to switch off and to reset by it; go under the root. */
export function powerNodes(): FdtNode[] {
  return [powerNode('poweroff', FINISH.pass), powerNode('reboot', FINISH.reset)];
}

function powerNode(name: string, value: number): FdtNode {
  return { name, properties: { compatible: `syscon-${name}`, regmap: [ref('test')], offset: 0, value } };
}
