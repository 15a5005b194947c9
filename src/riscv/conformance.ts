/**
 * Conformance: cases that every back end must end as the reference does. A test of a back end makes a `Machine`
 * of it, runs `rowCases` of all rows, and the directed cases through `Rig`s of both, and wants no `differences`.
 */

export type { Case, ExitRecord, ExpectedCase, FinalState } from './conformance/case.ts';
export { differences, RAM_BASE, RAM_PAGES, unexpected } from './conformance/case.ts';
export { fuzzCase } from './conformance/fuzz-cases.ts';
export { INTERRUPT_CASES } from './conformance/interrupt-cases.ts';
export { ENGINE_KINDS, makeMachine } from './conformance/machine.ts';
export { MEMORY_CASES } from './conformance/memory-cases.ts';
export { PRIVILEGED_CASES } from './conformance/privileged-cases.ts';
export type { Machine } from './conformance/rig.ts';
export { Rig } from './conformance/rig.ts';
export { rowCases } from './conformance/row-cases.ts';
export { TRANSLATION_CASES } from './conformance/translation-cases.ts';
export type { Random } from './conformance/values.ts';
