/** The door of lib: bytes, clock, random, log, errors, sizes. No policy, no Node API. */
export * from './bytes.ts';
export * from './clock.ts';
export * from './errors.ts';
export * from './log.ts';
export * from './random.ts';
export * from './size.ts';
