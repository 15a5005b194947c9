/** The target of a request, taken apart: decoded once, its path as names that can only lead down. */
import type { Path } from './backends.ts';
import { HttpProblem } from './problem.ts';

export interface Target {
  readonly path: Path;
  /** Whether the path ends with a slash. */
  readonly isFolder: boolean;
  readonly query: URLSearchParams;
  /** As it was sent, with secrets in the query made unreadable: fit for a log. */
  readonly shown: string;
}

const NAME_BYTES_MAX = 255;
/** What needs no second look: `/sdk`. */
const PLAIN = /^(?:\/[\w-]+)+$/;
/** In a query these are as good as passwords. */
const SECRETS = /([?&](?:ticket|vmware_cgi_ticket|token|password)=)[^&]*/gi;
// oxlint-disable-next-line no-control-regex -- they are what it is about
const CONTROLS = /[\x00-\x1f\x7f]/;

/**
 * Takes the target of a request apart. A slash may come as `%2F` (libvirt sends that); a name that is decoded is never
 * decoded again. Throws HttpProblem 400 for what climbs, controls, and what is not UTF-8, 414 for what is too long.
 */
export function parseTarget(sent: string, bytesMax: number): Target {
  if (sent.length > bytesMax) throw new HttpProblem(414, `The target has more than ${bytesMax} bytes`);
  if (sent.length <= NAME_BYTES_MAX && PLAIN.test(sent))
    return new ParsedTarget(sent.slice(1).split('/'), false, '', sent);
  const origin = withoutOrigin(sent);
  const mark = origin.indexOf('?');
  const rawPath = mark < 0 ? origin : origin.slice(0, mark);
  if (!rawPath.startsWith('/')) throw new HttpProblem(400, 'The target is not a path');
  const path = decode(rawPath);
  const names = path.split('/').filter((name) => name !== '' && checked(name));
  const query = mark < 0 ? '' : origin.slice(mark + 1);
  return new ParsedTarget(names, path.endsWith('/'), query, mark < 0 ? sent : shownTarget(sent));
}

class ParsedTarget implements Target {
  readonly path: Path;
  readonly isFolder: boolean;
  readonly shown: string;
  readonly #sentQuery: string;
  #query: URLSearchParams | undefined;

  constructor(path: Path, isFolder: boolean, query: string, shown: string) {
    this.path = path;
    this.isFolder = isFolder;
    this.shown = shown;
    this.#sentQuery = query;
  }

  /** Most have none, and most handlers do not ask. */
  get query(): URLSearchParams {
    return (this.#query ??= new URLSearchParams(this.#sentQuery));
  }
}

/** The target as it was sent, without the secrets in its query. */
export function shownTarget(sent: string): string {
  return sent.replace(SECRETS, '$1…');
}

/** A path as it stands in a link: each name encoded. */
export function encodePath(path: Path): string {
  return path.map((name) => `/${encodeURIComponent(name)}`).join('');
}

/** A proxy sends the whole URL. Source: RFC 9112 §3.2.2. */
function withoutOrigin(sent: string): string {
  const found = /^https?:\/\/[^/?#]*/i.exec(sent);
  if (found === null) return sent;
  const rest = sent.slice(found[0].length);
  return rest.startsWith('/') ? rest : `/${rest}`;
}

function decode(rawPath: string): string {
  try {
    return decodeURIComponent(rawPath);
  } catch {
    throw new HttpProblem(400, 'The path is not percent-encoded UTF-8');
  }
}

function checked(name: string): boolean {
  if (name === '.' || name === '..') throw new HttpProblem(400, `The path has the name "${name}"`);
  if (CONTROLS.test(name)) throw new HttpProblem(400, 'The path has a control character');
  if (Buffer.byteLength(name) > NAME_BYTES_MAX) {
    throw new HttpProblem(400, `The path has a name of more than ${NAME_BYTES_MAX} bytes`);
  }
  return true;
}
