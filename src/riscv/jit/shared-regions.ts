/**
 * Modules that one engine has had compiled, for the other engines of the same memory: with the words of the pages that they are of,
 * by which another engine knows those pages. Numbers of contents are each engine's own.
 */
import type { CompiledRegions } from './compiler.ts';
import { type KeptContents, keptNumber } from './kept-contents.ts';
import type { KeptPlace, KeptRegions } from './kept-regions.ts';
import type { RegionBody } from './region-body.ts';
import type { RegionKeeper, RegionRequest, RequestCode } from './translate.ts';

/** A module for whichever engine may use it. It can be posted: its code is there once. */
export interface SharedRegions {
  readonly module: WebAssembly.Module;
  /** Words of the pages of whose contents it imports numbers, in their order; then of others that it has regions of. */
  readonly contents: readonly Int32Array[];
  /** The places of its functions in their order; `content` is a place among `contents`. */
  readonly shared: readonly KeptPlace[];
}

/** Contents whose words are remembered, 4 KiB each. */
const MAX_CONTENTS = 1024;

/** Follows what is compiled for one engine, and makes SharedRegions of it. */
export class RegionSharer implements RegionKeeper {
  readonly #kept: (RegionKeeper & { readonly index: KeptContents }) | undefined;
  /** Words by the engine's numbers, in memory that threads share. */
  readonly #words = new Map<number, Int32Array>();
  /** Requests that are being translated and whose pages are what their numbers say. */
  readonly #sound = new Map<number, RegionRequest>();

  /** @param kept - what beside it keeps and finds regions */
  constructor(kept?: RegionKeeper & { readonly index: KeptContents }) {
    this.#kept = kept;
  }

  find(request: RegionRequest, code: RequestCode): RegionBody | undefined {
    const { own, previous, next } = request.contents;
    const isSound =
      this.#isOf(own, code.own) && this.#isOf(previous, code.previous) && this.#isOf(next, code.next);
    if (isSound) this.#sound.set(request.id, request);
    else this.#sound.delete(request.id);
    return this.#kept?.find(request, code);
  }

  keep(request: RegionRequest, code: RequestCode, body: RegionBody): void {
    this.#kept?.keep(request, code, body);
  }

  /**
   * Ends a batch of requests: their module for others; undefined when not all of it is for them, or nothing became of the batch.
   * To be called after each, so that what is remembered has its bound.
   */
  ofRequests(compiled: CompiledRegions | undefined): SharedRegions | undefined {
    const done = compiled && this.#ofCompiled(compiled);
    this.#sound.clear();
    if (this.#words.size > MAX_CONTENTS) this.#words.clear();
    return done;
  }

  #ofCompiled({ module, contents, ids }: CompiledRegions): SharedRegions | undefined {
    const requests = ids.flatMap((id) => this.#sound.get(id) ?? []);
    if (requests.length < ids.length) return undefined;
    const places = requests.map(({ contents: { own }, page, mode, offset }) => ({
      ...{ content: own, page, mode, offset },
    }));
    return shared(module, contents, places, (number) => this.#words.get(number));
  }

  /** A module of kept code. */
  ofKept({ module, contents, kept }: KeptRegions): SharedRegions | undefined {
    const places = kept.map((place) => ({ ...place, content: keptNumber(place.content) }));
    return shared(module, contents, places, (number) => {
      const place = this.#kept?.index.placeOf(number);
      return place === undefined ? undefined : this.#kept?.index.wordsOf(place);
    });
  }

  /** Whether the page has the content of that number still: it may have been written since it was asked for. */
  #isOf(number: number, words: Int32Array | undefined): boolean {
    if (words === undefined || number === 0) return true;
    const known = this.#words.get(number);
    if (known) return words.every((word, i) => word === known[i]);
    const copy = new Int32Array(new SharedArrayBuffer(words.byteLength));
    copy.set(words);
    this.#words.set(number, copy);
    return true;
  }
}

/** @param places - with numbers for contents. @returns undefined when not all is known of its contents. */
function shared(
  module: WebAssembly.Module,
  imported: readonly number[],
  places: readonly KeptPlace[],
  wordsOf: (number: number) => Int32Array | undefined,
): SharedRegions | undefined {
  const numbers = [...new Set([...imported, ...places.map(({ content }) => content)])];
  const contents = numbers.flatMap((number) => wordsOf(number) ?? []);
  if (contents.length < numbers.length) return undefined;
  const regions = places.map((place) => ({ ...place, content: numbers.indexOf(place.content) }));
  return { module, contents, shared: regions };
}
