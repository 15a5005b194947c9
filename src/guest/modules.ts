/** The kernel modules of the default guest: which ones, what they need, and the index files modprobe looks in. */
import { basename } from 'node:path';

/** A module that the guest shall have. */
interface WantedModule {
  readonly name: string;
  readonly why: string;
  /** Large ones that are rarely needed stay as the package has them and are unpacked when loaded. */
  readonly compressed: boolean;
}

// biome-ignore format: a table reads in columns
export const GUEST_MODULES: readonly WantedModule[] = [
  { name: 'virtio_blk',      compressed: false, why: 'disks' },
  { name: 'virtio_rng',      compressed: false, why: 'entropy' },
  { name: 'virtio_balloon',  compressed: false, why: 'memory that the host asks back' },
  { name: 'virtio_input',    compressed: true,  why: 'the power button' },
  { name: 'evdev',           compressed: true,  why: 'how programs read what is pressed' },
  { name: 'virtio_net',      compressed: true,  why: 'network cards' },
  { name: 'virtio_scsi',     compressed: true,  why: 'disks and CDs of SCSI controllers' },
  { name: 'sd_mod',          compressed: true,  why: 'disks on them' },
  { name: 'sr_mod',          compressed: true,  why: 'CDs on them' },
  { name: 'isofs',           compressed: true,  why: 'file systems on CDs' },
  { name: 'ext4',            compressed: true,  why: 'file systems on disks, also ext2 and ext3' },
  { name: 'crc32c_generic',  compressed: true,  why: 'checksums of ext4, which asks for them by an alias' },
  { name: 'vfat',            compressed: true,  why: 'file systems on disks from elsewhere' },
  { name: 'nls_cp437',       compressed: true,  why: 'names on vfat, which asks for them by an alias' },
  { name: 'nls_ascii',       compressed: true,  why: 'names on vfat, which asks for them by an alias' },
];

/** A module as the guest gets it. */
export interface Module {
  /** As the kernel calls it: underscores, no dashes. */
  readonly name: string;
  /** Below /lib/modules/VERSION: `kernel/fs/ext4/ext4.ko.xz`. */
  readonly path: string;
  readonly data: Uint8Array;
  readonly info: ModuleInfo;
}

/** What a module says of itself. */
export interface ModuleInfo {
  readonly depends: readonly string[];
  /** Patterns of devices and names it answers to. */
  readonly aliases: readonly string[];
}

/** A file name as the kernel's name of the module: `kernel/a/virtio-rng.ko.xz` is `virtio_rng`. */
export function moduleName(path: string): string {
  return basename(path)
    .replace(/\.ko(?:\.xz)?$/, '')
    .replaceAll('-', '_');
}

/** Reads a module's own description: `name=value` strings of its .modinfo section. */
export function moduleInfo(object: Uint8Array): ModuleInfo {
  const values = (name: string) => stringsAfter(object, `\0${name}=`);
  const depends = values('depends')
    .flatMap((list) => list.split(','))
    .filter((name) => name !== '');
  return { depends: depends.map((name) => name.replaceAll('-', '_')), aliases: values('alias') };
}

/** modules.dep: each module and what it needs, all of it, what comes first last. Source: modules.dep(5). */
export function dependencyIndex(modules: readonly Module[]): string {
  const byName = new Map(modules.map((module) => [module.name, module]));
  const needs = (module: Module): Module[] =>
    module.info.depends.flatMap((name) => {
      const needed = byName.get(name);
      return needed === undefined ? [] : [needed, ...needs(needed)];
    });
  return modules.map((module) => `${module.path}:${pathsOf(needs(module))}\n`).join('');
}

/** modules.alias: which module answers to which device or name. */
export function aliasIndex(modules: readonly Module[]): string {
  return modules
    .flatMap(({ name, info }) => info.aliases.map((alias) => `alias ${alias} ${name}\n`))
    .join('');
}

function pathsOf(modules: readonly Module[]): string {
  return [...new Set(modules.map(({ path }) => path))].map((path) => ` ${path}`).join('');
}

function stringsAfter(bytes: Uint8Array, mark: string): string[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const found = [];
  for (let at = buffer.indexOf(mark); at >= 0; at = buffer.indexOf(mark, at + 1)) {
    const start = at + mark.length;
    found.push(buffer.toString('latin1', start, buffer.indexOf(0, start)));
  }
  return found;
}
