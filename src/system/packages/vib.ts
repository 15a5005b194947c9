/** A package: descriptor, signature and payloads in one ar archive; read whole and checked, or refused. */
import { createHash, type KeyObject } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Layer } from '#kernel';
import { type TarEntry, writeTarEntries } from '#lib';
import { readAr, writeAr } from './ar.ts';
import {
  type Descriptor,
  DescriptorProblem,
  descriptorProblem,
  formatDescriptor,
  type PayloadInfo,
  parseDescriptor,
} from './descriptor.ts';
import { readPayload } from './payload.ts';
import { checkSignature, signDescriptor, type TrustedKey } from './signature.ts';

/** A package whose parts fit together. Its signature is another matter: `signerOf`. */
export interface Vib {
  readonly descriptor: Descriptor;
  /** As it was signed. */
  readonly descriptorBytes: Uint8Array;
  readonly signature: Uint8Array | undefined;
  readonly payloads: readonly Payload[];
}

export interface Payload {
  readonly info: PayloadInfo;
  readonly bytes: Uint8Array;
  readonly layer: Layer;
}

const DESCRIPTOR = 'descriptor.xml';
const SIGNATURE = 'sig.ed25519';

/** Reads a package; a text says why it is none. */
export function readVib(bytes: Uint8Array): Vib | string {
  const members = readAr(bytes);
  if (typeof members === 'string') return members;
  const [first, ...rest] = members;
  if (first?.name !== DESCRIPTOR) return `it does not begin with ${DESCRIPTOR}`;
  const signature = rest[0]?.name === SIGNATURE ? rest.shift() : undefined;
  return assembleVib(
    first.data,
    signature?.data,
    (name) => rest.find((member) => member.name === name)?.data,
  );
}

/** Puts a package together from its parts, wherever they lie; a text says why they do not fit. */
export function assembleVib(
  descriptorBytes: Uint8Array,
  signature: Uint8Array | undefined,
  payloadOf: (name: string) => Uint8Array | undefined,
): Vib | string {
  const descriptor = parseDescriptor(new TextDecoder().decode(descriptorBytes));
  if (descriptor instanceof DescriptorProblem) return `${DESCRIPTOR}: ${descriptor.reason}`;
  const payloads: Payload[] = [];
  for (const info of descriptor.payloads) {
    const bytes = payloadOf(info.name);
    if (bytes === undefined) return `payload "${info.name}" is missing`;
    if (bytes.length !== info.sizeBytes || sha256(bytes) !== info.sha256)
      return `payload "${info.name}" is damaged`;
    const layer = readPayload(`${descriptor.name}/${info.name}`, bytes);
    if (typeof layer === 'string') return layer;
    payloads.push({ info, bytes, layer });
  }
  const problem = fileListProblem(descriptor, payloads);
  return problem ?? { descriptor, descriptorBytes, signature, payloads };
}

/** The key that signed a package; a text says why it is not to be trusted. */
export function signerOf(vib: Vib, keys: readonly TrustedKey[]): TrustedKey | string {
  return checkSignature(vib.descriptorBytes, vib.signature, vib.descriptor.acceptance, keys);
}

/** What a package is made of. */
export interface VibParts {
  readonly descriptor: Omit<Descriptor, 'payloads' | 'files'>;
  readonly payloadName: string;
  readonly entries: readonly TarEntry[];
  readonly key?: KeyObject;
}

/** Makes a package, the same bytes each time; a text says why that cannot be. */
export function buildVib({ descriptor, payloadName, entries, key }: VibParts): Uint8Array | string {
  const payload = gzipSync(writeTarEntries(entries), { level: 9 });
  const files = entries.filter(({ kind }) => kind !== 'directory').map(({ path }) => path);
  const payloads = [{ name: payloadName, sizeBytes: payload.length, sha256: sha256(payload) }];
  const whole: Descriptor = { ...descriptor, files, payloads };
  const problem = descriptorProblem(whole);
  if (problem !== undefined) return problem;
  const text = new TextEncoder().encode(formatDescriptor(whole));
  const bytes = writeAr([
    { name: DESCRIPTOR, data: text },
    ...(key === undefined ? [] : [{ name: SIGNATURE, data: signDescriptor(text, key) }]),
    { name: payloadName, data: payload },
  ]);
  const read = readVib(bytes);
  return typeof read === 'string' ? read : bytes;
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** What the descriptor lists, and was signed for, is what the payloads bring. */
function fileListProblem({ files }: Descriptor, payloads: readonly Payload[]): string | undefined {
  const brought = payloads.flatMap(({ layer }) =>
    layer.entries.filter(({ kind }) => kind !== 'directory').map(({ path }) => path.slice(1)),
  );
  const listed = new Set(files);
  const extra = brought.find((path) => !listed.has(path));
  if (extra !== undefined) return `"${extra}" is not in its list of files`;
  const missing = files.find((path) => !brought.includes(path));
  return missing === undefined ? undefined : `"${missing}" is in its list of files, and not in a payload`;
}
