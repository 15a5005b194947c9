/** The manifest of a package (.mf): a line for each file with its digest. Source: DMTF DSP0243 1.1.0 §5.1, 2.1 for SHA-256 and SHA-512. */
import { createHash, type Hash, timingSafeEqual } from 'node:crypto';
import { badPackage, nameTrouble } from './names.ts';

const DIGESTS = { SHA1: 'sha1', SHA256: 'sha256', SHA512: 'sha512' } as const;
type DigestName = keyof typeof DIGESTS;

/** A file's digest as a manifest has it. */
interface ManifestLine {
  readonly digest: DigestName;
  readonly hex: string;
}
export type Manifest = ReadonlyMap<string, ManifestLine>;

export const MAX_MANIFEST_BYTES = 2 ** 20;
const LINE = /^(SHA1|SHA256|SHA512)\s*\((.+)\)\s*=\s*([0-9a-f]+)\s*$/i;
const HEX_DIGITS: Readonly<Record<DigestName, number>> = { SHA1: 40, SHA256: 64, SHA512: 128 };

/** @throws HostError `ovf-bad` */
export function parseManifest(text: string, path: string): Manifest {
  const lines = new Map<string, ManifestLine>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const [, kind = '', name = '', hex = ''] = LINE.exec(line) ?? [];
    const digest = kind.toUpperCase() as DigestName;
    if (kind === '' || hex.length !== HEX_DIGITS[digest])
      throw badPackage(path, `line ${index + 1} of the manifest is no "SHA256(name)= digest"`);
    const trouble = nameTrouble(name);
    if (trouble !== undefined) throw badPackage(path, `in the manifest ${trouble}`);
    if (lines.has(name)) throw badPackage(path, `"${name}" stands twice in the manifest`);
    lines.set(name, { digest, hex: hex.toLowerCase() });
  }
  if (lines.size === 0) throw badPackage(path, 'its manifest is empty');
  return lines;
}

export function formatManifest(lines: Iterable<readonly [name: string, hex: string]>): string {
  return [...lines].map(([name, hex]) => `SHA256(${name})= ${hex}\n`).join('');
}

/** Digests of one file while it goes by. Which is asked for may be known later only: then all are made. */
export class FileDigests {
  readonly #hashes: ReadonlyMap<DigestName, Hash>;
  readonly #name: string;

  constructor(name: string, manifest: Manifest | undefined) {
    this.#name = name;
    const wanted = manifest === undefined ? undefined : manifest.get(name)?.digest;
    const names = (Object.keys(DIGESTS) as DigestName[]).filter(
      (digest) => manifest === undefined || digest === wanted,
    );
    this.#hashes = new Map(names.map((digest) => [digest, createHash(DIGESTS[digest])]));
  }

  update(bytes: Uint8Array): void {
    for (const hash of this.#hashes.values()) hash.update(bytes);
  }

  /** Ends them, and answers what holds them against a manifest. @throws HostError `ovf-bad` there */
  finish(): (manifest: Manifest, path: string) => void {
    const found = new Map([...this.#hashes].map(([digest, hash]) => [digest, hash.digest()]));
    return (manifest, path) => {
      const line = manifest.get(this.#name);
      if (line === undefined) throw badPackage(path, `its manifest does not have "${this.#name}"`);
      const own = found.get(line.digest);
      if (own !== undefined && timingSafeEqual(own, Buffer.from(line.hex, 'hex'))) return;
      throw badPackage(
        path,
        `"${this.#name}" is not as it was packed: its ${line.digest} is ${own?.toString('hex')}, the manifest says ${line.hex}`,
      );
    };
  }
}
