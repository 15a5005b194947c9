/** Puts what is booted into a machine's memory: the payload, initial RAM disks, the device tree. */
import { BOARD } from '#devices';
import type { GuestMap } from '#kernel';
import { deviceTree, treeBytes } from '../device-tree.ts';
import type { MachineConfig } from '../machine-config.ts';
import { loadBytes, loadFile, loadImage } from './load.ts';
import { parsePayload } from './payload.ts';
import { planBoot } from './plan.ts';

const RNG_SEED_BYTES = 64;

/** What preparing needs of the machine. */
export interface BootTarget {
  readonly map: GuestMap;
  /** Makes the machine as it was at first, its memory empty; called when all is known to fit. */
  clear(): void;
  fillRandom(bytes: Uint8Array): void;
}

/** @returns where hart 0 begins, and the device tree. @throws HostError when the payload cannot be booted or does not fit */
export function prepareBoot(config: MachineConfig, target: BootTarget): { entry: number; tree: number } {
  const { append, harts, initrds, payload, ramBytes } = config;
  const { map } = target;
  const image = parsePayload(payload.kind, payload.file, BOARD.ram.base);
  const plan = planBoot({
    ramBase: BOARD.ram.base,
    ramBytes,
    image,
    initrdBytes: initrds.map(({ sizeBytes }) => sizeBytes),
    treeBytes: treeBytes({ append, harts }),
  });
  target.clear();
  loadImage(map, image, payload.file);
  for (const [index, initrd] of initrds.entries()) loadFile(map, initrd, plan.initrds[index] as number);
  const rngSeed = new Uint8Array(RNG_SEED_BYTES);
  target.fillRandom(rngSeed);
  const initrd = initrds.length > 0 && { initrd: { start: plan.initrdStart, end: plan.initrdEnd } };
  loadBytes(
    map,
    plan.tree,
    deviceTree({ harts, ramBytes, append, rngSeed, ...initrd, isExtended: payload.kind === 'firmware' }),
  );
  return plan;
}
