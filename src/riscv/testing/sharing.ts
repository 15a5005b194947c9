/** A compiler for tests of code that several engines use: it hands on what it makes, and gives what others have handed on. */
import { checkModule } from '../check.ts';
import { type CompiledRegions, compileRegions, type RegionCompiler } from '../jit/compiler.ts';
import { RegionSharer, type SharedRegions } from '../jit/shared-regions.ts';
import type { RegionRequest, TranslationSettings } from '../jit/translate.ts';

export class SharingCompiler implements RegionCompiler {
  readonly isImmediate = true;
  /** What it has made, for others. */
  readonly made: SharedRegions[] = [];
  /** What others have made, to be taken. */
  readonly given: SharedRegions[] = [];
  /** Regions that it was asked for. */
  asked = 0;
  readonly #memory: () => ArrayBufferLike;
  readonly #sharer = new RegionSharer();
  #settings: TranslationSettings | undefined;
  #waiting: RegionRequest[] = [];

  constructor(memory: () => ArrayBufferLike) {
    this.#memory = memory;
  }

  begin(settings: TranslationSettings): void {
    this.#settings = settings;
  }

  submit(request: RegionRequest): boolean {
    this.asked++;
    this.#waiting.push(request);
    return true;
  }

  take(): readonly (CompiledRegions | SharedRegions)[] {
    const given = this.given.splice(0);
    const requests = this.#waiting.splice(0);
    if (!this.#settings || requests.length === 0) return given;
    const done = compileRegions(this.#memory(), requests, this.#settings, checkModule, this.#sharer);
    const shared = this.#sharer.ofRequests(done);
    if (shared) this.made.push(shared);
    return done ? [...given, done] : given;
  }
}
