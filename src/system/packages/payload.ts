/** Payloads: the gzipped tar archives that packages bring, read as layers of the root file system. */
import { gunzipSync } from 'node:zlib';
import { type Layer, type LayerEntry, layerProblem } from '#kernel';
import { HostError, readTarEntries, type TarEntry } from '#lib';
import { isPlainPath } from './descriptor.ts';

/** What a payload may unpack to. */
const MAX_PAYLOAD_BYTES = 2 ** 30;
/** Where no package puts anything: other file systems, what is made at each boot, the image database. */
const FORBIDDEN = ['vmfs', 'tmp', 'dev', 'proc', 'bootbank', 'altbootbank', 'var/log', 'var/db/esximg'];

/** The layer in a payload; a text says why there is none. */
export function readPayload(name: string, payload: Uint8Array): Layer | string {
  let entries: readonly TarEntry[];
  try {
    entries = readTarEntries(gunzipSync(payload, { maxOutputLength: MAX_PAYLOAD_BYTES }));
  } catch (error) {
    const reason = error instanceof HostError ? error.details.reason : (error as Error).message;
    return `payload "${name}": ${reason}`;
  }
  const wrong = entries.find((entry) => entryProblem(entry) !== undefined);
  if (wrong !== undefined) return `payload "${name}": "${wrong.path}" ${entryProblem(wrong)}`;
  const layer = { name, entries: entries.map(layerEntry) };
  const problem = layerProblem(layer);
  return problem === undefined ? layer : `payload "${name}": ${problem}`;
}

function entryProblem({ path, kind }: TarEntry): string | undefined {
  if (!isPlainPath(path)) return 'is not a plain path';
  if (kind === 'hardlink') return 'is a hard link';
  const forbidden = FORBIDDEN.find((each) => path === each || path.startsWith(`${each}/`));
  return forbidden === undefined ? undefined : `lies in /${forbidden}`;
}

/** All that packages bring belongs to root. */
function layerEntry({ kind, path, mode, mtimeSeconds, data, target }: TarEntry): LayerEntry {
  const common = { path: `/${path}`, mode, uid: 0, gid: 0, mtimeSeconds };
  if (kind === 'file') return { ...common, kind, data: data ?? new Uint8Array() };
  return kind === 'symlink' ? { ...common, kind, target: target ?? '' } : { ...common, kind: 'directory' };
}
