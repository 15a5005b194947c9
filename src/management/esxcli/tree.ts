/** The tree of namespaces that a table of commands makes, and finding the words of a command line in it. */
import type { Command } from './command.ts';

/** One namespace: what is under it, in the order of the alphabet. */
export interface Namespace {
  readonly name: string;
  readonly path: readonly string[];
  readonly children: readonly Namespace[];
  readonly commands: readonly Command[];
}

/** The tree of these commands. */
export function namespaceTree(commands: readonly Command[], path: readonly string[] = []): Namespace {
  const inside = commands.filter((row) => path.every((word, i) => row.path[i] === word));
  const deeper = inside.filter((row) => row.path.length > path.length + 1);
  const names = [...new Set(deeper.map((row) => row.path[path.length] as string))].sort();
  return {
    name: path.at(-1) ?? '',
    path,
    children: names.map((name) => namespaceTree(deeper, [...path, name])),
    commands: inside
      .filter((row) => row.path.length === path.length + 1)
      .sort((a, b) => ((a.path.at(-1) as string) < (b.path.at(-1) as string) ? -1 : 1)),
  };
}

/** Where the words lead: a command with what is left of them, a namespace, or nowhere. */
export type Found =
  | { readonly kind: 'command'; readonly command: Command; readonly rest: readonly string[] }
  | { readonly kind: 'namespace'; readonly namespace: Namespace; readonly rest: readonly string[] }
  | { readonly kind: 'unknown' };

/** Walks the tree as far as the words are names. */
export function find(root: Namespace, words: readonly string[]): Found {
  let namespace = root;
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string;
    if (word.startsWith('-')) return { kind: 'namespace', namespace, rest: words.slice(i) };
    const command = namespace.commands.find((row) => row.path.at(-1) === word);
    if (command !== undefined) return { kind: 'command', command, rest: words.slice(i + 1) };
    const child = namespace.children.find(({ name }) => name === word);
    if (child === undefined) return { kind: 'unknown' };
    namespace = child;
  }
  return { kind: 'namespace', namespace, rest: [] };
}
