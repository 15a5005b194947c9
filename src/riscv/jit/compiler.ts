/** Where regions are compiled: in another thread, or here and now. */
import { type RegionRequest, type TranslationSettings, translate } from './translate.ts';

/** A compiled module and the requests that it serves. */
export interface CompiledRegions {
  readonly module: WebAssembly.Module;
  readonly ids: readonly number[];
}

/** Takes requests and gives modules later, in any order. Provided by the host: its workers do the compiling. */
export interface RegionCompiler {
  /** Called once, before any request. */
  begin(settings: TranslationSettings): void;
  submit(request: RegionRequest): void;
  /** What has been compiled since the last call; does not wait. */
  take(): readonly CompiledRegions[];
}

/** Compiles in the calling thread when the results are taken: nothing depends on chance. For tests and browsers. */
export class InlineCompiler implements RegionCompiler {
  readonly #memory: ArrayBufferLike;
  #settings: TranslationSettings | undefined;
  #waiting: RegionRequest[] = [];

  constructor(memory: ArrayBufferLike) {
    this.#memory = memory;
  }

  begin(settings: TranslationSettings): void {
    this.#settings = settings;
  }

  submit(request: RegionRequest): void {
    this.#waiting.push(request);
  }

  take(): readonly CompiledRegions[] {
    if (!this.#settings || this.#waiting.length === 0) return [];
    const requests = this.#waiting;
    this.#waiting = [];
    const done = compileRegions(this.#memory, requests, this.#settings);
    return done ? [done] : [];
  }
}

/** Translates and compiles requests as one module; undefined when none can be translated. */
export function compileRegions(
  memory: ArrayBufferLike,
  requests: readonly RegionRequest[],
  settings: TranslationSettings,
): CompiledRegions | undefined {
  const translation = translate(memory, requests, settings);
  if (!translation) return undefined;
  return { module: new WebAssembly.Module(translation.bytes), ids: translation.ids };
}
