/** What made translated code: code that another engine has made is none of ours. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the engine and the form of its records are. */
const SOURCES = ['../../riscv', '.'].map((path) => fileURLToPath(new URL(path, import.meta.url)));
const KEY_LENGTH = 32;

/** What code is written for, beside what is the same for all. */
export interface EngineTraits {
  readonly hasFusedMadd: boolean;
  readonly hasStoreOrder: boolean;
  readonly isShared: boolean;
}

/** A word that is the same for the same program on the same kind of machine. */
export function engineKey(traits: EngineTraits, sources = engineSources()): string {
  const { hasFusedMadd, hasStoreOrder, isShared } = traits;
  const told = JSON.stringify([hasFusedMadd, hasStoreOrder, isShared, sources]);
  return createHash('sha256').update(told).digest('hex').slice(0, KEY_LENGTH);
}

/** A word for the sources of the engine, some hundred files: to read them takes 10 ms, so a pack has it. */
export function engineSources(): string {
  const digest = createHash('sha256');
  for (const folder of SOURCES) {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();
    for (const name of names) {
      if (!name.endsWith('.ts') || name.endsWith('.test.ts') || name.startsWith('testing/')) continue;
      digest.update(`${name}\n`).update(readFileSync(join(folder, name)));
    }
  }
  return digest.digest('hex');
}
