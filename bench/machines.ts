/** The two machines that are held against each other: how each is started on a kernel and an initramfs. */
import { join } from 'node:path';
import type { EngineName } from './options.ts';
import { QEMU } from './toolchain.ts';

const MAIN = join(import.meta.dirname, '..', 'src', 'main.js');
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
      env: { XDG_CACHE_HOME: kept },
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
