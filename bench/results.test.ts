// Tests of how readings become rows, ratios and failures, and of the table.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type MachineName, Results } from './results.ts';
import { ROWS, type Row } from './rows.ts';
import { formatMarkdown, formatNumber, formatText } from './table.ts';

const row = (name: string): Row => ROWS.find((candidate) => candidate.name === name) as Row;
const [FIB, SORT, NBODY] = [row('fib'), row('sort'), row('nbody')];
const RIGHT = '000000000000b520';

function filled(name: string, readings: Readonly<Partial<Record<MachineName, readonly number[]>>>): Results {
  const results = new Results();
  for (const [machine, values] of Object.entries(readings)) {
    for (const value of values)
      results.add(name, machine as MachineName, { value, unit: 'Mcalls/s', result: RIGHT });
  }
  return results;
}

test('report: medians, ratio and mean', () => {
  const { rows, means, failures } = filled('fib', {
    vmkernel: [300, 100, 200],
    qemu: [100, 100, 90],
    native: [1000],
  }).report([FIB]);
  assert.equal(rows[0]?.machines.vmkernel?.median, 200);
  assert.equal(rows[0]?.ratio, 2);
  assert.deepEqual(means, { compute: 2 });
  assert.deepEqual(failures, []);
});

test('report: a wrong result is a failure of who gave it, and no speed', () => {
  const results = filled('fib', { vmkernel: [300], qemu: [100] });
  results.add('fib', 'vmkernel', { value: 900, unit: 'Mcalls/s', result: '0000000000000bad' });
  const { rows, means, failures } = results.report([FIB]);
  assert.equal(failures.length, 1);
  assert.equal(failures[0]?.machine, 'vmkernel');
  assert.match(failures[0]?.reason ?? '', /0000000000000bad/);
  assert.equal(rows[0]?.ratio, undefined);
  assert.deepEqual(means, {});
});

test('report: last digits of a double may differ between instruction sets, not between the two machines', () => {
  const [value, next] = ['3ff4633480638a66', '3ff4633480638a67'];
  const readings = (machine: MachineName, result: string) => {
    const results = new Results();
    results.add('nbody', 'qemu', { value: 1, unit: 'ksteps/s', result: value });
    results.add('nbody', machine, { value: 1, unit: 'ksteps/s', result });
    return results.report([NBODY]).failures.length;
  };
  assert.equal(readings('native', next), 0);
  assert.equal(readings('native', '3ff4643480638a66'), 1);
  assert.equal(readings('vmkernel', next), 1);
});

test('the table: a failed row says so and why; a row that was not measured shows nothing', () => {
  const results = filled('fib', { qemu: [100], native: [1000] });
  results.add('fib', 'vmkernel', { failure: 'fib took more than 90 s' });
  const report = results.report([FIB, SORT]);
  const text = formatText(report);
  assert.match(text, /^fib +Mcalls\/s +FAILED +100 +– +1000/m);
  assert.match(text, /^sort +–/m);
  assert.match(text, /^FAILED fib on vmkernel: fib took more than 90 s$/m);
  assert.match(formatMarkdown(report), /^\| fib \| Mcalls\/s \| FAILED \|/m);
});

test('formatNumber: three digits that count', () => {
  assert.deepEqual([1234.5, 99.96, 12.345, 1.2345, 0.012345].map(formatNumber), [
    '1235',
    '100.0',
    '12.3',
    '1.23',
    '0.0123',
  ]);
});
