/** Makes a pack: of all modules that a thread may come to load, in the order in which they are found. */
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { Script } from 'node:vm';
import { engineSources } from '../kept-code/engine-key.ts';
import { factoryText, specifiers, withoutTypes } from './factory.ts';
import { type PackedModule, type PackIndex, ROOT } from './pack-file.ts';

/** What threads begin with. */
export const ENTRIES = ['src/host/pcpu-worker.ts', 'src/host/compile-worker.ts'] as const;

interface Found {
  readonly module: Omit<PackedModule, 'imports'>;
  readonly text: Buffer;
  readonly imports: Readonly<Record<string, string>>;
}

/** Reads and rewrites some hundreds of files: it takes about a second. */
export function makePack(): { readonly index: PackIndex; readonly texts: readonly Buffer[] } {
  const doors = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).imports as Record<
    string,
    string
  >;
  const found = new Map<string, Found | undefined>();
  // Before they are read: who changes one meanwhile is seen.
  const sources = engineSources();
  for (const entry of ENTRIES) find(entry, doors, found);
  const kept = [...found.values()].filter((one) => one !== undefined);
  const numbers = new Map(kept.map(({ module }, number) => [module.path, number]));
  const modules = kept.map(({ module, imports }) => ({ ...module, imports: numbered(imports, numbers) }));
  const texts = kept.map(({ text }) => text);
  const hash = createHash('sha256').update(JSON.stringify(modules));
  for (const text of texts) hash.update(text);
  return { index: { id: hash.digest('hex'), engineSources: sources, modules }, texts };
}

function numbered(
  imports: Found['imports'],
  numbers: ReadonlyMap<string, number>,
): Readonly<Record<string, number>> {
  const known = Object.entries(imports).flatMap(([specifier, path]) => {
    const number = numbers.get(path);
    return number === undefined ? [] : [[specifier, number] as const];
  });
  return Object.fromEntries(known);
}

/** A module and what it names. One that is not understood is left out. */
function find(
  path: string,
  doors: Readonly<Record<string, string>>,
  found: Map<string, Found | undefined>,
): void {
  if (found.has(path)) return;
  found.set(path, undefined);
  const file = join(ROOT, path);
  // Before it is read: who changes it meanwhile is seen.
  const { size, mtimeMs } = statSync(file);
  const source = withoutTypes(readFileSync(file, 'utf8'));
  const text = [factoryText(source, false), factoryText(source, true)].find(compiles);
  if (text === undefined) return;
  const imports: Record<string, string> = {};
  for (const specifier of specifiers(source)) {
    const target = doors[specifier] ?? relative(ROOT, join(dirname(file), specifier));
    if (statSync(join(ROOT, target), { throwIfNoEntry: false })?.isFile()) imports[specifier] = join(target);
  }
  const bytes = Buffer.from(text);
  const module = { path, sizeBytes: size, modifiedMs: mtimeMs, textBytes: bytes.length };
  found.set(path, { module, text: bytes, imports });
  for (const target of Object.values(imports)) find(target, doors, found);
}

function compiles(text: string): boolean {
  try {
    void new Script(text);
    return true;
  } catch {
    return false;
  }
}
