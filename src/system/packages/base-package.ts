/** The program itself among the packages: its layer comes from the source, and it cannot be removed. */
import type { FirstImage } from '../boot/banks.ts';
import type { Descriptor } from './descriptor.ts';

export const BASE_PACKAGE = 'vmkernel';
const VENDOR = 'VMkernel';

/** @param version - the program's own: `0.1.0`. */
export function baseDescriptor(version: string): Descriptor {
  return {
    ...{ name: BASE_PACKAGE, version, vendor: VENDOR, acceptance: 'VMwareCertified' },
    summary: 'The program itself',
    description: 'What the program brings: it comes with each version of it, not with an image.',
    releaseDate: '',
    ...{ depends: [], conflicts: [], replaces: [], provides: [], files: [], payloads: [] },
    ...{ maintenanceMode: false, liveInstall: false, liveRemove: false },
  };
}

/** What both banks of a new home hold: no packages yet. */
export function firstImage(version: string, now: Date): FirstImage {
  const created = now.toISOString();
  return {
    image: { name: `VMkernel-${version}-standard`, vendor: VENDOR, created, packages: [] },
    title: 'Loading VMkernel',
    build: version,
  };
}
