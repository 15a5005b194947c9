/** Translated code that is kept between starts, as the compile worker takes it. */
import { hasFusedMadd, hasStoreOrder } from '#riscv/kept';
import { engineKey } from './engine-key.ts';
import { KeptCode } from './kept-code.ts';
import { KeptFile } from './kept-file.ts';

export { compileKept } from '#riscv/kept';
export type { Batch } from './kept-code.ts';
export type { KeptCode };

/**
 * @param sources - see engineSources
 * @returns undefined when there can be none in that folder.
 */
export function openKept(folder: string, isShared: boolean, sources?: string): KeptCode | undefined {
  const traits = { hasFusedMadd: hasFusedMadd(), hasStoreOrder: hasStoreOrder(), isShared };
  const file = KeptFile.open(folder, engineKey(traits, sources));
  return file && new KeptCode(file);
}
