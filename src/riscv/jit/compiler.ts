/** Where regions are compiled: in another thread, or here and now. */
import { type RegionRequest, type TranslationSettings, translate } from './translate.ts';

/** A compiled module and the requests that it serves. */
export interface CompiledRegions {
  readonly module: WebAssembly.Module;
  readonly ids: readonly number[];
}

/** Takes requests and gives modules later, in any order. Provided by the host: its workers do the compiling. */
export interface RegionCompiler {
  /** What is submitted can be taken at once. */
  readonly isImmediate: boolean;
  /** Called once, before any request. */
  begin(settings: TranslationSettings): void;
  /** @returns false when there is no room for it now. */
  submit(request: RegionRequest): boolean;
  /** What has been compiled since the last call; does not wait. */
  take(): readonly CompiledRegions[];
}

/** Compiles in the calling thread: nothing depends on chance. For tests and browsers. */
export class InlineCompiler implements RegionCompiler {
  readonly isImmediate = true;
  readonly #memory: ArrayBufferLike;
  #settings: TranslationSettings | undefined;
  #waiting: RegionRequest[] = [];

  constructor(memory: ArrayBufferLike) {
    this.#memory = memory;
  }

  begin(settings: TranslationSettings): void {
    this.#settings = settings;
  }

  submit(request: RegionRequest): boolean {
    this.#waiting.push(request);
    return true;
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
