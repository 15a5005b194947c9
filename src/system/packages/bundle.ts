/** Bundles: an image profile and all its packages in one gzipped tar archive. */
import { gunzipSync, gzipSync } from 'node:zlib';
import { readTarEntries, reasonOf, type TarEntry, writeTarEntries } from '#lib';
import { childOf, formatXml, parseXml, XmlProblem, xml } from './xml.ts';

export interface Bundle {
  readonly name: string;
  readonly vendor: string;
  readonly packages: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

const PROFILE = 'profile.xml';
const MAX_BUNDLE_BYTES = 2 ** 30;

/** Reads a bundle; a text says why it is none. Its packages are not looked into. */
export function readBundle(bytes: Uint8Array): Bundle | string {
  let entries: readonly TarEntry[];
  try {
    entries = readTarEntries(gunzipSync(bytes, { maxOutputLength: MAX_BUNDLE_BYTES }));
  } catch (error) {
    return reasonOf(error);
  }
  const text = new TextDecoder().decode(entries.find(({ path }) => path === PROFILE)?.data);
  const profile = parseXml(text);
  if (profile instanceof XmlProblem) return `${PROFILE}: ${profile.reason}`;
  const value = (name: string) => childOf(profile, name)?.text ?? '';
  const names = (childOf(profile, 'viblist')?.children ?? []).map((vib) => vib.text);
  const packages = names.map((name) => ({ name, bytes: entries.find(({ path }) => path === name)?.data }));
  const missing = packages.find((each) => each.bytes === undefined);
  if (missing !== undefined) return `"${missing.name}" is missing`;
  return { name: value('name'), vendor: value('creator'), packages: packages as Bundle['packages'] };
}

/** The bytes of a bundle, the same each time. */
export function writeBundle({ name, vendor, packages }: Bundle): Uint8Array {
  const list = packages.map((each) => xml('vib', each.name));
  const profile = xml('imageprofile', [xml('name', name), xml('creator', vendor), xml('viblist', list)]);
  const member = (path: string, data: Uint8Array): TarEntry => ({
    ...{ kind: 'file', path, mode: 0o644, uid: 0, gid: 0, mtimeSeconds: 0 },
    data,
  });
  return gzipSync(
    writeTarEntries([
      member(PROFILE, new TextEncoder().encode(formatXml(profile))),
      ...packages.map((each) => member(each.name, each.bytes)),
    ]),
  );
}
