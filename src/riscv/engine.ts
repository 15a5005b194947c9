/** Makes the back end that is asked for. */
import type { Engine } from './hart/exit.ts';
import { type EngineOptions, Interpreter } from './interpreter/interpreter.ts';
import { InlineCompiler } from './jit/compiler.ts';
import { Jit, type JitOptions } from './jit/jit.ts';
import { Reference } from './reference/reference.ts';

export type EngineKind = Engine['name'];

/** @throws when the engine's area is too small, or WebAssembly refuses the module. */
export function createEngine(kind: EngineKind, options: EngineOptions & Partial<JitOptions>): Engine {
  const { memory, clock } = options;
  switch (kind) {
    case 'reference':
      return new Reference(memory.buffer, { ticks: () => BigInt(Math.floor(clock.ticks())) });
    case 'interpreter':
      return new Interpreter(options);
    case 'jit':
      return new Jit({ ...options, compiler: options.compiler ?? new InlineCompiler(memory.buffer) });
  }
}
