/** Writes a package out of its files as they come: digests, descriptor and manifest are made of what came. */
import { createHash, type Hash } from 'node:crypto';
import { formatManifest } from './manifest.ts';
import { OvaWriter } from './ova-writer.ts';
import { FolderWriter, fileTrouble, type PackageWriter } from './package-writer.ts';

/** Where a package is written to. */
export interface PackageTarget {
  /** An .ova file, or a folder. */
  readonly to: string;
  readonly isOva: boolean;
  readonly nowMs: number;
  readonly stop: AbortSignal;
}

/** A file of the package: begun when it is its turn. */
export interface PackageSource {
  readonly href: string;
  /** For messages: where it is read from. */
  readonly path: string;
  readonly mostBytes: number;
  readonly bytes: AsyncIterable<Uint8Array>;
}

export interface PackageContent {
  /** What descriptor and manifest are called after. */
  readonly stem: string;
  readonly files: readonly PackageSource[];
  /** The descriptor of files of such sizes; its length grows with nothing but their digits. */
  readonly describe: (sizeOf: (href: string) => number) => string | Promise<string>;
}

export interface Exported {
  readonly files: readonly { readonly name: string; readonly sizeBytes: number }[];
}

interface Written {
  readonly sizeBytes: number;
  readonly hex: string;
}

/** Digits that a size may have. */
const MOST = Number.MAX_SAFE_INTEGER;
const SHA256_DIGITS = 64;

/** When it fails, or is broken off, there is nothing of the package. @throws HostError */
export async function writePackage(content: PackageContent, target: PackageTarget): Promise<Exported> {
  const { stem, files, describe } = content;
  const [ovf, mf] = [`${stem}.ovf`, `${stem}.mf`];
  const names = [ovf, ...files.map(({ href }) => href)];
  const reserved = new Map([
    [ovf, Buffer.byteLength(await describe(() => MOST))],
    [mf, Buffer.byteLength(formatManifest(names.map((href) => [href, '0'.repeat(SHA256_DIGITS)])))],
  ]);
  const writer = await open(target, reserved);
  try {
    const done = await writeAll(files, writer);
    const descriptor = await describe((href) => done.get(href)?.sizeBytes ?? 0);
    // In an OVA its place was kept free: what is left of that are blanks after its end.
    const blanks = target.isOva ? (reserved.get(ovf) ?? 0) - Buffer.byteLength(descriptor) : 0;
    const text = descriptor + ' '.repeat(blanks);
    const digests = [
      [ovf, createHash('sha256').update(text).digest('hex')] as const,
      ...[...done].map(([href, { hex }]) => [href, hex] as const),
    ];
    target.stop.throwIfAborted();
    await writer.finish(
      new Map([
        [ovf, text],
        [mf, formatManifest(digests)],
      ]),
    );
    return {
      files: [
        { name: ovf, sizeBytes: Buffer.byteLength(text) },
        ...[...done].map(([name, { sizeBytes }]) => ({ name, sizeBytes })),
      ],
    };
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}

function open(
  { to, isOva, nowMs }: PackageTarget,
  reserved: ReadonlyMap<string, number>,
): Promise<PackageWriter> {
  return isOva ? OvaWriter.create(to, reserved, nowMs) : FolderWriter.create(to);
}

async function writeAll(files: readonly PackageSource[], writer: PackageWriter) {
  const done = new Map<string, Written>();
  for (const { href, path, mostBytes, bytes } of files) {
    const hash = createHash('sha256');
    const sizeBytes = await fileTrouble('read', path, () =>
      writer.file(href, mostBytes, hashed(bytes, hash)),
    );
    done.set(href, { sizeBytes, hex: hash.digest('hex') });
  }
  return done;
}

async function* hashed(source: AsyncIterable<Uint8Array>, hash: Hash) {
  for await (const bytes of source) {
    hash.update(bytes);
    yield bytes;
  }
}
