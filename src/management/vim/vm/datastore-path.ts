/** Paths on datastores: `[datastore1] web/web.vmx`, and where that is on the machine. */
import { isAbsolute, join, normalize, relative, sep } from 'node:path';

export interface DatastorePath {
  readonly datastore: string;
  /** Without slashes at its ends; the empty text is the datastore itself. */
  readonly path: string;
}

const FORM = /^\[([^\]/]{1,80})\](?:\s*)(.*)$/;
const NAME = /^(?!\.{1,2}$)[^/\p{Cc}]{1,255}$/u;
const MAX_DEPTH = 32;

/** The parts of a datastore path; undefined when it is none, or would lead out of its datastore. */
export function parseDatastorePath(text: string): DatastorePath | undefined {
  const [, datastore, rest = ''] = FORM.exec(text) ?? [];
  if (datastore === undefined || datastore === '.' || datastore === '..') return undefined;
  const names = rest
    .trim()
    .split('/')
    .filter((name) => name !== '');
  if (names.length > MAX_DEPTH || !names.every((name) => NAME.test(name))) return undefined;
  return { datastore, path: names.join('/') };
}

export function formatDatastorePath({ datastore, path }: DatastorePath): string {
  return path === '' ? `[${datastore}]` : `[${datastore}] ${path}`;
}

/** Where it is on the machine. */
export function machinePath(volumes: string, { datastore, path }: DatastorePath): string {
  return join(volumes, datastore, path);
}

/** What a path of the machine is called on its datastore; undefined for what is on none. */
export function datastorePathOf(volumes: string, path: string): DatastorePath | undefined {
  const inside = relative(volumes, path);
  if (inside === '' || inside.startsWith('..') || isAbsolute(inside)) return undefined;
  const [datastore = '', ...names] = inside.split(sep);
  return { datastore, path: names.join('/') };
}

/** A file's name in a .vmx as a path of the machine: in the VM's folder, on a datastore, or anywhere. */
export function fileOfVmx(volumes: string, folder: string, fileName: string): string {
  const onDatastore = /^\/vmfs\/volumes\/([^/]+)\/(.+)$/.exec(fileName);
  if (onDatastore) return join(volumes, onDatastore[1] as string, normalize(`/${onDatastore[2]}`));
  const parsed = parseDatastorePath(fileName);
  if (parsed) return machinePath(volumes, parsed);
  return isAbsolute(fileName) ? fileName : join(folder, fileName);
}
