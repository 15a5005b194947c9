/** A compiler that proves each module to be safe before it may run. */
import type { CompiledRegions, RegionCompiler } from '../jit/compiler.ts';
import { type RegionRequest, type TranslationSettings, translate } from '../jit/translate.ts';
import { verifyModule } from '../jit/verify-module.ts';

export class CheckedCompiler implements RegionCompiler {
  readonly isImmediate = true;
  readonly #memory: () => ArrayBufferLike;
  #settings: TranslationSettings | undefined;
  #waiting: RegionRequest[] = [];
  /** Modules that were found to be safe. */
  checked = 0;

  /** @param memory gives machine memory; asked when the first request comes. */
  constructor(memory: () => ArrayBufferLike) {
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
    const settings = this.#settings;
    const requests = this.#waiting;
    this.#waiting = [];
    const translation =
      settings && requests.length > 0 ? translate(this.#memory(), requests, settings) : undefined;
    if (!translation || !settings) return [];
    const findings = verifyModule(translation.bytes, settings);
    if (findings.length > 0)
      throw new Error(`a translated module is not safe: ${findings.slice(0, 5).join('; ')}`);
    this.checked++;
    return [{ module: new WebAssembly.Module(translation.bytes), ids: translation.ids }];
  }
}
