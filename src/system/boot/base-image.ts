/** The base layer: folders and files that the program itself brings, as tables that each part of the system adds to. */
import type { Layer, LayerEntry } from '#kernel';

/** A file of the base layer. */
export interface BaseFile {
  /** Absolute. */
  readonly path: string;
  readonly mode: number;
  readonly text: string;
}

export const BASE_LAYER = 'base';

type FolderRow = readonly [path: string, mode: number];

// biome-ignore format: a table reads in columns
const FOLDERS: readonly FolderRow[] = [
  ['/bin',                       0o755],
  ['/dev',                       0o755],
  ['/etc/init.d',                0o755],
  ['/etc/vmware',                0o755],
  ['/proc',                      0o555],
  ['/usr/lib/vmware',            0o755],
  ['/usr/lib/vmware/services',   0o755],
  ['/var/lib/vmware',            0o755],
  ['/var/run',                   0o755],
  ['/var/db/esximg',             0o755],
  ['/vmfs',                      0o755],
  ['/bootbank',                  0o755],
  ['/altbootbank',               0o755],
];

const COMMON = { uid: 0, gid: 0, mtimeSeconds: 0 } as const;

/** The layer of all tables. */
export function baseLayer(files: readonly BaseFile[]): Layer {
  const encoder = new TextEncoder();
  const folders = FOLDERS.map(([path, mode]): LayerEntry => ({ ...COMMON, kind: 'directory', path, mode }));
  const entries = files.map(
    ({ path, mode, text }): LayerEntry => ({
      ...COMMON,
      kind: 'file',
      path,
      mode,
      data: encoder.encode(text),
    }),
  );
  return { name: BASE_LAYER, entries: [...folders, ...entries] };
}
