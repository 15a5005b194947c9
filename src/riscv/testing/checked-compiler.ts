/** A compiler that proves each module to be safe before it may run. */
import { checkModule } from '../check.ts';
import { InlineCompiler } from '../jit/compiler.ts';

export class CheckedCompiler extends InlineCompiler {
  /** Modules that were found to be safe. */
  checked = 0;

  /** @param memory gives machine memory; asked when the first request comes. */
  constructor(memory: () => ArrayBufferLike) {
    super(memory, (bytes) => {
      checkModule(bytes);
      this.checked++;
    });
  }
}
