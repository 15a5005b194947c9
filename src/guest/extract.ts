/** Takes out of the guest's packages what the guest needs: kernel, busybox, and modules with what those need. */
import { basename } from 'node:path';
import { HostError } from '#lib';
import { readDeb, unpackXz } from './deb.ts';
import { GUEST_MODULES, type Module, moduleInfo, moduleName } from './modules.ts';

/** What of the packages ends up in the guest. */
export interface GuestParts {
  /** An uncompressed RISC-V Image. */
  readonly kernel: Uint8Array;
  /** As `uname -r` says it: the folder below /lib/modules. */
  readonly kernelRelease: string;
  readonly modules: readonly Module[];
  /** A statically linked riscv64 busybox. */
  readonly busybox: Uint8Array;
}

const KERNEL = /^boot\/vmlinu[xz]-(.+)$/;
const MODULE = /^(?:usr\/)?lib\/modules\/[^/]+\/(kernel\/.+\.ko\.xz)$/;
const BUSYBOX = /^(?:usr\/)?bin\/busybox$/;

/**
 * Reads both packages. Throws HostError `guest-unavailable` when something is not in them.
 *
 * @param folder - where files may be written for the moment.
 */
export async function extractGuest(
  kernelDeb: string,
  busyboxDeb: string,
  folder: string,
): Promise<GuestParts> {
  const [busybox] = await readDeb(busyboxDeb, (path) => BUSYBOX.test(path));
  const files = await readDeb(kernelDeb, (path) => KERNEL.test(path) || MODULE.test(path));
  const kernel = files.find(({ path }) => KERNEL.test(path));
  if (kernel === undefined) throw lacking(kernelDeb, 'a kernel');
  if (busybox === undefined) throw lacking(busyboxDeb, 'busybox');
  const packed = new Map(files.map((file) => [moduleName(file.path), file]));
  const modules = new Map<string, Module>();

  /** Takes a module and what it needs; what is needed is packed like who needs it. */
  async function take(name: string, compressed: boolean): Promise<void> {
    if (modules.has(name)) return;
    const file = packed.get(name);
    if (file === undefined) throw lacking(kernelDeb, `module ${name}`);
    const object = await unpackXz(file.data, folder);
    const module = toModule(file.path, file.data, object, compressed);
    modules.set(name, module);
    for (const needed of module.info.depends) await take(needed, compressed);
  }

  for (const { name, compressed } of GUEST_MODULES) await take(name, compressed);
  return {
    kernel: kernel.data,
    kernelRelease: KERNEL.exec(kernel.path)?.[1] ?? '',
    modules: [...modules.values()],
    busybox: busybox.data,
  };
}

function toModule(packagePath: string, packed: Uint8Array, object: Uint8Array, compressed: boolean): Module {
  const path = MODULE.exec(packagePath)?.[1] ?? packagePath;
  return {
    name: moduleName(path),
    path: compressed ? path : path.replace(/\.xz$/, ''),
    data: compressed ? packed : object,
    info: moduleInfo(object),
  };
}

function lacking(deb: string, what: string): HostError {
  return new HostError('guest-unavailable', { reason: `package ${basename(deb)} does not hold ${what}` });
}
