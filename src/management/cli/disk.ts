/** "vmk disk …": disk images made, looked at, grown, copied, checked, merged, without a host; what disks of VMs did. */
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { EXIT_STATUS, formatSize, parseSize, usageError } from '#lib';
import {
  type CheckResult,
  type CopyFormat,
  chainInfo,
  checkDisk,
  copyDisk,
  createDelta,
  createDisk,
  DISK_FORMATS,
  type DiskFormat,
  type DiskInfo,
  type DiskStatsSample,
  FORMAT_ALIASES,
  growImage,
  type Histogram,
  imageKind,
  mergeIntoParent,
  openSource,
  removeDisk,
} from '#storage';
import { homePaths } from '../home.ts';
import { slowProgress } from './disk-progress.ts';
import { command, type Group } from './group.ts';
import type { Option } from './options.ts';

const FORMATS: readonly CopyFormat[] = [...(Object.keys(DISK_FORMATS) as DiskFormat[]), 'raw'];

const format: Option<CopyFormat> = {
  value: 'FORMAT',
  help: 'how it is kept (thin)',
  initial: 'thin',
  take(given) {
    const known = FORMATS.find((name) => name.toLowerCase() === given.toLowerCase()) ?? FORMAT_ALIASES[given];
    if (known === undefined) throw new RangeError(`it is none of ${FORMATS.join(', ')}`);
    return known;
  },
};

const FORMAT_HELP = `Formats:
${Object.entries(DISK_FORMATS)
  .map(([name, { what }]) => `  ${name.padEnd(22)}${what}\n`)
  .join('')}  raw                   the bytes as they are, without a descriptor

The names of vmkfstools are known too: ${Object.keys(FORMAT_ALIASES).join(', ')}. A path may be "[datastore] folder/file".`;

/** A path of the machine, or one on a datastore of the host. */
function pathOf(given: string, home: string | undefined): string {
  const [, name = '', rest = ''] = /^\[([^\]/]+)\]\s*(.+)$/.exec(given) ?? [];
  if (name === '') return resolve(given);
  const { volumes } = homePaths(home);
  try {
    if (readdirSync(volumes).includes(name)) return join(volumes, name, rest);
  } catch {
    // There is no host in that home: as if it had no datastore.
  }
  throw usageError(`there is no datastore "${name}"`);
}

function sizeOf(given: string): number {
  const bytes = parseSize(given);
  if (bytes === undefined || bytes === 0 || bytes % 512 !== 0)
    throw usageError(`"${given}" is no size of a disk, such as 512M or 10G`);
  return bytes;
}

const copy = command(
  ['FROM', 'TO'],
  'copies a disk into a new one of any format: VMDK with its parents, raw, qcow2',
  { format },
  async ({ words: [from = '', to = ''], values, process }) => {
    const [source, target] = [pathOf(from, values.home), pathOf(to, values.home)];
    const progress = slowProgress(process.stderr, `copying ${from}`);
    await copyDisk({
      from: source,
      to: target,
      format: values.format,
      progress: (done) => progress.at(done),
    });
    progress.end();
  },
  FORMAT_HELP,
);

/** What is told of images that are no VMDK. */
interface PlainInfo {
  readonly path: string;
  readonly format: string;
  readonly sizeBytes: number;
}

export const DISK_COMMANDS: Group = {
  create: command(
    ['FILE', 'SIZE'],
    'makes a disk full of zeroes',
    { format },
    async ({ words: [file = '', size = ''], values }) => {
      if (values.format === 'raw') throw usageError('disk create makes VMDKs; "truncate" makes raw images');
      createDisk({ path: pathOf(file, values.home), sizeBytes: sizeOf(size), format: values.format });
    },
    FORMAT_HELP,
  ),
  delta: command(
    ['PARENT', 'FILE'],
    'makes a delta disk, which holds what is written from now on; its parent must not change any more',
    {},
    async ({ words: [parent = '', file = ''], values }) => {
      createDelta(pathOf(parent, values.home), pathOf(file, values.home));
    },
  ),
  info: command(
    ['FILE'],
    'tells what a disk is, and on which it is built',
    {},
    async ({ words: [file = ''], values, print }) => {
      const path = pathOf(file, values.home);
      const kind = imageKind(path);
      if (kind === 'vmdk') return print(chainInfo(path), (links) => links.map(describeLink).join('\n'));
      const source = openSource(path);
      const { sizeBytes } = source;
      source.close();
      print<PlainInfo>({ path, format: kind, sizeBytes }, describeRows);
    },
  ),
  grow: command(
    ['FILE', 'SIZE'],
    'makes a disk larger; that of a VM that runs: "vmk vm grow-disk"',
    {},
    async ({ words: [file = '', size = ''], values }) => {
      growImage(pathOf(file, values.home), sizeOf(size));
    },
  ),
  clone: copy,
  convert: copy,
  merge: command(
    ['FILE'],
    'merges a delta disk into its parent, which has its content then',
    {},
    async ({ words: [file = ''], values }) => {
      mergeIntoParent(pathOf(file, values.home));
    },
  ),
  check: command(
    ['FILE'],
    'looks for what is wrong in the files of a disk and its parents',
    {},
    async ({ words: [file = ''], values, print }) => {
      const result = checkDisk(pathOf(file, values.home));
      print(result, describeCheck);
      return result.errors.length === 0 ? EXIT_STATUS.ok : EXIT_STATUS.failure;
    },
  ),
  stats: command(
    ['VM', '[UNIT]'],
    'what a disk of a running VM did: counters, and histograms of sizes, distances and latencies',
    {},
    async ({ client, words: [vm, unit = '0'], print }) => {
      if (!/^\d+$/.test(unit)) throw usageError(`"${unit}" is no unit of a disk, such as 0`);
      const sample = await client.call<DiskStatsSample>('vm.disk.stats', { vm, unit: Number(unit) });
      print(sample, describeStats);
    },
  ),
  remove: command(['FILE…'], 'removes disks with their extents', {}, async ({ words, values }) => {
    for (const file of words) removeDisk(pathOf(file, values.home));
  }),
};

function describeLink(info: DiskInfo): string {
  return describeRows({ ...info, extents: info.extents.join(', '), parent: info.parent ?? '' });
}

/** Names and values; those that say nothing are left out. */
function describeRows(info: object): string {
  const rows = Object.entries(info).filter(([, value]) => value !== '' && value !== undefined);
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows
    .map(([name, value]) => {
      const shown = name.endsWith('Bytes') ? `${value} (${formatSize(Number(value))})` : String(value);
      return `${name.padEnd(width)}  ${shown}\n`;
    })
    .join('');
}

function describeStats({ histograms, ...counters }: DiskStatsSample): string {
  const parts = Object.entries(histograms).map(
    ([name, histogram]) => `\n${name}\n${describeHistogram(histogram)}`,
  );
  return describeRows(counters) + parts.join('');
}

/** One line a bin that has any, as vscsiStats prints them. */
function describeHistogram({ borders, counts, min, max, sum }: Histogram): string {
  const total = counts.reduce((all, count) => all + count, 0);
  const bins = counts.map((count, i) => ({
    count,
    border: i < borders.length ? `<= ${borders[i]}` : `> ${borders.at(-1)}`,
  }));
  const lines = bins
    .filter(({ count }) => count > 0)
    .map(({ count, border }) => `  ${border.padEnd(12)} ${String(count).padStart(10)}\n`);
  return `  min ${Math.round(min)}, max ${Math.round(max)}, mean ${Math.round(sum / total)}, count ${total}\n${lines.join('')}`;
}

function describeCheck({ errors, grains, wasOpen }: CheckResult): string {
  const note = wasOpen ? 'It was not closed: a VM has it open, or its host died.\n' : '';
  if (errors.length === 0) return `No errors, ${grains} grains.\n${note}`;
  return `${errors.map((error) => `${error}\n`).join('')}${errors.length} errors.\n${note}`;
}
