/** Routes: rows of method, path, privilege and handler, and how a request finds its row. */
import type { Entity, Path } from './backends.ts';
import type { Exchange } from './exchange.ts';
import type { Target } from './target.ts';
import type { AnswerWhole } from './whole-request.ts';

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
  /** The same for a POST that came whole to exactly this path, of a route that is open. */
  readonly whole?: AnswerWhole;
}

export const READ: readonly Method[] = ['GET', 'HEAD'];

/** A path of a route, taken apart once. */
interface Pattern {
  readonly route: Route;
  readonly names: readonly string[];
  readonly isBelow: boolean;
  /** So many names a path has to have. */
  readonly least: number;
}

/** All routes of a port. */
export class RouteTable {
  readonly #patterns: readonly Pattern[];

  constructor(routes: readonly Route[]) {
    this.#patterns = routes.map(patternOf);
  }

  /** The row for a request; when the path has rows and the method none, the methods that it has. */
  find(method: string, path: Path): { readonly route: Route } | { readonly allow: readonly Method[] } {
    for (const pattern of this.#patterns) {
      const { route } = pattern;
      if ((route.methods as readonly string[]).includes(method) && leadsTo(pattern, path)) return { route };
    }
    const here = this.#patterns.filter((pattern) => leadsTo(pattern, path));
    return { allow: [...new Set(here.flatMap(({ route }) => route.methods))] };
  }
}

function patternOf(route: Route): Pattern {
  const names = route.path.split('/').filter((name) => name !== '');
  const last = names.at(-1);
  const isBelow = last === '*' || last === '+';
  if (isBelow) names.pop();
  return { route, names, isBelow, least: names.length + (last === '+' ? 1 : 0) };
}

function leadsTo({ names, isBelow, least }: Pattern, path: Path): boolean {
  if (isBelow ? path.length < least : path.length !== least) return false;
  return names.every((name, i) => name === path[i]);
}
