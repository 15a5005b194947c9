/** Takes files out of Debian packages, and unpacks .xz, with the machine's own dpkg-deb. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { concatBytes } from '#lib';
import { streamProgram } from './process.ts';
import { readTar, type TarFile } from './tar.ts';

const encoder = new TextEncoder();

/** The regular files of a package that `wanted` says yes to. Throws HostError. */
export async function readDeb(path: string, wanted: (path: string) => boolean): Promise<TarFile[]> {
  return Array.fromAsync(readTar(streamProgram('dpkg-deb', ['--fsys-tarfile', path]), wanted));
}

/**
 * The content of a .xz file. Throws HostError.
 *
 * Every machine with apt has dpkg-deb, but not every one has xz: so the file is handed to dpkg-deb as the data member
 * of a package, which it unpacks without asking what is in it.
 *
 * @param folder - where the package may be written for the moment.
 */
export async function unpackXz(compressed: Uint8Array, folder: string): Promise<Uint8Array> {
  const path = join(folder, 'xz.deb');
  await writeFile(path, writeDeb(compressed));
  return concatBytes(await Array.fromAsync(streamProgram('dpkg-deb', ['--fsys-tarfile', path])));
}

/** A package whose data member is `data`: an ar archive of three members. Source: deb(5). */
function writeDeb(data: Uint8Array): Uint8Array {
  return concatBytes([
    encoder.encode('!<arch>\n'),
    arMember('debian-binary', encoder.encode('2.0\n')),
    arMember('control.tar', new Uint8Array(1024)),
    arMember('data.tar.xz', data),
  ]);
}

function arMember(name: string, data: Uint8Array): Uint8Array {
  // Name, time, owner, group, mode, size, end mark.
  const fields = [name.padEnd(16), '0'.padEnd(12), '0'.padEnd(6), '0'.padEnd(6), '100644'.padEnd(8)];
  const header = `${fields.join('')}${String(data.length).padEnd(10)}\`\n`;
  return concatBytes([encoder.encode(header), data, encoder.encode(data.length % 2 === 0 ? '' : '\n')]);
}
