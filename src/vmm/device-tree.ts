/**
 * The board's device tree, shaped as QEMU's `virt` has it: what the guest learns of its machine.
 * Source: Devicetree Specification 0.4; Linux Documentation/devicetree/bindings/riscv/{cpus,extensions}.yaml.
 */
import {
  at,
  BOARD,
  cells64,
  type FdtNode,
  flatten,
  highPciWindow,
  pciNode,
  plicNode,
  powerNodes,
  reg,
  rtcNode,
  TIMEBASE_HZ,
  testFinisherNode,
  UART_PATH,
  uartNode,
  vmGenerationNode,
} from '#devices';
import { ISA_EXTENSIONS, ISA_STRING } from '#riscv';

/** Bytes that CBO instructions work on. */
const CACHE_BLOCK_BYTES = 64;
/** Room for the tree beside the command line; what is really needed is about 5 KiB. */
const TREE_BYTES = 16_384;
/** U-Boot adds the command line, the initramfs and what it knows of memory. */
const SPARE_BYTES = 8192;

export interface TreeConfig {
  readonly harts: number;
  readonly ramBytes: number;
  readonly append: string;
  /** Guest-physical [start, end) of the initramfs. */
  readonly initrd?: { readonly start: number; readonly end: number };
  /** Feeds the guest's random generator at boot. */
  readonly rngSeed: Uint8Array;
  /** What is booted adds to the tree, as U-Boot does in place. */
  readonly isExtended?: boolean;
}

/** Upper bound of the tree's size in bytes. */
export function treeBytes(config: Pick<TreeConfig, 'append' | 'harts'>): number {
  return TREE_BYTES + 1024 * config.harts + 4 * config.append.length;
}

/** The flattened tree. */
export function deviceTree(config: TreeConfig): Uint8Array {
  const root = {
    name: '',
    properties: {
      '#address-cells': 2,
      '#size-cells': 2,
      compatible: 'riscv-virtio',
      model: 'vmkernel,virt',
    },
    children: [chosen(config), memory(config), cpus(config.harts), ...powerNodes(), soc(config)],
  };
  return flatten(root, { spareBytes: config.isExtended === true ? SPARE_BYTES : 0 });
}

function chosen({ append, initrd, rngSeed }: TreeConfig): FdtNode {
  const properties = {
    bootargs: append,
    'rng-seed': rngSeed,
    'stdout-path': UART_PATH,
    ...(initrd && {
      'linux,initrd-start': cells64(initrd.start),
      'linux,initrd-end': cells64(initrd.end),
    }),
  };
  return { name: 'chosen', properties };
}

function memory({ ramBytes }: TreeConfig): FdtNode {
  const region = { base: BOARD.ram.base, size: ramBytes };
  return { name: at('memory', region), properties: { device_type: 'memory', reg: reg(region) } };
}

function cpus(harts: number): FdtNode {
  return {
    name: 'cpus',
    properties: { '#address-cells': 1, '#size-cells': 0, 'timebase-frequency': TIMEBASE_HZ },
    children: Array.from({ length: harts }, (_, hart) => cpu(hart)),
  };
}

function cpu(hart: number): FdtNode {
  return {
    name: `cpu@${hart.toString(16)}`,
    properties: {
      device_type: 'cpu',
      reg: hart,
      status: 'okay',
      compatible: 'riscv',
      'mmu-type': 'riscv,sv48',
      'riscv,isa': ISA_STRING,
      'riscv,isa-base': 'rv64i',
      'riscv,isa-extensions': ISA_EXTENSIONS,
      'riscv,cbom-block-size': CACHE_BLOCK_BYTES,
      'riscv,cboz-block-size': CACHE_BLOCK_BYTES,
    },
    children: [
      {
        name: 'interrupt-controller',
        label: hartController(hart),
        properties: { compatible: 'riscv,cpu-intc', 'interrupt-controller': true, '#interrupt-cells': 1 },
      },
    ],
  };
}

function soc({ harts, ramBytes }: TreeConfig): FdtNode {
  const controllers = Array.from({ length: harts }, (_, hart) => hartController(hart));
  return {
    name: 'soc',
    properties: { compatible: 'simple-bus', '#address-cells': 2, '#size-cells': 2, ranges: true },
    children: [
      testFinisherNode(),
      rtcNode(),
      vmGenerationNode(),
      plicNode(controllers),
      uartNode(),
      pciNode(highPciWindow(ramBytes)),
    ],
  };
}

/** Label of a hart's own interrupt controller. */
function hartController(hart: number): string {
  return `cpu${hart}_intc`;
}
