/** The door of lib: bytes, clock, random, log, errors, sizes, tar archives. No policy, no Node API. */
export * from './bytes.ts';
export * from './clock.ts';
export * from './copy.ts';
export * from './crc32.ts';
export * from './errors.ts';
export * from './log.ts';
export * from './random.ts';
export * from './size.ts';
export * from './tar.ts';
export {
  isTarEnd,
  isTarExtension,
  parseTarExtension,
  parseTarHeader,
  paxRecord,
  TAR_BLOCK_BYTES,
  type TarExtension,
  type TarHeader,
  tarDamaged,
  tarHeaderBlock,
  tarPadding,
} from './tar-header.ts';
