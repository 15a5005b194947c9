/** Tests of the device tree nodes against what QEMU's virt board has (`-M virt,dumpdtb=`, QEMU 7.2, 128 MiB, two harts). */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { highPciWindow } from '../board.ts';
import type { FdtCells, FdtNode } from '../fdt/fdt.ts';
import { plicNode } from '../plic/node.ts';
import { rtcNode } from '../rtc/node.ts';
import { powerNodes, testFinisherNode } from '../syscon/node.ts';
import { uartNode } from '../uart/node.ts';
import { pciNode } from './node.ts';

/** Cells as dtc prints them, with names for references. */
function cells(node: FdtNode, name: string): string {
  return [node.properties[name] as number | FdtCells]
    .flat()
    .map((cell) => (typeof cell === 'object' ? cell.reference : `0x${cell.toString(16)}`))
    .join(' ');
}

test('pciNode: ranges and interrupt map as QEMU has them', () => {
  const node = pciNode(highPciWindow(128 * 2 ** 20));
  assert.equal(node.name, 'pci@30000000');
  assert.equal(
    cells(node, 'ranges'),
    '0x1000000 0x0 0x0 0x0 0x3000000 0x0 0x10000 0x2000000 0x0 0x40000000 0x0 0x40000000 0x0 0x40000000 ' +
      '0x3000000 0x4 0x0 0x4 0x0 0x4 0x0',
  );
  assert.equal(cells(node, 'interrupt-map-mask'), '0x1800 0x0 0x0 0x7');
  const rows = ['20 21 22 23', '21 22 23 20', '22 23 20 21', '23 20 21 22'].flatMap((lines, slot) =>
    lines.split(' ').map((line, i) => `0x${(slot * 0x800).toString(16)} 0x0 0x0 0x${i + 1} plic 0x${line}`),
  );
  assert.equal(cells(node, 'interrupt-map'), rows.join(' '));
});

test('device nodes: places and interrupts as QEMU has them', () => {
  assert.equal(uartNode().name, 'serial@10000000');
  assert.equal(cells(uartNode(), 'clock-frequency'), '0x384000');
  assert.deepEqual([cells(uartNode(), 'interrupts'), cells(rtcNode(), 'interrupts')], ['0xa', '0xb']);
  assert.equal(cells(rtcNode(), 'reg'), '0x0 0x101000 0x0 0x1000');
  assert.equal(testFinisherNode().name, 'test@100000');
  assert.deepEqual(
    powerNodes().map((node) => `${node.name} ${cells(node, 'regmap')} ${cells(node, 'value')}`),
    ['poweroff test 0x5555', 'reboot test 0x7777'],
  );
  const plic = plicNode(['cpu0', 'cpu1']);
  assert.equal(plic.name, 'plic@c000000');
  assert.equal(cells(plic, 'interrupts-extended'), 'cpu0 0x9 cpu1 0x9');
  assert.equal(cells(plic, 'riscv,ndev'), '0x60');
});

test('highPciWindow: lies after RAM of any size', () => {
  assert.equal(highPciWindow(2 ** 27).base, 0x4_0000_0000);
  assert.equal(highPciWindow(14 * 2 ** 30).base, 0x4_0000_0000);
  assert.equal(highPciWindow(14 * 2 ** 30 + 1).base, 0x8_0000_0000);
});
