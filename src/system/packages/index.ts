/** What the other rooms use of packages: they are made, read, installed and listed. */
export { ACCEPTANCE_LEVELS, type AcceptanceLevel, isAcceptanceLevel, tagOfLevel } from './acceptance.ts';
export { BASE_PACKAGE, baseDescriptor, firstImage } from './base-package.ts';
export { type Bundle, readBundle, writeBundle } from './bundle.ts';
export type { Constraint, Descriptor } from './descriptor.ts';
export { type Image, type Installed, vibId } from './image.ts';
export {
  ACCEPTANCE_PATH,
  type InstallOptions,
  type InstallResult,
  PACKAGE_BASE_FILES,
  PackageManager,
  type PackageManagerOptions,
} from './package-manager.ts';
export {
  parseTrustedKeys,
  privateKey,
  TRUSTED_KEYS_PATH,
  type TrustedKey,
  trustedKeyLine,
} from './signature.ts';
export { RELATIONS, type Relation } from './version.ts';
export { buildVib, readVib, signerOf, type Vib, type VibParts } from './vib.ts';
