/**
 * Where everything goes in guest RAM before the first instruction: the payload where it wants to be, the device tree
 * at the top, the initramfs below it. Source: Linux Documentation/arch/riscv/boot.rst.
 */
import { alignDown, alignUp, formatSize, HostError } from '#lib';
import { type Loadable, loadEnd } from './loadable.ts';

const MIB = 2 ** 20;
const INITRD_ALIGNMENT = 2 * MIB;
/** Initramfs archives follow each other at multiples of this. Source: Linux …/driver-api/early-userspace/buffer-format.rst. */
export const ARCHIVE_ALIGNMENT = 4;
const TREE_ALIGNMENT = 4096;
/**
 * What Linux needs to come up beside its own image and initramfs, as a multiple of the image: tables that grow with
 * what it is built for, page structures, unpacked files. Debian's 6.12 (30.4 MiB, of which its sparse memory map alone
 * takes 32 MiB more) comes up in 84 MiB and dies in 80.
 */
const LINUX_WORKING_FACTOR = 1.5;

export interface BootRequest {
  readonly ramBase: number;
  readonly ramBytes: number;
  readonly image: Loadable;
  /** Sizes of the initramfs archives, in order. */
  readonly initrdBytes: readonly number[];
  /** Upper bound of the device tree's size. */
  readonly treeBytes: number;
}

/** Guest-physical addresses. */
export interface BootPlan {
  readonly entry: number;
  readonly tree: number;
  /** Where the archives start, in order, and where the last one ends. */
  readonly initrds: readonly number[];
  readonly initrdStart: number;
  readonly initrdEnd: number;
}

/** @throws HostError `memory-too-small` with how much is needed; `kernel-not-bootable` is not its business. */
export function planBoot(request: BootRequest): BootPlan {
  const { ramBase, ramBytes, image, treeBytes } = request;
  const archives = packed(request.initrdBytes);
  const tree = alignDown(ramBase + ramBytes - treeBytes, TREE_ALIGNMENT);
  const initrdStart = archives.bytes === 0 ? tree : alignDown(tree - archives.bytes, INITRD_ALIGNMENT);
  const lowest = Math.min(...image.segments.map(({ address }) => address));
  if (lowest < ramBase || loadEnd(image) + working(image) > initrdStart)
    throw tooSmall(request, archives.bytes);
  return {
    entry: image.entry,
    tree,
    initrds: archives.offsets.map((offset) => initrdStart + offset),
    initrdStart,
    initrdEnd: initrdStart + archives.bytes,
  };
}

/** Memory that a payload needs to run, beside its own: known for Linux only. */
function working(image: Loadable): number {
  if (image.what !== 'Linux image') return 0;
  return image.segments.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0) * LINUX_WORKING_FACTOR;
}

/** Offsets of pieces put one behind the other, and the bytes up to the last one's end. */
function packed(sizes: readonly number[]): { offsets: number[]; bytes: number } {
  const offsets: number[] = [];
  let bytes = 0;
  for (const size of sizes) {
    const offset = alignUp(bytes, ARCHIVE_ALIGNMENT);
    offsets.push(offset);
    bytes = offset + size;
  }
  return { offsets, bytes };
}

function tooSmall(request: BootRequest, initrdBytes: number): HostError {
  const { ramBase, ramBytes, image, treeBytes } = request;
  const payload = loadEnd(image) - ramBase;
  const initrd = initrdBytes === 0 ? 0 : initrdBytes + INITRD_ALIGNMENT;
  const needed = alignUp(payload + working(image) + initrd + treeBytes + TREE_ALIGNMENT, MIB);
  const parts = `the ${image.what} reaches ${formatSize(payload)} into it, the initramfs has ${formatSize(initrdBytes)}`;
  return new HostError('memory-too-small', {
    memory: formatSize(ramBytes),
    reason: `${parts}; at least ${formatSize(needed)} are needed`,
  });
}
