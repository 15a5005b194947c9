/** The two machines that are held against each other: how each is started on a kernel and an initramfs. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { EngineName } from './options.ts';
import { QEMU } from './toolchain.ts';

const MAIN = join(import.meta.dirname, '..', 'src', 'main.js');
const WARM_UP = join(import.meta.dirname, '..', 'tools', 'warm-up.ts');
const MEMORY = '512M';

/** What to boot. */
export interface BootFiles {
  readonly kernel: string;
  readonly initramfs: string;
}

export interface Command {
  readonly file: string;
  readonly arguments: readonly string[];
  /** Beside the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

export type GuestMachine = 'vmkernel' | 'qemu';

/** Where a start keeps translated code, and what Node and we make of our modules. */
const environment = (kept: string) => ({ XDG_CACHE_HOME: kept, NODE_COMPILE_CACHE: join(kept, 'compile') });

/** Does what installing the program does last: its modules are there as after that, and nothing else. */
export async function install(kept: string): Promise<void> {
  const env = { ...process.env, ...environment(kept) };
  await promisify(execFile)(process.execPath, [WARM_UP], { env });
}

/**
 * Both get one CPU, the same memory and the same kernel command line: `console=ttyS0 quiet`.
 * @param kept - folder for what one start keeps for later ones
 */
export function guestMachines(
  engine: EngineName | undefined,
  kept: string,
): Readonly<Record<GuestMachine, (boot: BootFiles) => Command>> {
  const engineOption = engine === undefined ? [] : ['--engine', engine];
  return {
    vmkernel: ({ kernel, initramfs }) => ({
      file: process.execPath,
      // "quiet" is what vmk run adds by itself.
      // biome-ignore format: options with their values
      arguments: [MAIN, 'run', '--memory', MEMORY, '--kernel', kernel, '--initrd', initramfs, ...engineOption],
      env: environment(kept),
    }),
    qemu: ({ kernel, initramfs }) => ({
      file: QEMU.command,
      // biome-ignore format: options with their values
      arguments: [
        '-M', 'virt', '-m', MEMORY, '-nographic', '-bios', 'default', '-no-reboot',
        '-kernel', kernel, '-initrd', initramfs, '-append', 'console=ttyS0 quiet',
      ],
    }),
  };
}
