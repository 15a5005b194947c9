/** Requests whose bodies are here whole, and their answers in one piece: what a route sees of them, however they came. */

export interface WholeRequest {
  /** By its name in small letters; undefined when it was not sent. */
  header(name: string): string | undefined;
  readonly body: Buffer;
  readonly remoteAddress: string;
  /** The other end is gone: nobody reads the answer. */
  readonly isGone: boolean;
  /** Called once when the other end goes away, unless the result is called before. */
  onGone(action: () => void): () => void;
}

export interface WholeAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Who asked, for the log. */
  readonly userName: string | undefined;
}

export type AnswerWhole = (request: WholeRequest) => Promise<WholeAnswer>;
