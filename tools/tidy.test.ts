// The tidy check: every source file keeps the rules of tools/tidy.ts, every room has its door and README.
import assert from 'node:assert/strict';
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { LONG_FILES, ROOMS } from './rooms.ts';
import { complaints } from './tidy.ts';

const ROOT = dirname(import.meta.dirname);
const PATHS = globSync('{src,tools,test,bench}/**/*.ts', { cwd: ROOT }).map((path) =>
  path.replaceAll('\\', '/'),
);

test('tidy: every source file keeps the rules', () => {
  const found = PATHS.flatMap((path) => complaints({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
  assert.deepEqual(found, []);
});

test('tidy: every room has a door and a README', () => {
  const rooms = readdirSync(join(ROOT, 'src'), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  const missing = rooms
    .flatMap(({ name }) => [`src/${name}/index.ts`, `src/${name}/README.md`])
    .filter((path) => !existsSync(join(ROOT, path)));
  assert.deepEqual(missing, []);
});

test('tidy: every reason for a long file is still needed', () => {
  const stale = Object.keys(LONG_FILES).filter((path) => !existsSync(join(ROOT, path)));
  assert.deepEqual(stale, []);
});

test('rooms: arrows point down only', () => {
  const order = Object.keys(ROOMS);
  for (const [name, { imports }] of Object.entries(ROOMS)) {
    for (const target of imports) {
      assert.ok(order.indexOf(target) >= 0, `${name} may import ${target}, which is no room`);
      assert.ok(
        order.indexOf(target) < order.indexOf(name),
        `${name} may import ${target}, which is above it`,
      );
    }
  }
});

// biome-ignore format: a table reads in columns
const EXAMPLES: readonly (readonly [path: string, text: string, complaint: RegExp | undefined])[] = [
  ['src/lib/a.ts',     "// A.\nimport { b } from './b.ts';",             undefined],
  ['src/lib/a.ts',     "import { b } from './b.ts';",                    /does not begin with a comment/],
  ['src/lib/a.ts',     "// A.\nimport { b } from '../riscv/b.ts';",      /leaves lib/],
  ['src/lib/a.ts',     "// A.\nimport { b } from '#riscv';",             /which lib may not/],
  ['src/lib/a.ts',     "// A.\nimport { b } from '#riscv/c';",           /which lib may not/],
  ['src/host/a.ts',    "// A.\nimport { b } from '#vmm/size';",          undefined],
  ['src/riscv/a.ts',   "// A.\nexport * from '#riscv';",                 /from inside/],
  ['src/riscv/a.ts',   "// A.\nexport * from '#riscv/c';",               /from inside/],
  ['src/riscv/a.ts',   "// A.\nimport {\n  b,\n} from 'node:fs';",       /riscv is pure/],
  ['src/riscv/a.test.ts', "// A.\nimport { test } from 'node:test';",    undefined],
  ['src/lib/a.ts',     "// A.\nexport const from = { a: 'b' };",         undefined],
  ['src/lib/a.ts',     '// A. async is fine here\nconst b = "async";',   undefined],
  ['src/lib/a.ts',     '// A.\nexport async function b() {}',            /async/],
  ['src/lib/a.ts',     '// A.\nlet counter = 0;',                        /module-level mutable/],
  ['src/lib/a.ts',     '// A.\nfunction f() {\n  let counter = 0;\n}',   undefined],
  ['src/storage/a.ts', "// A.\nimport { b } from 'left-pad';",           /neither a room/],
  ['src/lib/a.ts',     `// A.\n${'\n'.repeat(500)}`,                     /has 501 lines/],
];

for (const [path, text, complaint] of EXAMPLES) {
  test(`tidy: ${path} with ${JSON.stringify(text.slice(0, 60))}: ${complaint ?? 'no complaint'}`, () => {
    const found = complaints({ path, text }).join('\n');
    if (complaint === undefined) assert.equal(found, '');
    else assert.match(found, complaint);
  });
}
