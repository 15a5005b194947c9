/** What settings need of the host's file system: whole text files, replaced in one step. */
import { type FileView, HostFiles, splitLast } from '#kernel';

export interface SettingsFiles {
  /** Undefined when there is no such file. */
  read(path: string): string | undefined;
  /** Folders above it are made. */
  replace(path: string, text: string): void;
}

/** Of the host's own file system. */
export function vfsSettingsFiles(view: FileView): SettingsFiles {
  const files = new HostFiles(view);
  return {
    read: (path) => files.readTextIfThere(path),
    replace: (path, text) => {
      files.makeFolders(splitLast(path)[0]);
      files.write(path, text);
    },
  };
}

/** In a map, for tests and for what must not be kept. */
export function memorySettingsFiles(files = new Map<string, string>()): SettingsFiles {
  return { read: (path) => files.get(path), replace: (path, text) => void files.set(path, text) };
}
