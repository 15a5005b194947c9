/** Files in a .vmx that are on no datastore: who comes by the network has no business with them. */
import { isAbsolute, relative } from 'node:path';
import type { Vmx } from '#vmm';
import { FILE_KEYS, filesIn } from '../../vms/outside-files.ts';

const ON_DATASTORE = /^\/vmfs\/volumes\//;

/** Whether a key that somebody sets by the network names a file that is on no datastore. */
export const isForeign = (key: string, value: string): boolean =>
  FILE_KEYS.test(key) && value.split('|').some((path) => isElsewhere(path));

/** The first key whose file is elsewhere; files below `volumes` are on a datastore whatever they are called by. */
export function foreignFile(volumes: string, vmx: Vmx): string | undefined {
  return filesIn(vmx).find(({ name }) => isElsewhere(name, volumes))?.key;
}

function isElsewhere(path: string, volumes?: string): boolean {
  if (path.split('/').includes('..')) return true;
  if (!isAbsolute(path) || ON_DATASTORE.test(path)) return false;
  if (volumes === undefined) return true;
  const inside = relative(volumes, path);
  return inside === '' || inside.startsWith('..') || isAbsolute(inside);
}
