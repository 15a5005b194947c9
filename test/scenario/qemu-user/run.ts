// Runs a generated program under qemu-riscv64-static, and as a user-world hart on an engine.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Machine } from '../../../src/riscv/conformance.ts';
import { Context } from '../../../src/riscv/hart/context.ts';
import { Exit } from '../../../src/riscv/hart/exit.ts';
import { MapFlag, PAGE_BYTES, PAGE_SHIFT } from '../../../src/riscv/hart/page-map.ts';
import { writeElf } from './elf.ts';
import { IMAGE_BASE, IMAGE_BYTES, SYS_WRITE } from './image.ts';

const QEMU = 'qemu-riscv64-static';
const TIMEOUT_MS = 20_000;
/** More than any generated program takes. */
const MAX_STEPS = 10_000_000;

/** The reason why qemu cannot be used, or undefined. */
export function qemuMissing(): string | undefined {
  const { error } = spawnSync(QEMU, ['--version']);
  return error ? `${QEMU} cannot be run (package qemu-user-static): ${error.message}` : undefined;
}

/** What the program writes to its standard output under qemu. */
export function runInQemu(image: Uint8Array): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'vmk-qemu-'));
  try {
    const file = join(folder, 'program');
    writeFileSync(file, writeElf(image, IMAGE_BASE, IMAGE_BASE));
    chmodSync(file, 0o755);
    const { status, signal, stdout, stderr } = spawnSync(QEMU, ['-cpu', 'rv64', file], {
      timeout: TIMEOUT_MS,
    });
    if (status !== 0) throw new Error(`${QEMU} ended with ${status ?? signal}: ${String(stderr)}`);
    return stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The same on an engine: U-mode, no translation, the calls write and exit answered here. */
export function runOnEngine(machine: Machine, image: Uint8Array, slice: number): Uint8Array {
  const { engine, context: address, memory, map, pages } = machine;
  const context = new Context(memory, address);
  const entries = new DataView(memory, map, (IMAGE_BYTES / PAGE_BYTES) * 4);
  for (let page = 0; page * PAGE_BYTES < IMAGE_BYTES; page++) {
    const at = pages + page * PAGE_BYTES;
    entries.setUint32(page * 4, at | MapFlag.Present | MapFlag.Writable, true);
    new Uint8Array(memory, at, PAGE_BYTES).set(image.subarray(page * PAGE_BYTES, (page + 1) * PAGE_BYTES));
    engine.dropCode(at >>> PAGE_SHIFT);
  }
  startUserWorld(context, map);
  engine.flushTranslations(address);
  const output: Uint8Array[] = [];
  for (let steps = 0; steps < MAX_STEPS; steps += slice) {
    const exit = engine.run(address, slice);
    if (exit === Exit.Budget) continue;
    if (exit !== Exit.Syscall)
      throw new Error(`the program left with ${exit} at 0x${context.get('pc').toString(16)}`);
    if (context.x(17) !== SYS_WRITE) return concatenate(output);
    const from = pages + Number(context.x(11) - IMAGE_BASE);
    output.push(new Uint8Array(memory, from, Number(context.x(12))).slice());
    context.setX(10, context.x(12));
  }
  throw new Error(`the program did not end within ${MAX_STEPS} steps`);
}

function startUserWorld(context: Context, map: number): void {
  for (let i = 0; i < 32; i++) {
    context.setX(i, 0n);
    context.setF(i, 0n);
  }
  const zero = [
    'mode',
    'sstatus',
    'fcsr',
    'sie',
    'sip',
    'stvec',
    'satp',
    'exitReady',
    'reservedAddress',
  ] as const;
  for (const field of zero) context.set(field, 0n);
  context.set('pc', IMAGE_BASE);
  context.set('fs', 1n);
  context.set('userWorld', 1n);
  context.set32('mapBase', map);
  context.set('ramFirstPage', IMAGE_BASE >> BigInt(PAGE_SHIFT));
  context.set('ramPages', BigInt(IMAGE_BYTES / PAGE_BYTES));
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
