/** Answers with what a folder of a tree holds: HTML for people, the same as JSON. */
import type { FileTree, Path } from './backends.ts';
import type { Exchange } from './exchange.ts';
import { type Link, listingPage, sorted } from './listing.ts';

export interface FolderList {
  readonly tree: FileTree;
  readonly path: Path;
  readonly title: string;
  readonly trail: readonly Link[];
  /** Where an entry is reached. */
  readonly href: (path: Path) => string;
  /** What the JSON says besides the entries. */
  readonly about: Readonly<Record<string, unknown>>;
}

export async function replyFolder(exchange: Exchange, list: FolderList): Promise<void> {
  const { tree, path, title, trail, href, about } = list;
  const all = sorted(await tree.list(path));
  const entries = all.slice(0, exchange.limits.listEntries);
  const space = await tree.space(path);
  if (exchange.prefers('html', 'json') === 'json') {
    const told = entries.map(({ name, kind, sizeBytes, modifiedMs }) => ({
      name,
      kind,
      sizeBytes,
      modified: new Date(modifiedMs).toISOString(),
    }));
    return await exchange.replyJson({ ...about, ...space, count: all.length, entries: told });
  }
  const rows = entries.map(({ name, kind, sizeBytes, modifiedMs }) => ({
    text: name,
    href: href([...path, name]),
    isFolder: kind === 'folder',
    modifiedMs,
    ...(kind === 'file' && { sizeBytes }),
  }));
  await exchange.replyPage(listingPage({ title, trail, rows, space, count: all.length }));
}
