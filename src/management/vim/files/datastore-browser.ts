/** HostDatastoreBrowser: looks for files on datastores. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Call } from '../model/call.ts';
import { ASKED, managed } from '../model/managed.ts';
import { type MoRef, moRef, VimFault } from '../model/value.ts';
import type {
  FileInfo,
  HostDatastoreBrowserSearchResults,
  HostDatastoreBrowserSearchSpec,
} from '../table/vim25.d.ts';
import { fileInfo, isMatch } from './file-info.ts';
import { removeWhole } from './file-manager.ts';
import { BROWSE_PRIVILEGE, FILE_PRIVILEGE, onFiles, type Place, type Places } from './places.ts';

interface BrowserSelf {
  readonly places: Places;
  /** The names of the datastores that it looks at. */
  readonly datastores: () => readonly string[];
}
type Results = HostDatastoreBrowserSearchResults;
type Spec = HostDatastoreBrowserSearchSpec;

/** Files that one search tells at most. */
const MAX_FILES = 100_000;
const MAX_DEPTH = 32;
const HIDDEN = /^\.vmk\.sf$/;

const TYPES: readonly string[] = [
  'FileQuery',
  'FolderFileQuery',
  'VmDiskFileQuery',
  'VmConfigFileQuery',
  'VmSnapshotFileQuery',
  'VmNvramFileQuery',
  'VmLogFileQuery',
  'IsoImageFileQuery',
  'FloppyImageFileQuery',
];

/** A folder as ESXi names it: `[ds] a/`, the datastore itself `[ds]`. */
const folderText = ({ datastore, path }: Pick<Place, 'datastore' | 'path'>) =>
  path === '' ? `[${datastore}]` : `[${datastore}] ${path}/`;

async function searchFolder(
  place: Place,
  spec: Spec,
  left: number,
): Promise<{ results: Results; folders: string[] }> {
  const { matchPattern = [], searchCaseInsensitive = true, sortFoldersFirst = false } = spec;
  const entries = (await readdir(place.file, { withFileTypes: true }))
    .filter((entry) => (entry.isFile() || entry.isDirectory()) && !HIDDEN.test(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const files: FileInfo[] = [];
  for (const entry of entries) {
    if (files.length >= left || !isMatch(entry.name, matchPattern, searchCaseInsensitive)) continue;
    const info = fileInfo(join(place.file, entry.name), entry.isDirectory(), spec);
    if (info) files.push(info);
  }
  if (sortFoldersFirst)
    files.sort((a, b) => Number(b._type === 'FolderFileInfo') - Number(a._type === 'FolderFileInfo'));
  const results: Results = {
    _type: 'HostDatastoreBrowserSearchResults',
    datastore: moRef('Datastore', `ha-datastore-${place.datastore}`),
    folderPath: folderText(place),
    ...(files.length > 0 && { file: files }),
  };
  return { results, folders: entries.filter((entry) => entry.isDirectory()).map(({ name }) => name) };
}

async function searchBelow(top: Place, spec: Spec): Promise<Results[]> {
  const found: Results[] = [];
  let left = MAX_FILES;
  const waiting: { place: Place; depth: number }[] = [{ place: top, depth: 0 }];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { place, depth } = next;
    const { results, folders } = await searchFolder(place, spec, left);
    found.push(results);
    left -= results.file?.length ?? 0;
    if (depth === MAX_DEPTH) continue;
    waiting.push(
      ...folders.map((name) => {
        const path = place.path === '' ? name : `${place.path}/${name}`;
        return { place: { ...place, path, file: join(place.file, name) }, depth: depth + 1 };
      }),
    );
  }
  return found;
}

function search(
  { places }: BrowserSelf,
  { datastorePath, searchSpec = {} }: { datastorePath: string; searchSpec?: Spec | undefined },
  call: Call,
  isDeep: boolean,
): MoRef {
  return call.task(() => {
    const place = places.existing(datastorePath, BROWSE_PRIVILEGE, call);
    if (place instanceof VimFault) return place;
    return onFiles<Results | Results[]>(place.text, async () =>
      isDeep
        ? await searchBelow(place, searchSpec)
        : (await searchFolder(place, searchSpec, MAX_FILES)).results,
    );
  });
}

export const HostDatastoreBrowser = managed<'HostDatastoreBrowser', BrowserSelf>('HostDatastoreBrowser', {
  properties: {
    datastore: ({ datastores }) => datastores().map((name) => moRef('Datastore', `ha-datastore-${name}`)),
    supportedType: () => TYPES.map((_type) => ({ _type })),
  },
  methods: {
    SearchDatastore_Task: {
      privilege: ASKED,
      invoke: (self, args, call) => search(self, args, call, false),
    },
    SearchDatastoreSubFolders_Task: {
      privilege: ASKED,
      invoke: (self, args, call) => search(self, args, call, true),
    },
    DeleteFile: {
      privilege: ASKED,
      async invoke({ places }, { datastorePath }, call) {
        const place = places.existing(datastorePath, FILE_PRIVILEGE, call);
        if (place instanceof VimFault) return place;
        const result = await onFiles(place.text, () => removeWhole(places, place));
        return result instanceof VimFault ? result : undefined;
      },
    },
  },
});
