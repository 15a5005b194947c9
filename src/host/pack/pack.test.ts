// Tests of packs: modules are what their files are, code is kept, and what has changed or is damaged is not used.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setOwnFlags } from '../v8-flags.ts';
import { factoryText, specifiers } from './factory.ts';
import { ENTRIES, makePack } from './make-pack.ts';
import { Pack } from './pack.ts';
import { ROOT, writePackFile } from './pack-file.ts';

setOwnFlags();
const folder = mkdtempSync(join(tmpdir(), 'vmkernel-pack-test-'));
after(() => rmSync(folder, { recursive: true }));
const { index, texts } = makePack();

function written(name: string, of = index): [path: string, codePath: string] {
  const path = join(folder, name);
  writePackFile(path, of, texts);
  return [path, `${path}.code`];
}

test('Pack: every module has the exports of its file, and imports no other instance of one', async () => {
  const pack = Pack.open(...written('all'));
  assert.ok(pack);
  for (const { path } of index.modules) {
    // With these threads begin, and then they wait to be told what to do.
    if (/-(?:worker|thread)\.ts$/.test(path)) continue;
    const [packed, own]: unknown[] = await Promise.all([pack.load(path), import(join(ROOT, path))]);
    assert.deepEqual(Object.keys(packed as object).toSorted(), Object.keys(own as object).toSorted(), path);
  }
  const [door, file] = await Promise.all(
    ['src/lib/index.ts', 'src/lib/errors.ts'].map((path) => pack.load(path)),
  );
  assert.equal((door as { HostError: unknown }).HostError, (file as { HostError: unknown }).HostError);
});

test('Pack: holds all that threads begin with', () => {
  const packed = index.modules.map(({ path }) => path);
  for (const entry of ENTRIES) assert.ok(packed.includes(entry), entry);
});

test('Pack.keepCode: is written once, and taken by the next one', async () => {
  const [path, codePath] = written('code');
  const first = Pack.open(path, codePath);
  await first?.load('src/lib/index.ts');
  first?.keepCode();
  const code = readFileSync(codePath);
  const second = Pack.open(path, codePath);
  await second?.load('src/lib/index.ts');
  rmSync(codePath);
  second?.keepCode();
  assert.ok(code.length > 10_000);
  assert.equal(existsSync(codePath), false, 'V8 took it');
});

test('Pack.open: nothing where a file has changed since, or the pack is damaged or open to others', () => {
  const [first, ...others] = index.modules;
  assert.ok(first);
  const changed = { ...index, modules: [{ ...first, modifiedMs: first.modifiedMs + 1 }, ...others] };
  assert.equal(Pack.open(...written('changed', changed)), undefined);
  assert.equal(Pack.open(join(folder, 'absent'), join(folder, 'absent.code')), undefined);
  const damaged = join(folder, 'damaged');
  writeFileSync(damaged, '{"id":', { mode: 0o600 });
  assert.equal(Pack.open(damaged, `${damaged}.code`), undefined);
  const open = join(folder, 'open');
  writeFileSync(open, readFileSync(written('closed')[0]), { mode: 0o666 });
  // The mask of the process may have taken it away.
  if (process.umask() === 0) assert.equal(Pack.open(open, `${open}.code`), undefined);
});

// biome-ignore format: a table reads in columns
const REWRITTEN: readonly (readonly [source: string, text: string])[] = [
  ["import { a, b as c } from './x.ts';",   "const { a, b : c } = $now('./x.ts');"],
  ["import {\n  a,\n} from './x.ts';",      "const {\n  a,\n} = $now('./x.ts');"],
  ["import * as x from './x.ts';",          "const x = $now('./x.ts');"],
  ["import x from 'node:assert';",          "const { default: x } = $now('node:assert');"],
  ["import './x.ts';",                      "$now('./x.ts');"],
  ["export * from './x.ts';",               "Object.assign($exports, $now('./x.ts'));"],
  ["export {\n  a as b } from './x.ts';",   "$later.pass('./x.ts', { b: 'a',});\n"],
  ['export const a = 1;',                   'const a = 1;\n$exports.a = a;'],
  ['export async function* f() {}',         'async function* f() {}\n$exports.f = f;'],
  ['const a = 1;\nexport { a as b };',      'const a = 1;\n\n$exports.b = a;'],
  ["new URL('./x', import.meta.url);",      "new URL('./x', $meta.url);"],
  ["await import('./x.ts');",               "await $later.when('./x.ts');"],
];

for (const [source, text] of REWRITTEN) {
  test(`factoryText: ${JSON.stringify(source)}`, () => {
    assert.ok(factoryText(source, false).includes(text), factoryText(source, false));
  });
}

test('specifiers: what is imported now, late, and by other means', () => {
  const source =
    "import { a } from '#lib';\nimport './b.ts';\nawait import('../c.ts');\nload('./d.ts'); 'e.ts';";
  assert.deepEqual(specifiers(source), ['#lib', './b.ts', '../c.ts', './d.ts']);
});
