/** What the benchmark's machines boot: one initramfs with the program as /init. */
import { writeCpio } from '#guest';

export function writeBenchArchive(program: Uint8Array): Uint8Array {
  return writeCpio([
    { kind: 'directory', path: 'dev' },
    // The kernel opens it before /init runs.
    { kind: 'character-device', path: 'dev/console', major: 5, minor: 1 },
    { kind: 'character-device', path: 'dev/zero', major: 1, minor: 5 },
    { kind: 'file', path: 'init', permissions: 0o755, data: program },
  ]);
}
