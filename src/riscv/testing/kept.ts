/** Kept code for tests: a store in memory, and a compiler that fills it and gives out what another engine has put there. */
import { checkModule } from '../check.ts';
import { type CompiledRegions, compileRegions, type KeptNews, type RegionCompiler } from '../jit/compiler.ts';
import { KeptContents, keptNumber } from '../jit/kept-contents.ts';
import { compileKept, type KeptPlace, type KeptRegions } from '../jit/kept-regions.ts';
import { hasMark, MarkKind, type NamedRegion, type RegionBody, regionName } from '../jit/region-body.ts';
import type { RegionKeeper, RegionRequest, RequestCode, TranslationSettings } from '../jit/translate.ts';

interface Kept {
  readonly request: RegionRequest;
  readonly code: RequestCode;
  readonly body: RegionBody;
}

export class KeptStore implements RegionKeeper {
  readonly regions: Kept[] = [];

  find(): undefined {
    return undefined;
  }
  keep(request: RegionRequest, code: RequestCode, body: RegionBody): void {
    this.regions.push({ request, code, body });
  }
}

export class KeptCompiler implements RegionCompiler {
  readonly isImmediate = true;
  readonly hasKept = true;
  /** Places of contents that were met before their code came. */
  readonly metContents: number[] = [];
  /** As long as this is false, nothing of what is kept is given. */
  isGiving = true;
  readonly #memory: () => ArrayBufferLike;
  readonly #store: KeptStore;
  /** What is given: what others have put there. */
  readonly #given: readonly Kept[];
  #settings: TranslationSettings | undefined;
  #waiting: RegionRequest[] = [];
  #hasGiven = false;

  constructor(memory: () => ArrayBufferLike, store: KeptStore) {
    this.#memory = memory;
    this.#store = store;
    this.#given = [...store.regions];
  }

  begin(settings: TranslationSettings): void {
    this.#settings = settings;
  }
  submit(request: RegionRequest): boolean {
    this.#waiting.push(request);
    return true;
  }
  met(content: number): void {
    this.metContents.push(content);
  }

  take(): readonly (CompiledRegions | KeptRegions | KeptNews)[] {
    const settings = this.#settings;
    if (!settings) return [];
    const given = this.#hasGiven || !this.isGiving ? [] : this.#give();
    const requests = this.#waiting.splice(0);
    const memory = this.#memory();
    const done = requests.length > 0 && compileRegions(memory, requests, settings, checkModule, this.#store);
    return done ? [...given, done] : given;
  }

  #give(): (KeptRegions | KeptNews)[] {
    this.#hasGiven = true;
    const contents: Int32Array[] = [];
    const placeOf = (words: Int32Array): number => {
      const known = contents.findIndex((other) => other.every((word, i) => word === words[i]));
      return known >= 0 ? known : contents.push(words) - 1;
    };
    const regions: NamedRegion[] = [];
    const kept: KeptPlace[] = [];
    for (const { request, code, body } of this.#given) {
      const { page, mode, offset } = request;
      const number = (kind: number, words: Int32Array | undefined): number =>
        words && hasMark(body, kind) ? keptNumber(placeOf(words)) : 0;
      const beside = [number(MarkKind.previous, code.previous), number(MarkKind.next, code.next)] as const;
      const name = regionName(mode, page + BigInt(offset));
      regions.push({ body, marked: beside, name });
      kept.push({ content: placeOf(code.own), page, mode, offset });
    }
    const news = { contents: KeptContents.of(contents).buffer };
    if (kept.length === 0) return [news];
    return [news, compileKept(this.#memory(), regions, kept, checkModule)];
  }
}
