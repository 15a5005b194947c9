/** What the commands on the file system in memory and on packages need of the host. */
import type { LayerStack, RamdiskStatus, Ramdisks } from '#kernel';
import type { AcceptanceLevel, Image, Installed, InstallOptions, InstallResult } from '#system';

/** Ramdisks as they are listed, made and taken away. */
export interface RamdisksPort {
  list(): readonly RamdiskStatus[];
  /** What went wrong, for people; undefined when it went well. */
  add(ramdisk: NewRamdisk): string | undefined;
  remove(mountPoint: string): string | undefined;
  /** The read-only layers: the name of each, and the bytes of its files. */
  tardisks(): readonly { readonly name: string; readonly sizeBytes: number }[];
}

export interface NewRamdisk {
  readonly name: string;
  readonly mountPoint: string;
  readonly reservedKib: number;
  readonly maximumKib: number;
  readonly mode: number;
}

/** The packages of the host. What it throws is a HostError, which says what is wrong. */
export interface SoftwarePort {
  readonly image: Image;
  readonly rebootImage: Image | undefined;
  /** The program itself among the packages. */
  readonly base: Installed['vib']['descriptor'];
  acceptanceLevel: AcceptanceLevel;
  install(paths: readonly string[], kind: 'install' | 'update', options: InstallOptions): InstallResult;
  remove(names: readonly string[], options: InstallOptions): InstallResult;
  installProfile(
    path: string,
    profile: string,
    kind: 'replace' | 'update' | 'install',
    options: InstallOptions,
  ): InstallResult;
  /** Whose signature each package has, or why it has none that counts. */
  signatures(): readonly { readonly installed: Installed; readonly result: string }[];
}

const OWN_RAMDISK_INODES = 8192;

/** The part for ramdisks, from the host's own. */
export function ramdisksPort(ramdisks: Ramdisks, layers: LayerStack): RamdisksPort {
  return {
    list: () => ramdisks.list(),
    add({ name, mountPoint, reservedKib, maximumKib, mode }) {
      if (ramdisks.all.some(({ row }) => row.name === name)) return `There is a ramdisk '${name}' already.`;
      const made = ramdisks.add({
        ...{ name, mountPoint, reservedKib, maximumKib, mode, marks: false },
        ...{ system: false, inCoredumps: false, maximumInodes: OWN_RAMDISK_INODES },
      });
      return 'text' in made ? `Cannot add ramdisk '${name}' at ${mountPoint}: ${made.text}` : undefined;
    },
    remove(mountPoint) {
      const found = ramdisks.all.find(({ row }) => row.mountPoint === mountPoint);
      if (found === undefined) return `There is no ramdisk at ${mountPoint}.`;
      if (found.row.system) return `Ramdisk '${found.row.name}' belongs to the system.`;
      const refused = ramdisks.remove(found);
      return refused && `Cannot remove ramdisk '${found.row.name}': ${refused.text}`;
    },
    tardisks: () =>
      layers.layers.map(({ name, entries }) => ({
        name,
        sizeBytes: entries.reduce((sum, entry) => sum + (entry.kind === 'file' ? entry.data.length : 0), 0),
      })),
  };
}
