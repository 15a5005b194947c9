/** Files that a VM names outside of the datastores: those that the host's owner gave it, and no others, whatever its .vmx says. */
import { normalize, relative } from 'node:path';
import { HostError } from '#lib';
import { isCd, type Vmx } from '#vmm';
import type { VmFolder } from './vm-folder.ts';

/** Keys of a .vmx that name files which are opened. */
export const FILE_KEYS =
  /^(?:(?:scsi|sata|nvme|ide)\d+:\d+|floppy\d+|serial\d+)\.fileName$|^riscv\.(?:kernel|firmware|initrd)$/i;

/** The files that a .vmx names, with their keys; a client's own drive, a pipe, a URI are none. */
export function filesIn(vmx: Vmx): { readonly key: string; readonly name: string }[] {
  return [...vmx.entries()].flatMap(([key, value]) => {
    if (!FILE_KEYS.test(key) || value === '') return [];
    const stem = key.replace(/\.fileName$/i, '');
    if (/^serial/i.test(stem)) return [];
    if (isCd(vmx, stem) && !/image/i.test(vmx.get(`${stem}.deviceType`) ?? '')) return [];
    return value.split('|').map((name) => ({ key, name }));
  });
}

export class OutsideFiles {
  /** Undefined: nothing is outside. */
  readonly #volumes: string | undefined;
  readonly #changed: () => void;
  #given: readonly string[];

  constructor(volumes: string | undefined, given: readonly string[], changed: () => void) {
    this.#volumes = volumes;
    this.#given = given;
    this.#changed = changed;
  }

  /** Paths on the machine. */
  get given(): readonly string[] {
    return this.#given;
  }

  /** Who files of a datastore can be changed by has no business with others. @throws HostError `vm-settings` */
  require(vmx: Vmx, folder: VmFolder): void {
    for (const { key, name, path } of this.#outside(vmx, folder)) {
      if (this.#given.includes(path)) continue;
      const reason = `"${name}" is on no datastore, and the owner of the host has not given it to this VM`;
      throw new HostError('vm-settings', { path: folder.vmxPath, key, reason });
    }
  }

  /** The host's owner has named what is in it now. */
  give(vmx: Vmx, folder: VmFolder): void {
    const paths = this.#outside(vmx, folder).map(({ path }) => path);
    const given = [...new Set([...this.#given, ...paths])];
    if (given.length === this.#given.length) return;
    this.#given = given;
    this.#changed();
  }

  #outside(vmx: Vmx, folder: VmFolder) {
    const volumes = this.#volumes;
    if (volumes === undefined) return [];
    return filesIn(vmx)
      .map((file) => ({ ...file, path: normalize(folder.resolve(file.name)) }))
      .filter(({ path }) => {
        const inside = relative(volumes, path);
        return inside === '' || inside === '..' || inside.startsWith('../');
      });
  }
}
