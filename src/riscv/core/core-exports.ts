/** What translated code imports of the core, and what it is itself: all that a module of it has to say of its surroundings. */
import type { AmoOperation } from '../isa/semantics.ts';
import type { Signature } from '../wasm/function-builder.ts';
import { FUNCTIONS } from './core-functions.ts';

/** Translated code: (context, fuel, bank, bytes of stack in use by calls) → (next pc, fuel). */
export const REGION: Signature = { params: ['i32', 'i32', 'i32', 'i32'], results: ['i64', 'i32'] };

/** Operations that are functions of the core; the others are one instruction of WebAssembly each. */
export const AMO_FUNCTIONS: readonly AmoOperation[] = ['min', 'max', 'minu', 'maxu'];
export const AMO_BYTES = [4, 8] as const;
const AMO_SIGNATURE: Signature = { params: ['i32', 'i64'], results: ['i64'] };

export const amoName = (operation: AmoOperation, bytes: 4 | 8): string => `amo.${operation}.${bytes}`;

/** All functions of the core by name, as translated code imports them. */
export const CORE_EXPORTS: readonly { name: string; signature: Signature }[] = [
  ...Object.entries(FUNCTIONS).map(([name, signature]) => ({ name, signature })),
  ...AMO_FUNCTIONS.flatMap((operation) =>
    AMO_BYTES.map((bytes) => ({ name: amoName(operation, bytes), signature: AMO_SIGNATURE })),
  ),
];
