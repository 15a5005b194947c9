/** For tests: folders that go away, VMs to pack, and disks as other programs pack them. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { SeededRandom } from '#lib';
import { Chain, copyDisk, createDisk, openSource } from '#storage';
import { Vmx } from '#vmm';

const root = mkdtempSync(join(tmpdir(), 'vmkernel-ovf-test-'));
after(() => rmSync(root, { recursive: true, force: true }));
export const scratch = () => mkdtempSync(join(root, 'x'));
export const quiet = { progress: () => {}, stop: new AbortController().signal };
export const NOW_MS = 1_700_000_000_000;
export const DISK_BYTES = 3 * 2 ** 20 + 512 * 7;

/** A disk with some bytes on it, and those. */
function makeDisk(path: string, seed: number, sizeBytes = DISK_BYTES): Uint8Array {
  const random = new SeededRandom(seed);
  const content = new Uint8Array(sizeBytes);
  createDisk({ path, sizeBytes, format: 'thin' });
  const chain = Chain.open(path, { use: 'write' });
  for (let i = 0; i < 20; i++) {
    const bytes = new Uint8Array(512 * (1 + random.below(40)));
    random.fill(bytes);
    const at = 512 * random.below((sizeBytes - bytes.length) / 512);
    chain.write([bytes], at);
    content.set(bytes, at);
  }
  chain.flush();
  chain.close();
  return content;
}

export function contentOf(path: string): Uint8Array {
  const source = openSource(path);
  const bytes = new Uint8Array(source.sizeBytes);
  source.read([bytes], 0);
  source.close();
  return bytes;
}

export function makeVm() {
  const folder = scratch();
  const contents = ['web.vmdk', 'web_1.vmdk'].map((name, i) => makeDisk(join(folder, name), i));
  writeFileSync(join(folder, 'u-boot.bin'), 'firmware');
  const vmx = Vmx.of([
    ['displayName', 'web'],
    ['annotation', 'two lines\n<&"of text">'],
    ['guestOS', 'debian13-64'],
    ['memSize', '1024'],
    ['numvcpus', '4'],
    ['sched.cpu.shares', 'high'],
    ['sched.mem.min', '256'],
    ['sched.mem.shares', 'HIGH'],
    ['sched.mem.max', 'unlimited'],
    ['scsi0.present', 'TRUE'],
    ['scsi0.virtualDev', 'pvscsi'],
    ['scsi0:0.fileName', 'web.vmdk'],
    ['scsi0:3.present', 'TRUE'],
    ['scsi0:3.fileName', 'web_1.vmdk'],
    ['ide1:0.present', 'TRUE'],
    ['ide1:0.deviceType', 'atapi-cdrom'],
    ['ethernet0.present', 'TRUE'],
    ['ethernet0.networkName', 'Büro & Co'],
    ['ethernet0.virtualDev', 'e1000e'],
    ['riscv.firmware', 'u-boot.bin'],
    ['riscv.append', 'a="b" c\td'],
    ['guestinfo.role', 'front|end'],
    ['uuid.bios', '56 4d 00 00 00 00 00 00-00 00 00 00 00 00 00 01'],
    ['firmware', 'efi'],
  ]);
  return { folder, vmx, contents, resolve: (name: string) => join(folder, name) };
}

/** What other programs make: a disk of theirs in a package of one disk. */
export async function strangers(format: 'streamOptimized' | 'monolithicSparse' | 'raw') {
  const folder = scratch();
  const content = makeDisk(join(folder, 'a.vmdk'), 5);
  const image = join(folder, format === 'raw' ? 'b.img' : 'b.vmdk');
  await copyDisk({ from: join(folder, 'a.vmdk'), to: image, format });
  return { content, image: readFileSync(image) };
}

export const FILE = (href: string, size: number | string, more = '') =>
  `<File ovf:href="${href}" ovf:id="f1" ovf:size="${size}" ${more}/>`;
export const DISK = (more = '', capacity: number | string = DISK_BYTES) =>
  `<Disk ovf:capacity="${capacity}" ovf:diskId="d1" ovf:fileRef="f1" ${more}/>`;
