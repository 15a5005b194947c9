/** Packs a VM that is off: its disks compressed, what it boots from, descriptor and manifest. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { DiskStream } from '#storage';
import type { Vmx } from '#vmm';
import { loadTypeTable } from '../vim/table/type-table.ts';
import { GuestIds } from '../vim/vm/guest-os.ts';
import { formatManifest } from './manifest.ts';
import type { OvfFile, OvfPackage } from './model.ts';
import { OvaWriter } from './ova-writer.ts';
import { type PackedFile, packageName, packageOfVmx } from './package-of-vmx.ts';
import { FolderWriter, fileTrouble, type PackageWriter, regularFile } from './package-writer.ts';
import { writeDescriptor } from './write-descriptor.ts';

export interface ExportOptions {
  readonly vmx: Vmx;
  readonly name: string;
  /** The path of a file by its name in the .vmx. */
  readonly resolve: (fileName: string) => string;
  /** An .ova file, or a folder. */
  readonly to: string;
  readonly isOva: boolean;
  readonly nowMs: number;
  /** Hears what goes on, and how far it is, of 1. */
  readonly progress: (what: string, done: number) => void;
  readonly stop: AbortSignal;
}

export interface Exported {
  readonly files: readonly { readonly name: string; readonly sizeBytes: number }[];
}

/** Digits that a size may have. */
const MOST = Number.MAX_SAFE_INTEGER;

/** A file of the package that is open. */
interface Source {
  readonly packed: PackedFile;
  readonly mostBytes: number;
  readonly bytes: AsyncIterable<Uint8Array>;
  close(): void;
}

/** When it fails, or is broken off, there is nothing of the package. @throws HostError */
export async function exportVm(options: ExportOptions): Promise<Exported> {
  const { vmx, name, resolve, to, isOva, nowMs } = options;
  const { files, package: package_ } = packageOfVmx(vmx, {
    ...{ name, guestIds: GuestIds.of(loadTypeTable()) },
    diskBytes(fileName) {
      const disk = new DiskStream(resolve(fileName), { fileName });
      disk.close();
      return disk.sizeBytes;
    },
  });
  const sources = await openAll(files, options);
  try {
    const stem = packageName(name);
    const [ovf, mf] = [`${stem}.ovf`, `${stem}.mf`];
    const texts = new Map([
      [ovf, Buffer.byteLength(writeDescriptor(withSizes(package_, () => MOST)))],
      [
        mf,
        Buffer.byteLength(
          formatManifest([ovf, ...files.map(({ file }) => file.href)].map((href) => [href, '0'.repeat(64)])),
        ),
      ],
    ]);
    const writer: PackageWriter = isOva
      ? await OvaWriter.create(to, texts, nowMs)
      : await FolderWriter.create(to);
    try {
      const done = await writeAll(sources, writer, options);
      const descriptor = writeDescriptor(withSizes(package_, ({ href }) => done.get(href)?.sizeBytes));
      // In an OVA its place was kept free: what is left of that are blanks after its end.
      const text = isOva
        ? descriptor + ' '.repeat((texts.get(ovf) ?? 0) - Buffer.byteLength(descriptor))
        : descriptor;
      const digests = [
        [ovf, createHash('sha256').update(text).digest('hex')] as const,
        ...[...done].map(([href, { hex }]) => [href, hex] as const),
      ];
      options.stop.throwIfAborted();
      await writer.finish(
        new Map([
          [ovf, text],
          [mf, formatManifest(digests)],
        ]),
      );
      return {
        files: [
          { name: ovf, sizeBytes: Buffer.byteLength(text) },
          ...[...done].map(([href, { sizeBytes }]) => ({ name: href, sizeBytes })),
        ],
      };
    } catch (error) {
      await writer.abandon();
      throw error;
    }
  } finally {
    for (const source of sources) source.close();
  }
}

async function openAll(
  files: readonly PackedFile[],
  { resolve, progress, stop }: ExportOptions,
): Promise<Source[]> {
  const sources: Source[] = [];
  try {
    for (const packed of files) sources.push(packed.isDisk ? diskSource(packed) : await plainSource(packed));
  } catch (error) {
    for (const source of sources) source.close();
    throw error;
  }
  return sources;

  function diskSource(packed: PackedFile): Source {
    const { href } = packed.file;
    const disk = new DiskStream(resolve(packed.fileName), {
      fileName: href,
      progress(done) {
        stop.throwIfAborted();
        progress(href, done);
      },
    });
    return { packed, mostBytes: disk.mostBytes, bytes: disk, close: () => disk.close() };
  }

  async function plainSource(packed: PackedFile): Promise<Source> {
    const path = resolve(packed.fileName);
    const { size } = await fileTrouble('open', path, () => regularFile(path));
    const stream = createReadStream(path);
    // Whoever reads hears of it.
    stream.on('error', () => {});
    return { packed, mostBytes: size, bytes: stream, close: () => stream.destroy() };
  }
}

async function writeAll(sources: readonly Source[], writer: PackageWriter, { resolve }: ExportOptions) {
  const done = new Map<string, { readonly sizeBytes: number; readonly hex: string }>();
  for (const { packed, mostBytes, bytes } of sources) {
    const { href } = packed.file;
    const hash = createHash('sha256');
    const sizeBytes = await fileTrouble('read', resolve(packed.fileName), () =>
      writer.file(href, mostBytes, hashed(bytes, hash)),
    );
    done.set(href, { sizeBytes, hex: hash.digest('hex') });
  }
  return done;
}

async function* hashed(source: AsyncIterable<Uint8Array>, hash: ReturnType<typeof createHash>) {
  for await (const bytes of source) {
    hash.update(bytes);
    yield bytes;
  }
}

function withSizes(package_: OvfPackage, sizeOf: (file: OvfFile) => number | undefined): OvfPackage {
  const files = package_.files.map((file) => {
    const sizeBytes = sizeOf(file);
    return { ...file, ...(sizeBytes !== undefined && { sizeBytes }) };
  });
  return { ...package_, files };
}
