// Batch mode: CSV as esxtop writes it, and JSON.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CsvWriter, jsonOf } from './batch.ts';
import { rowsBetween } from './rows.ts';
import { sampleAt } from './testing.ts';

/** Fields of a line of quoted values. */
function fields(line: string): string[] {
  return [...line.matchAll(/"((?:[^"]|"")*)"(?:,|$)/g)].map(([, value = '']) => value.replaceAll('""', '"'));
}

test('CsvWriter: the title line once, then a value for each counter', () => {
  const writer = new CsvWriter();
  const [titles = '', first = ''] = writer.lines(rowsBetween(sampleAt(1), sampleAt(2))).split('\n');
  const second = writer.lines(rowsBetween(sampleAt(2), sampleAt(4))).trimEnd();
  const names = fields(titles);
  assert.equal(names[0], '(PDH-CSV 4.0) (UTC)(0)');
  assert.equal(fields(first).length, names.length);
  assert.equal(fields(second).length, names.length);
  assert.equal(fields(first)[0], '11/26/2026 02:05:02');
  const value = (name: string) => fields(second)[names.indexOf(name)];
  assert.equal(value('\\\\esx\\Group Cpu(2:a name that is too long)\\% Max Limited'), '65.00');
  assert.equal(value('\\\\esx\\Physical Cpu(_Total)\\% Util Time'), '67.50');
  assert.equal(value('\\\\esx\\Group Memory(1:busy)\\Swap Read MBytes/sec'), '1.00');
  assert.equal(value('\\\\esx\\Group Memory(3:idle)\\Memctl MBytes'), '');
  assert.equal(value('\\\\esx\\Virtual Disk(1:busy:disk 0)\\Average MilliSec/Command'), '2.000');
  assert.equal(value('\\\\esx\\Memory\\Memory State'), 'high');
});

test('CsvWriter: columns stay those of the first look; quotes are doubled', () => {
  const writer = new CsvWriter();
  const named = { ...sampleAt(1), groups: [{ id: 1, name: 'a "b", c' }] };
  const [titles = ''] = writer.lines(rowsBetween(undefined, named)).split('\n');
  assert.ok(fields(titles).includes('\\\\esx\\Group Cpu(1:a "b", c)\\% Used'));
  const later = writer.lines(rowsBetween(named, { ...sampleAt(2), groups: [] })).trimEnd();
  const at = fields(titles).indexOf('\\\\esx\\Group Cpu(1:a "b", c)\\% Used');
  assert.equal(fields(later)[at], '');
});

test('jsonOf: groups with their worlds, by the names of the columns', () => {
  const shown = JSON.parse(JSON.stringify(jsonOf(rowsBetween(sampleAt(1), sampleAt(2)))));
  assert.equal(shown.time, '2026-11-26T02:05:02.000Z');
  assert.equal(shown.cpu[0].worlds.length, 2);
  assert.ok(Math.abs(shown.cpu[1].run - 90) < 1e-9);
  assert.equal(shown.disk[0].lat, 2);
});
