/** Requests in the one plain form that most clients of an API send; whatever has another form is for Node's parser. Source: RFC 9112. */

export interface PlainRequest {
  readonly path: string;
  /** By their names in small letters. */
  readonly headers: ReadonlyMap<string, string>;
  /** Where the body is. */
  readonly from: number;
  readonly to: number;
}

const HEAD_END = Buffer.from('\r\n\r\n');
const START = /^POST ((?:\/\w+)+) HTTP\/1\.1$/;
const HEADER = /^([A-Za-z][A-Za-z0-9-]*): ?([\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?)$/;
const LENGTH = /^(?:0|[1-9]\d{0,8})$/;
/** What changes the form, or asks for more than an answer; and what browsers send. */
const OTHERS: ReadonlySet<string> = new Set([
  ...['transfer-encoding', 'expect', 'upgrade', 'trailer', 'te', 'content-encoding', 'http2-settings'],
  ...['proxy-connection', 'keep-alive', 'origin', 'referer', 'sec-fetch-site', 'sec-fetch-mode'],
]);

/** What one head says. */
interface Head {
  readonly path: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly length: number;
}

export interface HeadLimits {
  readonly headBytesMax: number;
  readonly headersMax: number;
}

/** Heads that are kept, and the longest of them. */
const KEPT_MAX = 8;
const KEPT_BYTES_MAX = 1024;

/** Reads the requests of one connection: a client sends few different heads, and those that it sent last are known. */
export class PlainRequests {
  readonly #limits: HeadLimits;
  readonly #known = new Map<string, Head>();

  constructor(limits: HeadLimits) {
    this.#limits = limits;
  }

  /**
   * The request at the beginning of what was read; `undefined` for another form, also where its head has not come whole.
   * Its body may be longer than what was read.
   */
  read(bytes: Buffer): PlainRequest | undefined {
    const end = bytes.indexOf(HEAD_END);
    if (end < 0 || end > this.#limits.headBytesMax) return undefined;
    const text = bytes.toString('latin1', 0, end);
    let head = this.#known.get(text);
    if (head === undefined) {
      head = headOf(text, this.#limits.headersMax);
      if (head === undefined) return undefined;
      if (this.#known.size >= KEPT_MAX) this.#known.clear();
      if (end <= KEPT_BYTES_MAX) this.#known.set(text, head);
    }
    const from = end + HEAD_END.length;
    return { path: head.path, headers: head.headers, from, to: from + head.length };
  }
}

function headOf(text: string, headersMax: number): Head | undefined {
  const lines = text.split('\r\n');
  const path = START.exec(lines[0] as string)?.[1];
  if (path === undefined || lines.length - 1 > headersMax) return undefined;
  const headers = new Map<string, string>();
  for (let at = 1; at < lines.length; at++) {
    const found = HEADER.exec(lines[at] as string);
    const name = found?.[1]?.toLowerCase();
    if (name === undefined || OTHERS.has(name) || headers.has(name)) return undefined;
    headers.set(name, found?.[2] as string);
  }
  const length = headers.get('content-length') ?? '';
  const connection = headers.get('connection');
  if (!LENGTH.test(length) || !headers.has('host')) return undefined;
  if (connection !== undefined && connection.toLowerCase() !== 'keep-alive') return undefined;
  return { path, headers, length: Number(length) };
}
