/** Routes: rows of method, path, privilege and handler, and how a request finds its row. */
import type { Entity, Path } from './backends.ts';
import type { Exchange } from './exchange.ts';
import type { Target } from './target.ts';

export type Method = 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE' | 'OPTIONS';

/** Who may use a route: everybody, everybody who is known, or who has one of some privileges. */
export type Gate = 'open' | 'known' | readonly string[];

export interface Route {
  readonly methods: readonly Method[];
  /** `/a`: exactly this; `/a/*`: this and what lies below; `/a/+`: only what lies below. */
  readonly path: string;
  readonly gate: Gate;
  /** What the privilege is asked for; the host when absent. */
  readonly entity?: (target: Target) => Entity;
  readonly handle: (exchange: Exchange) => Promise<void>;
}

export const READ: readonly Method[] = ['GET', 'HEAD'];

/** The row for a request; when the path has rows and the method none, the methods that it has. */
export function findRoute(
  routes: readonly Route[],
  method: string,
  path: Path,
): { readonly route: Route } | { readonly allow: readonly Method[] } {
  const here = routes.filter((route) => leadsTo(route.path, path));
  const route = here.find(({ methods }) => (methods as readonly string[]).includes(method));
  if (route !== undefined) return { route };
  return { allow: [...new Set(here.flatMap(({ methods }) => methods))] };
}

function leadsTo(pattern: string, path: Path): boolean {
  const names = pattern.split('/').filter((name) => name !== '');
  const last = names.at(-1);
  const below = last === '*' || last === '+';
  if (below) names.pop();
  const least = names.length + (last === '+' ? 1 : 0);
  if (below ? path.length < least : path.length !== least) return false;
  return names.every((name, i) => name === path[i]);
}
