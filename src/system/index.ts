/** The door of the system room: the host as an operating system. */

export * from './accounts/index.ts';
export * from './boot/index.ts';
export {
  CERTIFICATE_PATH,
  CertificateStore,
  type CertificateStoreOptions,
  certificateFiles,
  KEY_PATH,
  type Replacement,
  type TextFiles,
} from './certificate/certificate-store.ts';
export { type HostNames, makeCertificate } from './certificate/make-certificate.ts';
export type { PemPair } from './certificate/pair.ts';
export type { HostName } from './host-name.ts';
export * from './logs/index.ts';
export * from './packages/index.ts';
export * from './settings/index.ts';
