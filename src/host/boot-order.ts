/** What a VM of a host boots: what its settings name, what its disk says, or the default guest, in that order. */
import { basename } from 'node:path';
import { HostError } from '#lib';
import type { VmToRun } from '#management';
import { openSource } from '#storage';
import { type DiskContent, diskContent } from '#vmm';

export type BootChoice =
  | { readonly boots: 'named' | 'guest' }
  /** A disk for RISC-V machines, which U-Boot boots. */
  | { readonly boots: 'disk' };

/** @throws HostError `vm-refused` for a disk that boots machines of another kind */
export function bootChoice(vm: Omit<VmToRun, 'id'>): BootChoice {
  const { kernel, firmware, disks } = vm.settings;
  if (kernel !== '' || firmware !== '') return { boots: 'named' };
  for (const { fileName, readOnly } of disks) {
    if (readOnly) continue;
    const content = contentOf(
      fileName.startsWith('/') ? fileName : `${vm.folder}/${fileName}`,
      vm.datastores,
    );
    if (content.boots === 'riscv') return { boots: 'disk' };
    if (content.boots === 'x86') throw new HostError('vm-refused', refusal(vm.name, fileName, content.how));
  }
  return { boots: 'guest' };
}

/** A disk that cannot be read is told of by who opens it to run. */
function contentOf(path: string, within: string): DiskContent {
  try {
    const source = openSource(path, { within });
    try {
      const { sizeBytes } = source;
      return diskContent({
        sizeBytes,
        read(offset, length) {
          const bytes = new Uint8Array(length);
          source.read([bytes], offset);
          return bytes;
        },
      });
    } finally {
      source.close();
    }
  } catch (error) {
    if (error instanceof HostError) return { boots: 'nothing' };
    throw error;
  }
}

function refusal(vm: string, fileName: string, how: string) {
  const reason = `its disk "${basename(fileName)}" boots x86 machines (${how}), and machines here are RISC-V: give it a disk for riscv64, or name a kernel in riscv.kernel`;
  return { action: 'start', vm, reason };
}
