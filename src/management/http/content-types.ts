/** What a file is served as. Never anything that a browser would run: files come from guests and from strangers. */

const TEXT = 'text/plain; charset=utf-8';

// biome-ignore format: a table reads in columns
const TYPES: Readonly<Record<string, string>> = {
  vmx: TEXT, vmxf: TEXT, vmsd: TEXT, vmdk: 'application/octet-stream',
  log: TEXT, txt: TEXT, cfg: TEXT, conf: TEXT, md: TEXT, csv: TEXT,
  iso: 'application/x-iso9660-image', zip: 'application/zip', gz: 'application/gzip', tgz: 'application/gzip',
};

/** By the last part of the name. */
export function contentType(name: string): string {
  const mark = name.lastIndexOf('.');
  const extension = mark < 0 ? '' : name.slice(mark + 1).toLowerCase();
  return (Object.hasOwn(TYPES, extension) ? TYPES[extension] : undefined) ?? 'application/octet-stream';
}
