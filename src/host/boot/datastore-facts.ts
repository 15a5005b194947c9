/** The datastores of a host as they are now. */
import { isErrno } from '#kernel';
import type { VimHost } from '#management';
import type { HostParts } from './parts.ts';

export function datastoreFacts({ volumes, root }: HostParts): ReturnType<VimHost['datastores']> {
  return volumes.all.map(({ name, uuid }) => {
    const path = `${volumes.path}/${uuid}`;
    const space = root.vfs.view().statfs(path);
    const { blockBytes, blocks, freeBlocks } = isErrno(space)
      ? { blockBytes: 0, blocks: 0, freeBlocks: 0 }
      : space;
    return {
      ...{ name, uuid, path, type: 'VMFS-6' },
      ...{ capacityBytes: blocks * blockBytes, freeBytes: freeBlocks * blockBytes },
    };
  });
}
