/** What a Debian system on a disk is made of, laid out in a folder: an empty disk, an archive of its files, a script. */
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HostError } from '#lib';
import { readDeb } from '../deb.ts';
import { type Run, runProgram } from '../process.ts';
import type { Report } from '../report.ts';
import { makeDiskImage } from './disk-image.ts';
import { fetchSystem, TRIXIE } from './packages.ts';
import { rootFile, writeRootArchive } from './root-archive.ts';

export interface SystemWishes {
  readonly hostname: string;
  /** Of root. */
  readonly password: string;
  readonly sizeBytes: number;
  /** Packages beside those that every system has. */
  readonly packages: readonly string[];
}

/** All of it lies in the folder that was given. */
export interface PreparedSystem {
  /** A raw image with an empty file system. */
  readonly diskPath: string;
  /** The files for it: the second disk of the machine that installs. */
  readonly archivePath: string;
  /** U-Boot, which boots the disk. */
  readonly firmwarePath: string;
  /** Installs it, in the default guest. */
  readonly script: string;
  /** How many packages that are. */
  readonly packages: number;
}

/** What the script says last when all went well. */
export const INSTALLED = 'vmk: the system is installed';
/** Memory that the machine needs which installs: it makes the new system's initramfs in memory. */
export const INSTALL_MEMORY_BYTES = 2 ** 30;

const LABEL = 'root';
const FIRMWARE = /^usr\/lib\/u-boot\/qemu-riscv64_smode\/u-boot\.bin$/;
const SECTOR_BYTES = 512;

/** The disk of a machine may be larger than that of its template. */
const GROW_SERVICE = `[Unit]
Description=Root file system takes the whole disk
DefaultDependencies=no
After=systemd-remount-fs.service
Before=local-fs.target

[Service]
Type=oneshot
ExecStart=/usr/local/sbin/vmk-grow

[Install]
WantedBy=local-fs.target
`;

const sourceText = (name: string) => readFileSync(join(import.meta.dirname, name), 'utf8');

/** Fetches the packages and lays everything out in `folder`. Root is not needed. @throws HostError */
export async function prepareSystem(
  folder: string,
  wishes: SystemWishes,
  report: Report,
  run: Run = runProgram,
): Promise<PreparedSystem> {
  const [diskPath, archivePath] = [join(folder, 'disk.img'), join(folder, 'files.tar')];
  const firmwarePath = join(folder, 'u-boot.bin');
  let packages = 0;
  const fetched = await mkdtemp(join(tmpdir(), 'vmkernel-template-'));
  try {
    // apt does its downloading as the user _apt, who must get in.
    await chmod(fetched, 0o755);
    const { debs, mirror } = await fetchSystem(fetched, wishes.packages, run, report);
    await writeFile(firmwarePath, await firmwareOf(debs));
    const installed = debs.filter((deb) => !isFirmware(deb));
    packages = installed.length;
    await writeRootArchive(archivePath, installed, ownFiles(wishes, mirror), run, report);
    await makeDiskImage(diskPath, wishes.sizeBytes, LABEL, run);
  } finally {
    await rm(fetched, { recursive: true, force: true });
  }
  // A disk has whole sectors.
  await padded(archivePath);
  return { diskPath, archivePath, firmwarePath, script: sourceText('install.sh'), packages };
}

const isFirmware = (deb: string) => deb.includes('/u-boot-qemu_');

async function firmwareOf(debs: readonly string[]): Promise<Uint8Array> {
  const deb = debs.find(isFirmware);
  const [firmware] = deb === undefined ? [] : await readDeb(deb, (path) => FIRMWARE.test(path));
  if (firmware) return firmware.data;
  throw new HostError('guest-unavailable', { reason: 'there is no U-Boot for it among the packages' });
}

async function padded(path: string): Promise<void> {
  const { size } = await stat(path);
  await truncate(path, Math.ceil(size / SECTOR_BYTES) * SECTOR_BYTES);
}

// biome-ignore format: a table reads in columns
function ownFiles({ hostname, password }: SystemWishes, mirror: string) {
  const quoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`;
  return [
    rootFile('setup.sh', sourceText('setup.sh')),
    rootFile('etc/vmk-setup', `vmk_name=${quoted(hostname)}\nvmk_password=${quoted(password)}\n`, 0o600),
    rootFile('etc/fstab', `LABEL=${LABEL} / ext4 errors=remount-ro 0 1\n`),
    rootFile('etc/apt/sources.list', `deb ${mirror} ${TRIXIE.suite} ${TRIXIE.component}\n`),
    rootFile('etc/network/interfaces', 'auto lo\niface lo inet loopback\n\nallow-hotplug eth0\niface eth0 inet dhcp\n'),
    // Its initramfs is made in an emulated machine: only what this board's disks need is in it.
    rootFile('etc/initramfs-tools/conf.d/vmk', 'MODULES=list\nCOMPRESS=zstd\nCOMPRESSLEVEL=1\n'),
    rootFile('etc/initramfs-tools/modules', ['virtio_pci', 'virtio_blk', 'virtio_scsi', 'sd_mod', 'ext4', ''].join('\n')),
    // On a host with much to do everything takes longer; nothing is wrong then.
    rootFile('etc/systemd/system.conf.d/vmk.conf', '[Manager]\nDefaultTimeoutStartSec=15min\nDefaultDeviceTimeoutSec=15min\n'),
    rootFile('usr/local/sbin/vmk-grow', sourceText('grow.sh'), 0o755),
    rootFile('etc/systemd/system/vmk-grow.service', GROW_SERVICE),
    // The board has its own device tree.
    rootFile('etc/default/u-boot', `U_BOOT_ROOT="root=LABEL=${LABEL}"\nU_BOOT_PARAMETERS="ro quiet console=ttyS0 net.ifnames=0"\nU_BOOT_TIMEOUT="1"\nU_BOOT_FDT_DIR="/none/"\n`),
  ];
}
