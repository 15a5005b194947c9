// The board's device tree, read back as a kernel reads it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deviceTree, treeBytes } from './device-tree.ts';

const MIB = 2 ** 20;
const TOKEN = { begin: 1, end: 2, property: 3, nop: 4 } as const;

/** Properties by `path:name`. Source: Devicetree Specification 0.4 §5.4. */
function read(blob: Uint8Array): Map<string, Uint8Array> {
  const view = new DataView(blob.buffer, blob.byteOffset, blob.length);
  assert.equal(view.getUint32(0), 0xd00dfeed);
  assert.equal(view.getUint32(4), blob.length);
  const strings = view.getUint32(12);
  const text = (at: number): string => {
    const end = blob.indexOf(0, at);
    return new TextDecoder().decode(blob.subarray(at, end));
  };
  const found = new Map<string, Uint8Array>();
  const path: string[] = [];
  for (let at = view.getUint32(8); ; ) {
    const token = view.getUint32(at);
    at += 4;
    if (token === TOKEN.begin) {
      const name = text(at);
      path.push(name);
      at += (name.length + 4) & ~3;
    } else if (token === TOKEN.property) {
      const length = view.getUint32(at);
      found.set(
        `${path.join('/') || '/'}:${text(strings + view.getUint32(at + 4))}`,
        blob.subarray(at + 8, at + 8 + length),
      );
      at += 8 + ((length + 3) & ~3);
    } else if (token === TOKEN.end) path.pop();
    else return found;
  }
}

const asText = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes).replace(/\0$/, '');
const asCells = (bytes: Uint8Array | undefined): number[] => {
  const view = new DataView((bytes ?? new Uint8Array()).slice().buffer);
  return Array.from({ length: view.byteLength / 4 }, (_, i) => view.getUint32(4 * i));
};

const CONFIG = { harts: 1, ramBytes: 512 * MIB, append: 'console=ttyS0 ü', rngSeed: Uint8Array.of(1, 2, 3) };

test('chosen: the command line, the console, the seed, and the initramfs only when there is one', () => {
  const tree = read(deviceTree(CONFIG));
  assert.equal(asText(tree.get('/chosen:bootargs')), CONFIG.append);
  assert.equal(asText(tree.get('/chosen:stdout-path')), '/soc/serial@10000000');
  assert.deepEqual(tree.get('/chosen:rng-seed'), CONFIG.rngSeed);
  assert.ok(!tree.has('/chosen:linux,initrd-start'));
  const loaded = read(deviceTree({ ...CONFIG, initrd: { start: 0x1_8000_0000, end: 0x1_8000_1234 } }));
  assert.deepEqual(asCells(loaded.get('/chosen:linux,initrd-start')), [1, 0x8000_0000]);
  assert.deepEqual(asCells(loaded.get('/chosen:linux,initrd-end')), [1, 0x8000_1234]);
});

test('memory: more than 4 GiB of addresses is told in two cells', () => {
  const tree = read(deviceTree({ ...CONFIG, ramBytes: 3072 * MIB }));
  assert.deepEqual(asCells(tree.get('/memory@80000000:reg')), [0, 0x8000_0000, 0, 0xc000_0000]);
});

test('cpus: each hart with its extensions and its own controller, which the PLIC drives', () => {
  const tree = read(deviceTree({ ...CONFIG, harts: 2 }));
  assert.deepEqual(asCells(tree.get('/cpus:timebase-frequency')), [10_000_000]);
  for (const hart of [0, 1]) {
    const cpu = `/cpus/cpu@${hart}`;
    assert.equal(asText(tree.get(`${cpu}:mmu-type`)), 'riscv,sv48');
    assert.equal(asText(tree.get(`${cpu}:riscv,isa-base`)), 'rv64i');
    assert.match(asText(tree.get(`${cpu}:riscv,isa`)), /^rv64imafdc_/);
    assert.ok(
      asText(tree.get(`${cpu}:riscv,isa-extensions`))
        .split('\0')
        .includes('sstc'),
    );
    assert.deepEqual(asCells(tree.get(`${cpu}:riscv,cboz-block-size`)), [64]);
  }
  const controllers = [0, 1].map(
    (hart) => asCells(tree.get(`/cpus/cpu@${hart}/interrupt-controller:phandle`))[0],
  );
  const wires = asCells(tree.get('/soc/plic@c000000:interrupts-extended'));
  assert.deepEqual(wires, [controllers[0], 9, controllers[1], 9]);
});

test('soc: the devices where the board has them', () => {
  const tree = read(deviceTree(CONFIG));
  for (const [path, compatible] of [
    ['/soc/serial@10000000', 'ns16550a'],
    ['/soc/rtc@101000', 'google,goldfish-rtc'],
    ['/soc/rng@102000', 'microsoft,vmgenid'],
    ['/soc/pci@30000000', 'pci-host-ecam-generic'],
    ['/poweroff', 'syscon-poweroff'],
    ['/reboot', 'syscon-reboot'],
  ]) {
    assert.equal(asText(tree.get(`${path}:compatible`)), compatible);
  }
});

test('treeBytes: is enough, for the longest command line too', () => {
  const append = 'ü'.repeat(4096);
  for (const harts of [1, 8, 64]) {
    const initrd = { start: 1, end: 2 };
    const config = { ...CONFIG, harts, append, initrd, rngSeed: new Uint8Array(64) };
    const tree = deviceTree({ ...config, isExtended: true });
    assert.ok(tree.length <= treeBytes({ append, harts }));
    assert.equal(tree.length - deviceTree(config).length, 8192, 'room for who adds to it');
  }
});
