/** A VM's folder on a datastore: its .vmx, and the names of what lies beside it. */
import {
  closeSync,
  existsSync,
  fsync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdir,
  rmdirSync,
  rmSync,
  statSync,
  unlink,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { promisify } from 'node:util';
import { HostError } from '#lib';
import { replaceFile } from '#storage';
import { MAX_VMX_BYTES, readSettings, type VmDisk, type VmSettings, Vmx, writeSettings } from '#vmm';

/** What a VM may be called: it is the name of a folder too. */
const NAME = /^[^\s/\\.\p{Cc}][^/\\\p{Cc}]{0,79}$/u;
const NOT_IN_NAMES = /[/\p{Cc}]/u;
const VMX = '.vmx';
const ON_DATASTORE = /^(?:\[(?=[^\]]*\])|\/vmfs\/volumes\/)([^/\]]+)(?:\]\s*|\/)(.+)$/;

/** @throws HostError `usage` for a name that cannot be a folder. */
export function checkVmName(name: string): void {
  if (NAME.test(name) && name.trim() === name) return;
  const rule = '1 … 80 characters without "/" and "\\", not beginning with a dot or a blank';
  throw new HostError('usage', { reason: `"${name}" cannot be the name of a VM: ${rule}` });
}

export class VmFolder {
  readonly vmxPath: string;
  /** What its files are called after. */
  readonly name: string;
  readonly path: string;
  /** The folder of the datastores, where it is known. */
  volumes: string | undefined;
  /** It was made with this object: there is nothing in it that nobody knows of. */
  isNew = false;
  /** Resolves when the .vmx that was made is on the disk. */
  #made = Promise.resolve();

  private constructor(vmxPath: string) {
    this.vmxPath = vmxPath;
    this.name = basename(vmxPath, VMX);
    this.path = dirname(vmxPath);
  }

  /** Makes the folder of a new VM in `parent` and writes its .vmx. @throws HostError */
  static create(parent: string, settings: VmSettings): VmFolder {
    const folder = VmFolder.claim(parent, settings.name);
    folder.write(settings);
    return folder;
  }

  /** Makes the folder of a new VM in `parent`; its .vmx is written later. @throws HostError */
  static claim(parent: string, name: string): VmFolder {
    checkVmName(name);
    const path = join(parent, name);
    try {
      mkdirSync(path);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'EEXIST') throw new HostError('vm-exists', { vm: name });
      throw failed('make', 'folder', path, cause);
    }
    return new VmFolder(join(path, name + VMX));
  }

  /** Makes a .vmx where there is none; its folder is made when it is not there. @throws HostError */
  static make(vmxPath: string, vmx: Vmx): VmFolder {
    const folder = new VmFolder(vmxPath);
    try {
      folder.isNew = mkdirSync(folder.path, { recursive: true }) !== undefined;
    } catch (cause) {
      throw failed('make', 'folder', folder.path, cause);
    }
    if (!folder.isNew && existsSync(vmxPath)) throw new HostError('vm-exists', { vm: folder.name });
    folder.writeFirst(vmx);
    return folder;
  }

  /** Writes the .vmx of a new VM; it is on the disk when `whenMade` resolves. */
  writeFirst(vmx: Vmx): void {
    const file = makeFile(this.vmxPath, vmx.toString(), this.isNew);
    const written = () => onDisk(file, this.vmxPath);
    // In an old folder not in this turn: looking for a file in one that is being written down waits for that.
    this.#made = this.isNew ? written() : Promise.resolve().then(written);
    // Whoever asks hears of it.
    this.#made.catch(() => {});
  }

  /** The folder of a VM that is there, by its .vmx. */
  static at(vmxPath: string): VmFolder {
    return new VmFolder(vmxPath);
  }

  /** Rejects with HostError `file-io`. */
  whenMade(): Promise<void> {
    return this.#made;
  }

  /** @throws HostError `file-missing`, `file-io`, `vm-settings` */
  read(): VmSettings {
    return this.settingsOf(this.readVmx());
  }

  /** What its .vmx says. @throws HostError `vm-settings` */
  settingsOf(vmx: Vmx): VmSettings {
    const settings = readSettings(vmx);
    if ('reason' in settings) throw this.#bad(settings.key, settings.reason);
    // Files are called after it.
    if (NOT_IN_NAMES.test(settings.name)) throw this.#bad('displayName', 'a name has no "/" in it');
    return settings.name === '' ? { ...settings, name: this.name } : settings;
  }

  /** Replaces the .vmx. @throws HostError `file-io` */
  writeVmx(vmx: Vmx): void {
    replaceFile(this.vmxPath, vmx.toString());
  }

  /** The lines of a new .vmx. */
  static vmxOf(settings: Partial<VmSettings>): Vmx {
    const vmx = new Vmx();
    writeSettings(vmx, settings);
    return vmx;
  }

  /** Writes settings into the .vmx: the old file is there whole until the new one is. @throws HostError `file-io` */
  write(settings: Partial<VmSettings>): void {
    const vmx = existsSync(this.vmxPath) ? this.readVmx() : new Vmx();
    writeSettings(vmx, settings);
    replaceFile(this.vmxPath, vmx.toString());
  }

  /** The folder whose entries are the datastores: most VMs are folders of these. */
  get datastores(): string {
    return this.volumes ?? dirname(dirname(this.path));
  }

  /** The path that a name in the settings means: `[datastore1] a/b`, /vmfs/volumes/datastore1/a/b, or in the VM's folder. */
  resolve(name: string): string {
    const [, datastore, rest = ''] = ON_DATASTORE.exec(name) ?? [];
    if (datastore !== undefined) return join(this.datastores, datastore, rest);
    return isAbsolute(name) ? name : join(this.path, name);
  }

  /** Settings with the paths of files on datastores, and of what is booted, in place of their names. */
  resolved(settings: VmSettings): VmSettings {
    const path = (name: string) => (name === '' ? '' : this.resolve(name));
    const { disks, kernel, firmware, initrds } = settings;
    return {
      ...settings,
      disks: disks.map((one) => this.resolvedDisk(one)),
      ...{ kernel: path(kernel), firmware: path(firmware), initrds: initrds.map(path) },
    };
  }

  /** A disk as a machine needs it: a name on a datastore is a path. */
  resolvedDisk(disk: VmDisk): VmDisk {
    return ON_DATASTORE.test(disk.fileName) ? { ...disk, fileName: this.resolve(disk.fileName) } : disk;
  }

  /** Removes the folder with all that is in it. @throws HostError `file-io` */
  remove(): void {
    // Most have files alone: this takes half the time of rmSync.
    try {
      if (lstatSync(this.path).isDirectory())
        for (const name of readdirSync(this.path)) unlinkSync(join(this.path, name));
      rmdirSync(this.path);
    } catch {
      this.#removeTree();
    }
  }

  #removeTree(): void {
    try {
      rmSync(this.path, { recursive: true, force: true });
    } catch (cause) {
      throw failed('remove', 'folder', this.path, cause);
    }
  }

  /**
   * The same off the main thread: a file system that is writing down lets who takes names away wait.
   * @param names - of what is in it, where somebody has just looked
   * @throws HostError `file-io`
   */
  async erase(names?: readonly string[]): Promise<void> {
    try {
      if (!lstatSync(this.path).isDirectory()) return this.#removeTree();
      await Promise.all((names ?? readdirSync(this.path)).map((name) => unlinkLater(join(this.path, name))));
      await rmdirLater(this.path);
    } catch {
      this.#removeTree();
    }
  }

  /** The lines of the .vmx. @throws HostError */
  readVmx(): Vmx {
    let text: string;
    try {
      const { size } = statSync(this.vmxPath);
      if (size > MAX_VMX_BYTES) throw this.#bad('the file', `it has ${size} bytes, more than 1 MiB`);
      text = readFileSync(this.vmxPath, 'utf8');
    } catch (cause) {
      if (cause instanceof HostError) throw cause;
      throw failed('read', 'VM', this.vmxPath, cause);
    }
    const vmx = Vmx.parse(text);
    if (vmx instanceof Vmx) return vmx;
    throw this.#bad(`line ${vmx.line}`, `"${vmx.text}" is not key = "value"`);
  }

  #bad(key: string, reason: string): HostError {
    return new HostError('vm-settings', { path: this.vmxPath, key, reason });
  }
}

/**
 * Makes a file that is there whole, or not at all; it is open still.
 * @param isInNew - its folder has just been made: nobody knows of it before its VM is noted, so it needs no other name before
 * @throws HostError `file-io`
 */
function makeFile(path: string, text: string, isInNew: boolean): number {
  const first = isInNew ? path : `${path}~`;
  try {
    const fd = openSync(first, isInNew ? 'wx' : 'w', 0o600);
    try {
      writeSync(fd, text);
      if (!isInNew) renameSync(first, path);
    } catch (error) {
      closeSync(fd);
      throw error;
    }
    return fd;
  } catch (cause) {
    if (!isInNew) rmSync(first, { force: true });
    throw failed('write', 'file', path, cause);
  }
}

/** The file and its name, at once: a file system that writes both down together does it in one go. Closes the file. */
async function onDisk(fd: number, path: string): Promise<void> {
  try {
    const folder = openSync(dirname(path), 'r');
    try {
      const synced = await Promise.allSettled([fsyncLater(fd), fsyncLater(folder)]);
      for (const each of synced) if (each.status === 'rejected') throw each.reason;
    } finally {
      closeSync(folder);
    }
  } catch (cause) {
    throw failed('write', 'file', path, cause);
  } finally {
    closeSync(fd);
  }
}

const fsyncLater = promisify(fsync);
const unlinkLater = promisify(unlink);
const rmdirLater = promisify(rmdir);

function failed(action: string, what: string, path: string, cause: unknown): HostError {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === 'ENOENT') return new HostError('file-missing', { what, path }, { cause });
  return new HostError('file-io', { action, what, path, reason: message }, { cause });
}
