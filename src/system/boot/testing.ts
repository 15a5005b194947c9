/** For tests: a disk in memory that can end in the middle of things, hosts that boot from it, and packages. */
import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { HostFiles } from '#kernel';
import { ManualClock, type TarEntry } from '#lib';
import { baseDescriptor, firstImage } from '../packages/base-package.ts';
import type { Descriptor } from '../packages/descriptor.ts';
import { PACKAGE_BASE_FILES, PackageManager } from '../packages/package-manager.ts';
import { TRUSTED_KEYS_PATH, trustedKeyLine } from '../packages/signature.ts';
import { buildVib } from '../packages/vib.ts';
import type { BankDisk } from './bank-disk.ts';
import { chooseBank, confirmBoot } from './banks.ts';
import { makeRoot } from './booted-host.ts';
import { StateKeeper } from './state-keeper.ts';

/** What a `memoryDisk` throws when its power is gone. */
export class PowerCut extends Error {}

export interface MemoryDisk extends BankDisk {
  readonly files: Map<string, Uint8Array>;
  /** Steps that are left until the power is cut. */
  stepsLeft: number;
}

export function memoryDisk(): MemoryDisk {
  const files = new Map<string, Uint8Array>();
  const step = () => {
    disk.stepsLeft--;
    if (disk.stepsLeft < 0) throw new PowerCut('the power is gone');
  };
  const disk: MemoryDisk = {
    files,
    stepsLeft: Number.POSITIVE_INFINITY,
    read: (path) => files.get(path),
    list: (folder) =>
      [...files.keys()]
        .filter((path) => path.startsWith(`${folder}/`))
        .map((path) => path.slice(folder.length + 1)),
    makeFolder: step,
    replace(path, bytes) {
      step();
      const staged = path.replace(/[^/]*$/, (name) => `.staged-${name}`);
      files.set(staged, bytes.slice(0, bytes.length / 2));
      step();
      files.delete(staged);
      files.set(path, bytes.slice());
    },
    remove(path) {
      step();
      files.delete(path);
    },
    openLog(path, bytes) {
      step();
      files.set(path, bytes.slice());
      const append = (added: Uint8Array) => {
        const whole = Buffer.concat([files.get(path) ?? new Uint8Array(), added]);
        step();
        files.set(path, whole.subarray(0, whole.length - Math.ceil(added.length / 2)));
        step();
        files.set(path, whole);
      };
      return { append, sync: () => Promise.resolve(), close: () => {} };
    },
    mark: (path) =>
      files.get(path) &&
      createHash('sha256')
        .update(files.get(path) as Uint8Array)
        .digest('hex'),
  };
  return disk;
}

/** A host that boots from a disk, as far as files and packages go. */
export function bootFrom(disk: BankDisk, folder = '/home') {
  const home = { disk, folder };
  const clock = new ManualClock(1_700_000_000_000_000_000n);
  const now = () => new Date(1_700_000_000_000);
  const { bank: chosen, notes } = chooseBank(home, firstImage('1.0', now()));
  const root = makeRoot(chosen, {
    clock,
    baseFiles: [...PACKAGE_BASE_FILES, { path: '/etc/motd', mode: 0o644, text: 'welcome\n' }],
  });
  const bank = confirmBoot(home, chosen);
  const files = new HostFiles(root.vfs.view());
  const log: string[] = [];
  const keeper = new StateKeeper({
    home,
    bank,
    root,
    repeat: () => () => {},
    report: (line) => log.push(line),
  });
  const packages = new PackageManager({
    ...{ home, bank, root, files, now },
    base: baseDescriptor('1.0'),
    inMaintenanceMode: () => false,
    onLiveChange: () => log.push('live change'),
    report: (line) => log.push(line),
  });
  return { home, chosen, bank, notes, root, files, view: root.vfs.view(), keeper, packages, log, clock };
}

export function makeKey(): KeyObject {
  return generateKeyPairSync('ed25519').privateKey;
}

/** Lets a host trust a key. */
export function trust(files: HostFiles, key: KeyObject, level = 'PartnerSupported' as const): void {
  files.append(TRUSTED_KEYS_PATH, trustedKeyLine(key, level, 'a partner'));
}

/** A package with one file, `/opt/NAME/version`, and what `files` says. */
export function makeVib(
  name: string,
  version: string,
  key?: KeyObject,
  more: Partial<Descriptor> = {},
  files: Readonly<Record<string, string>> = {},
): Uint8Array {
  const all = { [`opt/${name}/version`]: version, ...files };
  const entries = Object.entries(all).map(
    ([path, text]): TarEntry => ({
      ...{ kind: 'file', path, mode: 0o644, uid: 0, gid: 0, mtimeSeconds: 0 },
      data: new TextEncoder().encode(text),
    }),
  );
  const descriptor: Descriptor = {
    ...baseDescriptor(version),
    ...{ name, vendor: 'Partner', acceptance: 'PartnerSupported', liveInstall: true, liveRemove: true },
    ...more,
  };
  const vib = buildVib({ descriptor, payloadName: 'files', entries, ...(key === undefined ? {} : { key }) });
  if (typeof vib === 'string') throw new Error(vib);
  return vib;
}
