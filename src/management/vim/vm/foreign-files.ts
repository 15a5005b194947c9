/** Files in a .vmx that are on no datastore: who comes by the network has no business with them. */
import { isAbsolute, relative } from 'node:path';
import { isCd, type Vmx } from '#vmm';

const FILE_KEYS =
  /^(?:(?:scsi|sata|nvme|ide)\d+:\d+|floppy\d+|serial\d+)\.fileName$|^riscv\.(?:kernel|firmware|initrd)$/i;
const ON_DATASTORE = /^\/vmfs\/volumes\//;

/** Whether a key that somebody sets by the network names a file that is on no datastore. */
export const isForeign = (key: string, value: string): boolean =>
  FILE_KEYS.test(key) && value.split('|').some((path) => isElsewhere(path));

/** The first key whose file is elsewhere; files below `volumes` are on a datastore whatever they are called by. */
export function foreignFile(volumes: string, vmx: Vmx): string | undefined {
  for (const [key, value] of vmx.entries()) {
    if (!FILE_KEYS.test(key)) continue;
    // A client's own drive, a pipe, a URI: no file is opened for them.
    const stem = key.replace(/\.fileName$/i, '');
    if (/^serial/i.test(stem)) continue;
    if (isCd(vmx, stem) && !/image/i.test(vmx.get(`${stem}.deviceType`) ?? '')) continue;
    for (const path of value.split('|')) if (isElsewhere(path, volumes)) return key;
  }
  return undefined;
}

function isElsewhere(path: string, volumes?: string): boolean {
  if (path.split('/').includes('..')) return true;
  if (!isAbsolute(path) || ON_DATASTORE.test(path)) return false;
  if (volumes === undefined) return true;
  const inside = relative(volumes, path);
  return inside === '' || inside.startsWith('..') || isAbsolute(inside);
}
