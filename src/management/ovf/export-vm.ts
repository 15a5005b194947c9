/** Packs a VM that is off: its disks compressed, what it boots from, descriptor and manifest. */
import { createReadStream } from 'node:fs';
import { DiskStream, type ParentRule } from '#storage';
import type { Vmx } from '#vmm';
import { loadTypeTable } from '../vim/table/type-table.ts';
import { GuestIds } from '../vim/vm/guest-os.ts';
import type { OvfPackage } from './model.ts';
import { type PackedFile, packageName, packageOfVmx } from './package-of-vmx.ts';
import { fileTrouble, regularFile } from './package-writer.ts';
import { writeDescriptor } from './write-descriptor.ts';
import { type Exported, type PackageSource, type PackageTarget, writePackage } from './write-package.ts';

export interface ExportOptions extends PackageTarget, ParentRule {
  readonly vmx: Vmx;
  readonly name: string;
  /** The path of a file by its name in the .vmx. */
  readonly resolve: (fileName: string) => string;
  /** Hears what goes on, and how far it is, of 1. */
  readonly progress: (what: string, done: number) => void;
}

/** A file of the package that is open. */
interface Source extends PackageSource {
  close(): void;
}

/** When it fails, or is broken off, there is nothing of the package. @throws HostError */
export async function exportVm(options: ExportOptions): Promise<Exported> {
  const { vmx, name, resolve, within } = options;
  const { files: packed, package: package_ } = packageOfVmx(vmx, {
    ...{ name, guestIds: GuestIds.of(loadTypeTable()) },
    diskBytes(fileName) {
      const disk = new DiskStream(resolve(fileName), { fileName, within });
      disk.close();
      return disk.sizeBytes;
    },
  });
  const files = await openAll(packed, options);
  try {
    return await writePackage(
      {
        ...{ stem: packageName(name), files },
        describe: (sizeOf) => writeDescriptor(withSizes(package_, sizeOf)),
      },
      options,
    );
  } finally {
    for (const file of files) file.close();
  }
}

async function openAll(
  files: readonly PackedFile[],
  { resolve, within, progress, stop }: ExportOptions,
): Promise<Source[]> {
  const sources: Source[] = [];
  try {
    for (const packed of files) sources.push(packed.isDisk ? diskSource(packed) : await plainSource(packed));
  } catch (error) {
    for (const source of sources) source.close();
    throw error;
  }
  return sources;

  function diskSource({ file: { href }, fileName }: PackedFile): Source {
    const path = resolve(fileName);
    const disk = new DiskStream(path, {
      ...{ fileName: href, within },
      progress(done) {
        stop.throwIfAborted();
        progress(href, done);
      },
    });
    return { href, path, mostBytes: disk.mostBytes, bytes: disk, close: () => disk.close() };
  }

  async function plainSource({ file: { href }, fileName }: PackedFile): Promise<Source> {
    const path = resolve(fileName);
    const { size } = await fileTrouble('open', path, () => regularFile(path));
    const stream = createReadStream(path);
    // Whoever reads hears of it.
    stream.on('error', () => {});
    return { href, path, mostBytes: size, bytes: stream, close: () => stream.destroy() };
  }
}

function withSizes(package_: OvfPackage, sizeOf: (href: string) => number): OvfPackage {
  const files = package_.files.map((file) => ({ ...file, sizeBytes: sizeOf(file.href) }));
  return { ...package_, files };
}
