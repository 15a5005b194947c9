/** The compilers and the other machine: what Debian package each comes in, and programs compiled from bench/guest. */
import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { access, mkdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { HostError } from '#lib';

const SOURCES = join(import.meta.dirname, 'guest');
const HEADER = 'bench.h';
/** What every program has besides its rows. */
const FRAME = ['main.c', 'init.c'];
const MAX_MESSAGE_BYTES = 2 ** 24;

// biome-ignore format: a table reads in columns
const FLAGS = [
  '-O2', '-std=gnu11', '-Wall', '-Wextra', '-Wno-missing-field-initializers',
  // A loop that copies is to be measured as a loop.
  '-fno-tree-loop-distribute-patterns',
];
const LINK_FLAGS = ['-static', '-s'];

interface Tool {
  readonly command: string;
  /** For apt-get install. */
  readonly packages: string;
}

export interface Compiler extends Tool {
  readonly flags: readonly string[];
}

export const CROSS_COMPILER: Compiler = {
  command: 'riscv64-linux-gnu-gcc',
  packages: 'gcc-riscv64-linux-gnu libc6-dev-riscv64-cross',
  flags: ['-march=rv64gc', '-mabi=lp64d'],
};
export const NATIVE_COMPILER: Compiler = { command: 'gcc', packages: 'gcc libc6-dev', flags: [] };
export const QEMU: Tool = { command: 'qemu-system-riscv64', packages: 'qemu-system-riscv64' };

const run = promisify(execFile);

/** The first line of what each tool says of its version. Throws HostError `usage` that tells how to install what is missing. */
export async function toolVersions<K extends string>(
  tools: Readonly<Record<K, Tool>>,
): Promise<Record<K, string>> {
  const versions: Partial<Record<K, string>> = {};
  const missing: Tool[] = [];
  for (const [name, tool] of Object.entries(tools) as [K, Tool][]) {
    const found = await run(tool.command, ['--version']).catch(() => undefined);
    if (found === undefined) missing.push(tool);
    else versions[name] = found.stdout.split('\n')[0] ?? '';
  }
  if (missing.length === 0) return versions as Record<K, string>;
  const commands = missing.map(({ command }) => command).join(', ');
  const packages = missing.map((tool) => tool.packages).join(' ');
  throw new HostError('usage', {
    reason: `the benchmark needs ${commands}; on Debian: apt-get install ${packages}`,
  });
}

/**
 * Compiles and links the named files of bench/guest to a static program in the folder `cache`, each object and the
 * program only when none of the same content is there. Returns its path. Throws HostError `command-failed`.
 */
export async function buildProgram(
  { command, flags }: Compiler,
  version: string,
  sources: readonly string[],
  cache: string,
): Promise<string> {
  await mkdir(cache, { recursive: true });
  const compile = [...flags, ...FLAGS];
  const common = [command, version, ...compile, await readFile(join(SOURCES, HEADER), 'utf8')];
  const objects: string[] = [];
  for (const source of new Set([...FRAME, ...sources])) {
    const path = join(SOURCES, source);
    const key = digest([...common, await readFile(path, 'utf8')]);
    objects.push(await makeOnce(join(cache, `${source}-${key}.o`), command, [...compile, '-c', path]));
  }
  const program = join(cache, `bench-${digest([...objects, ...LINK_FLAGS])}`);
  return makeOnce(program, command, [...flags, ...LINK_FLAGS, ...objects, '-lm']);
}

/** Others see all of the file or nothing. */
async function makeOnce(path: string, command: string, commandArguments: readonly string[]): Promise<string> {
  if (await exists(path)) return path;
  const temporary = `${path}.${randomUUID()}`;
  try {
    await run(command, [...commandArguments, '-o', temporary], { maxBuffer: MAX_MESSAGE_BYTES });
  } catch (cause) {
    const { stderr, message } = cause as Error & { readonly stderr?: string };
    throw new HostError('command-failed', { command, reason: (stderr ?? '').trim() || message }, { cause });
  }
  await rename(temporary, path);
  return path;
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function digest(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}
