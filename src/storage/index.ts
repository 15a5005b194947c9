/** The door of storage: back ends for virtual disks, and folders of the machine as file systems. */

export { DatastoreFolder, type DatastoreFolderOptions } from './datastore/datastore-folder.ts';
export { memoryGiver } from './give-back.ts';
export { HostDirectory, type HostDirectoryOptions } from './host-directory.ts';
export { foreignFunctions, nativeCalls } from './native.ts';
export { OverlayDisk, type OverlayState } from './overlay-disk.ts';
export { RawFile, type RawFileOptions } from './raw-file.ts';
export { SwapFile, type SwapFileOptions } from './swap-file.ts';
