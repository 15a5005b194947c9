/** A certificate and its key as PEM text, and what must be true of them before a host shows them to anybody. */

import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { reasonOf } from '#lib';

/** The certificate may bring the chain above it, as further blocks. */
export interface PemPair {
  readonly certificatePem: string;
  readonly keyPem: string;
}

const CERTIFICATE_BLOCK = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;
/** A chain of dozens of certificates is still smaller. */
export const MAX_PEM_BYTES = 64 * 1024;

/** What is wrong with a certificate by itself; undefined when nothing is. */
export function certificateProblem(pem: string, nowMs: number): string | undefined {
  const parsed = parseChain(pem);
  if (typeof parsed === 'string') return parsed;
  const [own] = parsed;
  if (own === undefined) return 'it has no "-----BEGIN CERTIFICATE-----" block';
  if (nowMs > Date.parse(own.validTo)) return `it was valid until ${own.validTo}`;
  if (nowMs < Date.parse(own.validFrom)) return `it is valid only from ${own.validFrom} on`;
  return undefined;
}

/** What is wrong with a private key by itself; undefined when nothing is. */
export function keyProblem(pem: string): string | undefined {
  const key = parseKey(pem);
  return typeof key === 'string' ? key : undefined;
}

/** Whether a key is that of a certificate; both must have been found good. */
export function belongTogether({ certificatePem, keyPem }: PemPair): boolean {
  const chain = parseChain(certificatePem);
  const key = parseKey(keyPem);
  if (typeof chain === 'string' || typeof key === 'string') return false;
  return chain[0]?.checkPrivateKey(key) ?? false;
}

/** What is wrong with both together, down to what TLS itself refuses (too short a key, a weak hash). */
export function pairProblem(pair: PemPair, nowMs: number): string | undefined {
  const certificate = certificateProblem(pair.certificatePem, nowMs);
  if (certificate !== undefined) return `The certificate cannot be used: ${certificate}`;
  const key = keyProblem(pair.keyPem);
  if (key !== undefined) return `The key cannot be used: ${key}`;
  if (!belongTogether(pair)) return 'The key is not that of the certificate';
  try {
    createSecureContext({ cert: pair.certificatePem, key: pair.keyPem });
    return undefined;
  } catch (cause) {
    return `TLS refuses them: ${reasonOf(cause)}`;
  }
}

function parseChain(pem: string): X509Certificate[] | string {
  if (Buffer.byteLength(pem) > MAX_PEM_BYTES) return `it has more than ${MAX_PEM_BYTES} bytes`;
  try {
    return (pem.match(CERTIFICATE_BLOCK) ?? []).map((block) => new X509Certificate(block));
  } catch (cause) {
    return reasonOf(cause);
  }
}

function parseKey(pem: string): KeyObject | string {
  if (Buffer.byteLength(pem) > MAX_PEM_BYTES) return `it has more than ${MAX_PEM_BYTES} bytes`;
  if (pem.includes('ENCRYPTED')) return 'it is encrypted; a host has nobody to ask for its password';
  try {
    return createPrivateKey(pem);
  } catch (cause) {
    return reasonOf(cause);
  }
}
