// Scan rates: a VM in its time, the host within its bound, fractions are not lost.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultMemoryOptions } from './memory-options.ts';
import { hostScanRate, ScanRates, vmScanRate } from './scan-rate.ts';

const OPTIONS = defaultMemoryOptions();

test('vmScanRate: the whole VM in ShareScanTime, at most ShareRateMax, and nothing when switched off', () => {
  const minute = { ...OPTIONS, shareScanTime: 1 };
  assert.equal(vmScanRate(minute, 60_000) * 1000, 1000);
  assert.equal(vmScanRate(minute, 1_000_000) * 1000, 1024);
  assert.equal(vmScanRate({ ...OPTIONS, shareScanTime: 0 }, 60_000), 0);
});

test('hostScanRate: 4 MB a second for each GHz', () => {
  assert.equal(hostScanRate(OPTIONS, 2.5) * 1000, 2560);
});

test('ScanRates: over a while each VM gets its rate to the page', () => {
  const rates = new ScanRates();
  const vms = new Map([
    [1, 65_536],
    [2, 131_072],
  ]);
  const done = new Map([
    [1, 0],
    [2, 0],
  ]);
  for (let i = 0; i < 36_000; i++) {
    for (const [vm, pages] of rates.due(100, vms, OPTIONS, 4)) done.set(vm, (done.get(vm) ?? 0) + pages);
  }
  for (const [vm, pages] of vms) assert.ok(Math.abs((done.get(vm) ?? 0) - pages) <= 1);
});

test('ScanRates: the bound of the host is divided as the VMs want it', () => {
  const rates = new ScanRates();
  const options = { ...OPTIONS, shareScanTime: 1, shareScanGHz: 1 };
  const due = rates.due(
    1000,
    new Map([
      [1, 60_000],
      [2, 30_000],
    ]),
    options,
    1,
  );
  const [one, two] = [due.get(1) ?? 0, due.get(2) ?? 0];
  assert.ok(one + two <= 256 && one + two >= 254);
  assert.ok(Math.abs(one - 2 * two) <= 2);
});
