/** Makes the back end that is asked for. */
import type { Engine } from './hart/exit.ts';
import { type EngineOptions, Interpreter } from './interpreter/interpreter.ts';
import { Reference } from './reference/reference.ts';

export type EngineKind = Engine['name'];

/** @throws when the engine's area is too small, or WebAssembly refuses the module. */
export function createEngine(kind: EngineKind, options: EngineOptions): Engine {
  const { memory, clock } = options;
  switch (kind) {
    case 'reference':
      return new Reference(memory.buffer, { ticks: () => BigInt(Math.floor(clock.ticks())) });
    case 'interpreter':
      return new Interpreter(options);
    case 'jit':
      throw new Error('the JIT is not here yet');
  }
}
