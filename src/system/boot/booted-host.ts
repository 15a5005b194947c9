/** The root file system of a host that boots: layers from the bank over the built-in base, then the saved state. */
import { type Layer, LayerStack, Ramdisks, type Vfs } from '#kernel';
import type { Clock } from '#lib';
import { databaseLayer, layersOf } from '../packages/image.ts';
import type { Bank } from './banks.ts';
import { type BaseFile, baseLayer } from './base-image.ts';
import { applyState } from './state.ts';

/** What is there when the file system is. */
export interface RootFileSystem {
  readonly ramdisks: Ramdisks;
  readonly vfs: Vfs;
  readonly layers: LayerStack;
}

export interface RootOptions {
  readonly clock: Pick<Clock, 'wallNanoseconds'>;
  readonly budgetBytes?: number;
  /** What the program itself brings: the lowest layer. */
  readonly baseFiles: readonly BaseFile[];
}

/** Makes the root file system of a bank. Nothing of an earlier one is in it but what the bank's state says. */
export function makeRoot(bank: Pick<Bank, 'image' | 'state'>, options: RootOptions): RootFileSystem {
  const ramdisks = new Ramdisks(options.clock, options.budgetBytes);
  const layers = new LayerStack(ramdisks.vfs);
  const all: readonly Layer[] = [
    baseLayer(options.baseFiles),
    ...layersOf(bank.image),
    databaseLayer(bank.image),
  ];
  for (const layer of all) layers.mount(layer);
  applyState(ramdisks.vfs, bank.state);
  return { ramdisks, vfs: ramdisks.vfs, layers };
}
