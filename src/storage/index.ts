/** The door of storage: back ends for virtual disks. */
export { RawFile, type RawFileOptions } from './raw-file.ts';
