/** Lists of files for people: a table with names, times and sizes, and the way back up. */
import type { FileEntry, Space } from './backends.ts';
import { escapeHtml, page } from './page.ts';

export interface Link {
  readonly text: string;
  readonly href: string;
}

export interface Row {
  readonly text: string;
  /** Absent for what cannot be read. */
  readonly href?: string;
  readonly isFolder: boolean;
  readonly modifiedMs?: number;
  /** Of a file; absent where there is none to tell. */
  readonly sizeBytes?: number;
  /** In place of time and size. */
  readonly note?: string;
}

export interface Listing {
  readonly title: string;
  /** From the top down to here, which is the last one. */
  readonly trail: readonly Link[];
  readonly rows: readonly Row[];
  readonly space?: Space;
  /** How many there are, when not all of them are shown. */
  readonly count?: number;
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** Folders first, then by name, numbers in names by their value. */
export function sorted<T extends Pick<FileEntry, 'name' | 'kind'>>(entries: readonly T[]): T[] {
  const order = new Intl.Collator('en', { numeric: true }).compare;
  return entries.toSorted((a, b) =>
    a.kind === b.kind ? order(a.name, b.name) || (a.name < b.name ? -1 : 1) : a.kind === 'folder' ? -1 : 1,
  );
}

export function listingPage({ title, trail, rows, space, count = rows.length }: Listing): string {
  const up = trail.at(-2);
  const lines = [
    ...(up === undefined ? [] : [rowHtml({ text: '..', href: up.href, isFolder: true, note: '' })]),
    ...rows.map(rowHtml),
  ];
  const table = `<table>
<thead><tr><th>Name</th><th class="t">Last modified</th><th class="n">Size</th></tr></thead>
<tbody>
${lines.join('\n')}
</tbody>
</table>`;
  return page(
    title,
    [
      `<nav>${trail.slice(0, -1).map(linkHtml).join(' / ')}</nav>`,
      `<h1>${escapeHtml(title)}</h1>`,
      rows.length === 0 && up === undefined ? '<p>There is nothing here.</p>' : table,
      `<footer>${footer(rows.length, count, space)}</footer>`,
    ].join('\n'),
  );
}

/** Three digits and a unit: `1.50 GiB`. */
export function humanSize(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  const digits = unit === 0 ? 0 : value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${value.toFixed(digits)} ${UNITS[unit]}`;
}

function footer(shown: number, count: number, space: Space | undefined): string {
  const all = count === 1 ? '1 entry' : `${count} entries`;
  const entries = shown < count ? `the first ${shown} of ${all}` : all;
  if (space === undefined) return entries;
  return `${entries}, ${humanSize(space.freeBytes)} of ${humanSize(space.capacityBytes)} free`;
}

function rowHtml(row: Row): string {
  const name = row.isFolder ? `${row.text}/` : row.text;
  const kind = row.isFolder ? ' class="folder"' : '';
  const link =
    row.href === undefined
      ? escapeHtml(name)
      : `<a href="${escapeHtml(row.href)}"${kind}>${escapeHtml(name)}</a>`;
  if (row.note !== undefined) {
    return `<tr><td>${link}</td><td class="t" colspan="2">${escapeHtml(row.note)}</td></tr>`;
  }
  const time = row.modifiedMs === undefined ? '' : formatTime(row.modifiedMs);
  const size = row.sizeBytes === undefined ? '' : humanSize(row.sizeBytes);
  const exact = row.sizeBytes === undefined ? '' : ` title="${row.sizeBytes} bytes"`;
  return `<tr><td>${link}</td><td class="t">${time}</td><td class="n"${exact}>${size}</td></tr>`;
}

function linkHtml({ text, href }: Link): string {
  return `<a href="${escapeHtml(href)}">${escapeHtml(text)}</a>`;
}

function formatTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
