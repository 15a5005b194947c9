/** The door of the engine room: one RISC-V hart, run by three back ends from one table of instructions. */
export { type CoreOptions, writeCoreModule } from './core/core-module.ts';
export { type CoreWriter, coreKey, coreOf, type KeptCore, keptCore } from './core/kept-core.ts';
export { CONTEXT_BYTES, codeArea, engineAreaBytes } from './core/layout.ts';
export { createEngine, type EngineKind } from './engine.ts';
export { Cause, type CauseCode, INTERRUPT_PRIORITY, Interrupt } from './hart/causes.ts';
export {
  Context,
  FIELDS,
  type FieldName,
  NOT_STATE,
  offsetOf,
  STATE_BYTES,
  TIME_BASE_HZ,
  TIME_SHIFT,
} from './hart/context.ts';
export {
  DeviceAnswer,
  type DeviceAnswerCode,
  type Engine,
  Exit,
  type ExitReason,
  MAX_TRAPS_IN_ROW,
} from './hart/exit.ts';
export { MapFlag, PAGE_BYTES, PAGE_SHIFT, type RamLayout } from './hart/page-map.ts';
export type { EngineProfile } from './hart/profile.ts';
export { AccessKind, type AccessKindCode, type Stops, touches, type WatchedRange } from './hart/stops.ts';
export type { EngineOptions } from './interpreter/interpreter.ts';
export { CSRS } from './isa/csr.ts';
export { type Decoded, decode } from './isa/decode.ts';
export { disassemble } from './isa/disassemble.ts';
export { enterTrap, pendingInterrupt } from './isa/privileged.ts';
export type { Arithmetic, State } from './isa/semantics.ts';
export { ISA_EXTENSIONS, ISA_STRING } from './isa/table.ts';
export {
  type CompiledRegions,
  compileRegions,
  InlineCompiler,
  type KeptNews,
  type RegionCompiler,
} from './jit/compiler.ts';
export { Jit, type JitOptions } from './jit/jit.ts';
export type { SharedRegions } from './jit/shared-regions.ts';
export type { RegionRequest, TranslationSettings } from './jit/translate.ts';
export { BigintArithmetic } from './reference/arithmetic.ts';
