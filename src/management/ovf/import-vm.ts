/** Unpacks a package into a new folder of a datastore: disks thin, a .vmx, what is booted. The folder is there whole, or not at all. */
import { randomBytes } from 'node:crypto';
import { constants, existsSync, readdirSync, rmSync } from 'node:fs';
import { chmod, copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { HostError } from '#lib';
import { contentKind, copyDisk, createDisk, growImage, openSource, replaceFile, syncFolder } from '#storage';
import { checkVmName } from '../vms/vm-folder.ts';
import type { OvfDisk } from './model.ts';
import { badPackage } from './names.ts';
import { type OpenedPackage, openPackage } from './open-package.ts';
import { fileTrouble, syncFile } from './package-writer.ts';
import { type UnpackedDisk, type UnpackedVm, vmxOfPackage } from './vmx-of-package.ts';

export interface ImportOptions {
  /** An .ova or .ovf file; with `input` its name for messages. */
  readonly path: string;
  readonly input?: AsyncIterable<Uint8Array> | undefined;
  /** The folder of a datastore. */
  readonly parent: string;
  /** What the VM is called; absent: as in the package. */
  readonly name?: string | undefined;
  /** The host's network for one of the package. */
  readonly network: (name: string) => string;
  readonly progress: (what: string, done: number) => void;
  readonly stop: AbortSignal;
}

export interface Imported {
  readonly name: string;
  readonly vmxPath: string;
  readonly notes: readonly string[];
}

/** Begins the name of a folder that is being filled; the process that fills it follows. */
const STAGING = '.import-';
const SCRATCH = '.package';

/** When it fails, or is broken off, there is nothing of the VM. @throws HostError */
export async function importVm(options: ImportOptions): Promise<Imported> {
  const { path, parent, progress, stop, network, input } = options;
  if (options.name !== undefined) requireFree(parent, options.name);
  removeOrphans(parent);
  const staging = join(parent, `${STAGING}${process.pid}-${randomBytes(4).toString('hex')}`);
  const scratch = join(staging, SCRATCH);
  await fileTrouble('make', staging, () => mkdir(scratch, { recursive: true, mode: 0o700 }));
  try {
    const opened = await openPackage({ path, scratch, progress, stop }, input);
    const name = options.name ?? opened.package.machine.name;
    requireFree(parent, name);
    const unpacked = vmxOfPackage(opened.package, { path, name, network });
    await fill({ staging, scratch }, unpacked, opened, options);
    const vmxName = `${name}.vmx`;
    await fileTrouble('remove', scratch, () => rm(scratch, { recursive: true }));
    replaceFile(join(staging, vmxName), unpacked.vmx.toString());
    stop.throwIfAborted();
    requireFree(parent, name);
    await fileTrouble('make', join(parent, name), async () => {
      await rename(staging, join(parent, name));
      syncFolder(parent);
    });
    return { name, vmxPath: join(parent, name, vmxName), notes: unpacked.notes };
  } catch (error) {
    rmSync(staging, { recursive: true, force: true });
    throw error;
  }
}

function requireFree(parent: string, name: string): void {
  checkVmName(name);
  if (existsSync(join(parent, name))) throw new HostError('vm-exists', { vm: name });
}

/** Folders whose process was killed while it filled them. */
function removeOrphans(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = name.startsWith(STAGING)
      ? Number(/^(\d+)-/.exec(name.slice(STAGING.length))?.[1])
      : Number.NaN;
    if (pid > 0 && !isAlive(pid)) rmSync(join(parent, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function fill(
  { staging, scratch }: { readonly staging: string; readonly scratch: string },
  { disks, files }: UnpackedVm,
  opened: OpenedPackage,
  options: ImportOptions,
) {
  for (const disk of disks) await unpackDisk(join(staging, disk.fileName), disk, opened, options);
  // Last: a disk may be of the same file.
  for (const { file, fileName } of files)
    await putBeside(opened.pathOf(file), join(staging, fileName), scratch);
}

/** What was unpacked for this import is taken, the user's own file is copied. */
async function putBeside(from: string, to: string, scratch: string): Promise<void> {
  await fileTrouble('copy', to, async () => {
    if (dirname(from) === scratch) return await rename(from, to);
    await copyFile(from, to, constants.COPYFILE_FICLONE);
    return await chmod(to, 0o600);
  });
  await syncFile(to);
}

async function unpackDisk(
  to: string,
  { disk, fileName }: UnpackedDisk,
  opened: OpenedPackage,
  { path, progress, stop }: ImportOptions,
): Promise<void> {
  const { file, capacityBytes } = disk;
  if (file === undefined) return createDisk({ path: to, sizeBytes: capacityBytes, format: 'thin' });
  const from = opened.pathOf(file);
  const trouble = (error: unknown): never => {
    if (!(error instanceof HostError) || !error.code.startsWith('disk-')) throw error;
    throw badPackage(path, `"${file.href}": ${String(error.details.reason ?? error.message)}`);
  };
  try {
    const sizeBytes = sizeOf(from, disk, path);
    await copyDisk({
      ...{ from, to, format: 'thin' as const, isAlone: true },
      progress(done) {
        stop.throwIfAborted();
        progress(`unpacking ${fileName}`, done);
      },
    });
    if (capacityBytes > sizeBytes) growImage(to, capacityBytes);
  } catch (error) {
    trouble(error);
  }
  return undefined;
}

/** Of the disk within a file; it must be what the descriptor says. */
function sizeOf(from: string, { file, format = '', capacityBytes }: OvfDisk, path: string): number {
  if (/vmdk/i.test(format) && contentKind(from) !== 'vmdk')
    throw badPackage(path, `"${file?.href}" is no VMDK`);
  const source = openSource(from, { isAlone: true });
  const { sizeBytes } = source;
  source.close();
  if (sizeBytes > capacityBytes)
    throw badPackage(
      path,
      `"${file?.href}" is a disk of ${sizeBytes} bytes, and its descriptor says ${capacityBytes}`,
    );
  return sizeBytes;
}
