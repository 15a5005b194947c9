/** The door of storage: back ends for virtual disks. */

export { DatastoreFolder, type DatastoreFolderOptions } from './datastore/datastore-folder.ts';
export { nativeCalls } from './native.ts';
export { RawFile, type RawFileOptions } from './raw-file.ts';
