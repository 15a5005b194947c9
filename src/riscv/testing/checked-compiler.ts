/** A compiler that proves each module to be safe before it may run. */
import { InlineCompiler } from '../jit/compiler.ts';
import { verifyModule } from '../jit/verify-module.ts';

export class CheckedCompiler extends InlineCompiler {
  /** Modules that were found to be safe. */
  checked = 0;

  /** @param memory gives machine memory; asked when the first request comes. */
  constructor(memory: () => ArrayBufferLike) {
    super(memory, (bytes, settings) => {
      const findings = verifyModule(bytes, settings);
      if (findings.length > 0)
        throw new Error(`a translated module is not safe: ${findings.slice(0, 5).join('; ')}`);
      this.checked++;
    });
  }
}
