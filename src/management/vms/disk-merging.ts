/** Merging delta disks of a VM that no snapshot and no copy needs any more, also while it runs. */
import type { VmDisk } from '#vmm';
import type { RunningVm } from './runner.ts';
import type { Snapshots } from './snapshots.ts';
import type { FrozenDisk, VmDisks } from './vm-disks.ts';

/** What of a VM it needs. */
export interface MergedVm {
  readonly disks: VmDisks;
  readonly snapshots: Snapshots;
  running(): RunningVm | undefined;
  /** The disks of its settings. */
  attached(): readonly VmDisk[];
  replaceDisk(disk: VmDisk): void;
  whilePaused<T>(action: () => Promise<T>): Promise<T>;
  report(line: string): void;
}

export class DiskMerging {
  readonly #vm: MergedVm;

  constructor(vm: MergedVm) {
    this.#vm = vm;
  }

  /** A frozen disk that no snapshot needs takes in the one that is built on it, unless others build on it too. */
  async forget({ unit, fileName }: FrozenDisk): Promise<void> {
    const current = this.#at(unit)?.fileName;
    const known = this.#vm.snapshots.frozenNames;
    if (current === undefined || current === fileName || known.has(fileName)) return;
    if (!this.#vm.disks.isFree(fileName)) return;
    const files = [
      ...new Set([
        ...this.#vm.disks.chainOf(current),
        ...[...known].flatMap((name) => this.#vm.disks.chainOf(name)),
      ]),
    ];
    const builtOn = (parent: string) => files.filter((name) => this.#vm.disks.parentOf(name) === parent);
    const [child, ...others] = builtOn(fileName);
    if (child === undefined) {
      if (this.#vm.disks.parentOf(fileName) !== undefined) this.#vm.disks.remove(fileName);
      return;
    }
    const [heir, ...others2] = builtOn(child);
    if (others.length > 0 || others2.length > 0 || !this.#vm.disks.isFree(child)) return;
    await this.#merge(unit, { child, into: fileName, heir: heir ?? child });
  }

  #at(unit: number): VmDisk | undefined {
    return this.#vm.attached().find((disk) => disk.unit === unit);
  }

  async #merge(
    unit: number,
    { child, into, heir }: { readonly child: string; readonly into: string; readonly heir: string },
  ): Promise<void> {
    const running = this.#vm.running();
    const { fileName: current } = this.#at(unit) as VmDisk;
    const copied = () => {
      this.#vm.snapshots.renameDisk(child, into);
      const disk = this.#at(unit);
      if (disk?.fileName === child) this.#vm.replaceDisk({ ...disk, fileName: into });
    };
    if (running === undefined || !this.#vm.disks.chainOf(current).includes(child)) {
      this.#vm.disks.mergeOffline(heir, child, copied);
    } else if (child !== current) {
      await this.#vm.disks.mergeBelow(unit, child, running, copied);
    } else {
      await this.#mergeWritten(unit, child, into, running);
    }
    this.#vm.report(`disk "${child}" was merged into "${into}"`);
  }

  /** A small delta takes the writes meanwhile; only to merge that one the machine is paused. */
  async #mergeWritten(unit: number, child: string, into: string, running: RunningVm): Promise<void> {
    await this.#vm.whilePaused(async () => {
      this.#vm.replaceDisk(await this.#vm.disks.freeze(this.#at(unit) as VmDisk, running));
    });
    await this.#vm.disks.mergeBelow(unit, child, running, () => this.#vm.snapshots.renameDisk(child, into));
    await this.#vm.whilePaused(async () => {
      const disk = this.#at(unit) as VmDisk;
      await this.#vm.disks.mergeTop(unit, running, () => this.#vm.replaceDisk({ ...disk, fileName: into }));
    });
  }
}
