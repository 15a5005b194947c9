/**
 * Remote fences. Source: RISC-V SBI 2.0 §8.
 *
 * An address range is not looked at: all translations of the hart are dropped. The HFENCE functions need the hypervisor
 * extension.
 */
import { Post } from '../hart-words.ts';
import { failure, row, SbiError, type SbiExtension, type SbiHandler, success } from './call.ts';
import { hartsOf } from './hart-mask.ts';

const fence =
  (what: number): SbiHandler =>
  ({ machine, args }) => {
    const harts = hartsOf(machine.harts, args[0], args[1]);
    if (harts === undefined) return failure(SbiError.InvalidParam);
    machine.fence(harts, what);
    return success();
  };
const fenceTranslations = fence(Post.fence);

const noHypervisor: SbiHandler = () => failure(SbiError.NotSupported);

export const RFENCE: SbiExtension = {
  eid: 0x52464e43,
  name: 'RFENCE',
  // biome-ignore format: a table reads in columns
  functions: [
    row(0, 'remote_fence_i',             fence(Post.fenceCode)),
    row(1, 'remote_sfence_vma',          fenceTranslations),
    row(2, 'remote_sfence_vma_asid',     fenceTranslations),
    row(3, 'remote_hfence_gvma_vmid',    noHypervisor),
    row(4, 'remote_hfence_gvma',         noHypervisor),
    row(5, 'remote_hfence_vvma_asid',    noHypervisor),
    row(6, 'remote_hfence_vvma',         noHypervisor),
  ],
};
