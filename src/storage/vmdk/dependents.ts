/** Which disks elsewhere are built on a disk that is frozen: while there are any, it is neither merged into nor removed. */
import { existsSync, realpathSync } from 'node:fs';
import { HostError } from '#lib';
import { parentPath } from './chain.ts';
import { readDescriptor, rewriteDescriptor } from './link.ts';

/** Entry of the parent's descriptor; paths do not have a bar in them when we make them. */
const ENTRY = 'ddb.vmkernel.dependents';
const SEPARATOR = '|';

/** Notes that a disk of another VM is built on this one, which has a descriptor file of its own. @throws HostError */
export function addDependent(path: string, child: string): void {
  const { descriptor, within } = readDescriptor(path);
  const known = dependentsOf(path).filter((other) => other !== child);
  if (within !== undefined || child.includes(SEPARATOR) || child.includes('"')) {
    const reason = `"${child}" cannot be noted in it`;
    throw new HostError('disk-refused', { action: 'build on', path, reason });
  }
  const entries = new Map([...descriptor.entries, [ENTRY, [...known, child].join(SEPARATOR)]]);
  rewriteDescriptor(path, { ...descriptor, entries }, undefined);
}

/** Disks that were noted, are still there, and are still built on it. @throws HostError */
export function dependentsOf(path: string): string[] {
  const noted = readDescriptor(path).descriptor.entries.get(ENTRY) ?? '';
  return noted.split(SEPARATOR).filter((child) => child !== '' && isBuiltOn(child, path));
}

function isBuiltOn(child: string, path: string): boolean {
  try {
    const parent = parentPath({ path: child, descriptor: readDescriptor(child).descriptor });
    return parent !== undefined && existsSync(parent) && realpathSync(parent) === realpathSync(path);
  } catch (error) {
    if (error instanceof HostError) return false;
    throw error;
  }
}
