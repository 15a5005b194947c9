/** The door of storage: back ends for virtual disks. */

export { nativeCalls } from './native.ts';
export { RawFile, type RawFileOptions } from './raw-file.ts';
