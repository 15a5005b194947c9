/** Where regions are compiled: in another thread, or here and now. */
import type { KeptRegions } from './kept-regions.ts';
import type { SharedRegions } from './shared-regions.ts';
import { type RegionKeeper, type RegionRequest, type TranslationSettings, translate } from './translate.ts';

/** A compiled module and the requests that it serves, in the order of its functions. */
export interface CompiledRegions {
  readonly module: WebAssembly.Module;
  /** See RegionModule. */
  readonly contents: readonly number[];
  readonly ids: readonly number[];
}

/** Contents of which there is kept code; comes once, before any of it. */
export interface KeptNews {
  readonly contents: SharedArrayBuffer;
}

/** Takes requests and gives modules later, in any order. Provided by the host: its workers do the compiling. */
export interface RegionCompiler {
  /** What is submitted can be taken at once. */
  readonly isImmediate: boolean;
  /** Kept code may come, first the KeptNews of it. */
  readonly hasKept?: boolean;
  /** Called once, before any request. */
  begin(settings: TranslationSettings): void;
  /** @returns false when there is no room for it now. */
  submit(request: RegionRequest): boolean;
  /** A page is executed whose content is kept, and no code of it has come yet. */
  met?(content: number): void;
  /** What has been compiled since the last call; does not wait. */
  take(): readonly (CompiledRegions | KeptRegions | KeptNews | SharedRegions)[];
}

/** Looks at a module before it is compiled; throws when it must not be. */
export type ModuleCheck = (bytes: Uint8Array<ArrayBuffer>) => void;

/** Compiles in the calling thread: nothing depends on chance. For tests and browsers. */
export class InlineCompiler implements RegionCompiler {
  readonly isImmediate = true;
  readonly #memory: () => ArrayBufferLike;
  readonly #check: ModuleCheck | undefined;
  #settings: TranslationSettings | undefined;
  #waiting: RegionRequest[] = [];

  /**
   * @param memory gives machine memory; asked when there is something to compile.
   * @param check sees each module before it is compiled.
   */
  constructor(memory: () => ArrayBufferLike, check?: ModuleCheck) {
    this.#memory = memory;
    this.#check = check;
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
    const done = compileRegions(this.#memory(), requests, this.#settings, this.#check);
    return done ? [done] : [];
  }
}

/** Translates and compiles requests as one module; undefined when none can be translated. */
export function compileRegions(
  memory: ArrayBufferLike,
  requests: readonly RegionRequest[],
  settings: TranslationSettings,
  check?: ModuleCheck,
  keeper?: RegionKeeper,
): CompiledRegions | undefined {
  const translation = translate(memory, requests, settings, keeper);
  if (!translation) return undefined;
  const { bytes, contents, ids } = translation;
  check?.(bytes);
  return { module: new WebAssembly.Module(bytes), contents, ids };
}
