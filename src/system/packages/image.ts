/** Image profiles: the packages that make a host, and how a bank keeps them. Source: ESXi's image database, /var/db/esximg. */

import { gunzipSync, gzipSync } from 'node:zlib';
import type { Layer } from '#kernel';
import { HostError, readTarEntries, type TarEntry, writeTarEntries } from '#lib';
import { isPackageName } from './descriptor.ts';
import { assembleVib, sha256, type Vib } from './vib.ts';
import { childOf, formatXml, parseXml, type XmlElement, XmlProblem, xml } from './xml.ts';

/** A package of an image. */
export interface Installed {
  readonly vib: Vib;
  /** ISO 8601. */
  readonly installDate: string;
  /** Who signed it, as it was found when it was installed; empty without check. */
  readonly signer: string;
}

export interface Image {
  readonly name: string;
  readonly vendor: string;
  /** ISO 8601. */
  readonly created: string;
  /** From the lowest layer to the highest. */
  readonly packages: readonly Installed[];
}

/** A file of a bank. */
export interface BankFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const FOLDER = 'var/db/esximg';
const MAX_DATABASE_BYTES = 2 ** 26;

/** The name that a package has everywhere: vendor, name and version. */
export function vibId({ descriptor: { vendor, name, version } }: Vib): string {
  return `${vendor.replace(/[^\w.-]/g, '-')}_bootbank_${name}_${version}`;
}

/** The layers of an image, from the lowest to the highest. */
export function layersOf({ packages }: Image): readonly Layer[] {
  return packages.flatMap(({ vib }) => vib.payloads.map(({ layer }) => layer));
}

/** An image as files of a bank, named by what is in them: another image's files are never overwritten. */
export function imageFiles(image: Image): {
  readonly payloads: readonly BankFile[];
  readonly database: BankFile;
} {
  const payloads = image.packages.flatMap(({ vib }) =>
    vib.payloads.map(({ info, bytes }) => ({ name: payloadFile(vib.descriptor.name, info.sha256), bytes })),
  );
  const bytes = gzipSync(writeTarEntries(databaseEntries(image)));
  return { payloads, database: { name: `imgdb-${sha256(bytes).slice(0, 8)}.tgz`, bytes } };
}

/** The layer that shows the image database in the root file system. */
export function databaseLayer(image: Image): Layer {
  return {
    name: 'imgdb',
    entries: databaseEntries(image).map(({ path, data, mode, mtimeSeconds }) => ({
      ...{ kind: 'file', path: `/${path}`, mode, uid: 0, gid: 0, mtimeSeconds },
      data: data ?? new Uint8Array(),
    })),
  };
}

/** Reads an image from a bank's files. Throws HostError `boot-bank`-worthy reasons as texts. */
export function readImage(
  database: Uint8Array,
  read: (name: string) => Uint8Array | undefined,
): Image | string {
  let entries: readonly TarEntry[];
  try {
    entries = readTarEntries(gunzipSync(database, { maxOutputLength: MAX_DATABASE_BYTES }));
  } catch (error) {
    return `image database: ${error instanceof HostError ? error.details.reason : (error as Error).message}`;
  }
  const member = (path: string) => entries.find((entry) => entry.path === `${FOLDER}/${path}`)?.data;
  const text = (path: string) => new TextDecoder().decode(member(path));
  const profile = parseXml(text('profile.xml'));
  if (profile instanceof XmlProblem) return `image profile: ${profile.reason}`;
  const packages: Installed[] = [];
  for (const row of childOf(profile, 'viblist')?.children ?? []) {
    const { id = '', installed = '', signer = '' } = row.attributes;
    const descriptor = member(`vibs/${id}.xml`);
    if (descriptor === undefined) return `image database: ${id} has no descriptor`;
    const vib = assembleVib(descriptor, member(`vibs/${id}.sig`), (name) => read(moduleOf(row, name)));
    if (typeof vib === 'string') return `${id}: ${vib}`;
    packages.push({ vib, installDate: installed, signer });
  }
  const value = (name: string) => childOf(profile, name)?.text ?? '';
  return { name: value('name'), vendor: value('creator'), created: value('creationtime'), packages };
}

function databaseEntries(image: Image): readonly TarEntry[] {
  const file = (path: string, data: Uint8Array): TarEntry => ({
    ...{ kind: 'file', path: `${FOLDER}/${path}`, mode: 0o644, uid: 0, gid: 0, mtimeSeconds: 0 },
    data,
  });
  return [
    file('profile.xml', new TextEncoder().encode(formatXml(profileElement(image)))),
    ...image.packages.flatMap(({ vib }) => [
      file(`vibs/${vibId(vib)}.xml`, vib.descriptorBytes),
      ...(vib.signature === undefined ? [] : [file(`vibs/${vibId(vib)}.sig`, vib.signature)]),
    ]),
  ];
}

function profileElement({ name, vendor, created, packages }: Image): XmlElement {
  const rows = packages.map(({ vib, installDate, signer }) =>
    xml(
      'vib',
      vib.payloads.map(({ info }) =>
        xml('payload', '', { name: info.name, module: payloadFile(vib.descriptor.name, info.sha256) }),
      ),
      { id: vibId(vib), installed: installDate, signer },
    ),
  );
  return xml('imageprofile', [
    ...[xml('name', name), xml('creator', vendor), xml('creationtime', created)],
    xml('viblist', rows),
  ]);
}

function payloadFile(packageName: string, hash: string): string {
  return `${packageName.slice(0, 32)}-${hash.slice(0, 16)}.v00`;
}

/** The bank's file of a payload, as the profile names it. */
function moduleOf(row: XmlElement, payload: string): string {
  const module = row.children.find(({ attributes }) => attributes.name === payload)?.attributes.module ?? '';
  return isPackageName(module) ? module : '';
}
