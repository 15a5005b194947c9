/** Makes the back end that is asked for. */
import { writeCoreModule } from './core/core-module.ts';
import type { Engine } from './hart/exit.ts';
import { type EngineOptions, Interpreter } from './interpreter/interpreter.ts';
import { InlineCompiler } from './jit/compiler.ts';
import { Jit, type JitOptions } from './jit/jit.ts';
import { Reference } from './reference/reference.ts';

export type EngineKind = Engine['name'];

type Maker = (options: EngineOptions & Partial<JitOptions>) => Engine;

const MAKERS: Readonly<Record<EngineKind, Maker>> = {
  reference: ({ memory, clock }) =>
    new Reference(memory.buffer, { ticks: () => BigInt(Math.floor(clock.ticks())) }),
  interpreter: (options) => new Interpreter({ ...options, writeCore: writeCoreModule }),
  jit: (options) => {
    const { compiler = new InlineCompiler(() => options.memory.buffer) } = options;
    return new Jit({ ...options, compiler, writeCore: writeCoreModule });
  },
};

/** @throws when the engine's area is too small, or WebAssembly refuses the module. */
export function createEngine(kind: EngineKind, options: EngineOptions & Partial<JitOptions>): Engine {
  return MAKERS[kind](options);
}
