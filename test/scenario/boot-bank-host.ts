// The part of a host that the boot banks belong to: booted from a home, with what it has found there.
import { HostFiles } from '#kernel';
import { ManualClock } from '#lib';
import {
  type BankDisk,
  baseDescriptor,
  chooseBank,
  confirmBoot,
  firstImage,
  makeRoot,
  PACKAGE_BASE_FILES,
  PackageManager,
  StateKeeper,
} from '#system';

/** The files that a test writes together: a mixture of old and new ones would show. */
export const NAMES = ['a', 'b', 'c'];

export function bootHost(disk: BankDisk, folder: string) {
  const home = { disk, folder };
  const now = () => new Date(0);
  const { bank: chosen, notes } = chooseBank(home, firstImage('1.0', now()));
  const root = makeRoot(chosen, { clock: new ManualClock(1n), baseFiles: [...PACKAGE_BASE_FILES] });
  const bank = confirmBoot(home, chosen);
  const files = new HostFiles(root.vfs.view());
  const keeper = new StateKeeper({ home, bank, root, repeat: () => () => {}, report: () => {} });
  const packages = new PackageManager({
    ...{ home, bank, root, files, now },
    base: baseDescriptor('1.0'),
    inMaintenanceMode: () => false,
    onLiveChange: () => {},
    report: () => {},
  });
  const [installed] = packages.image.packages;
  return {
    ...{ bank, files, keeper, packages, notes },
    state: NAMES.map((name) => files.readTextIfThere(`/etc/${name}`) ?? '').join(),
    version: installed?.vib.descriptor.version ?? '',
    file: files.readTextIfThere('/opt/tool/version') ?? '',
  };
}
