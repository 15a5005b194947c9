// The screens of vmk top as text: what is in the rows, what fits, what is sorted.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowsBetween } from './rows.ts';
import type { TopSample } from './sample.ts';
import { drawScreen, type View } from './screen.ts';
import { sampleAt } from './testing.ts';

const VIEW: View = { screen: 'cpu', sort: 'U', isExpanded: false, message: '' };

function drawn(
  view: Partial<View>,
  columns = 80,
  rows = 24,
  samples = [sampleAt(10), sampleAt(12)] as const,
) {
  const shown = rowsBetween(...samples);
  return drawScreen(shown, { ...VIEW, ...view }, { columns, rows }).map(({ text }) => text);
}

test('drawScreen: CPU at 80 × 24', () => {
  assert.deepEqual(drawn({}), [
    '02:05:12 up 1 day 1:00, 4 worlds, 3 VMs, 4 vCPUs; load average: 1.50, 0.75, 0.25',
    'PCPU USED(%):  90  45  AVG:  68',
    '',
    ' GID NAME           NWLD   %USED    %RUN   %WAIT    %RDY   %IDLE   %CSTP  %MLMTD',
    '   1 busy              1   90.00   90.00    0.00   10.00    0.00    0.00    0.00',
    '   2 a name that is    1   25.00   25.00    0.00   70.00    0.00    5.00   65.00',
    '   3 idle              2   20.00   20.00  180.00    0.00  162.00    0.00    0.00',
  ]);
});

test('drawScreen: CPU on a wide terminal, with the worlds below their groups, by ready time', () => {
  const lines = drawn({ isExpanded: true, sort: 'R' }, 120).slice(3);
  assert.deepEqual(lines, [
    '   ID  GID NAME           NWLD   %USED    %RUN    %SYS   %WAIT %VMWAIT    %RDY   %IDLE   %CSTP  %MLMTD',
    '    2    2 a name that is    1   25.00   25.00       -    0.00    0.00   70.00    0.00    5.00   65.00',
    '   12    2  vmx-vcpu-0:li    1   25.00   25.00       -    0.00    0.00   70.00    0.00    5.00   65.00',
    '    1    1 busy              1   90.00   90.00       -    0.00    0.00   10.00    0.00    0.00    0.00',
    '   11    1  vmx-vcpu-0:bu    1   90.00   90.00       -    0.00    0.00   10.00    0.00    0.00    0.00',
    '    3    3 idle              2   20.00   20.00       -  180.00   18.00    0.00  162.00    0.00    0.00',
    '   13    3  vmx-vcpu-0:id    1    5.00    5.00       -   95.00    9.50    0.00   85.50    0.00    0.00',
    '   14    3  vmx-vcpu-1:id    1   15.00   15.00       -   85.00    8.50    0.00   76.50    0.00    0.00',
  ]);
});

test('drawScreen: memory; what is not measured is a dash', () => {
  assert.deepEqual(drawn({ screen: 'memory', sort: 'N' }, 132).slice(1), [
    'MEM overcommit avg: 0.25, 0.10, 0.00; high state',
    'PMEM   /MB:   4096 total:    100 vmk,    996 other,   3000 free',
    'PSHARE /MB:    100 shared,     50 saving',
    'SWAP   /MB:      0 curr; MEMCTL/MB:      8 curr; ZIP/MB:      0 zipped',
    '',
    ' GID NAME             MEMSZ   GRANT    CNSM   SZTGT    TCHD    SHRD SHRDSVD    ZERO  MCTLSZ MCTLTGT   SWCUR   SWR/s   SWW/s CACHESZ',
    '   1 busy               512   400.0       -       -       -   100.0    50.0       -     8.0       -       -    1.00    0.00       -',
    '   3 idle              1024       -       -       -       -       -       -       -       -       -       -       -       -       -',
  ]);
});

test('drawScreen: disks', () => {
  assert.deepEqual(drawn({ screen: 'disk' }).slice(1), [
    'DISK: 30.00 commands/s, 2.00 MB read/s, 1.00 MB written/s',
    '',
    ' GID NAME          DISK      CMDS/s  READS/s WRITES/s MBREAD/s MBWRTN/s  LAT/ms',
    '   1 busy          disk 0     30.00    20.00     8.00     2.00     1.00   2.000',
  ]);
});

test('drawScreen: never more lines or columns than the terminal has, at any size', () => {
  for (const screen of ['cpu', 'memory', 'disk'] as const) {
    for (let columns = 1; columns < 140; columns += 7) {
      for (const rows of [1, 3, 5, 24]) {
        const lines = drawn({ screen, isExpanded: true }, columns, rows);
        assert.ok(lines.length <= rows && lines.every((line) => line.length <= columns));
      }
    }
  }
});

test('drawScreen: a name cannot steer the terminal', () => {
  const sample = { ...sampleAt(1), groups: [{ id: 1, name: '\x1b[2Jboo\n' }] };
  assert.ok(drawn({}, 80, 24, [sampleAt(0), sample]).every((line) => !/\p{Cc}/u.test(line)));
});

test('rowsBetween: the four states of a world add up to 100', () => {
  const [then, now] = [sampleAt(3), sampleAt(8)];
  const another = {
    ...then,
    worlds: then.worlds.map((world) => ({ ...world, name: 'who had the row before' })),
  };
  // In the first look too, and when it is younger than the time between two looks.
  for (const before of [then, undefined, { ...then, worlds: [] }, another]) {
    const { worlds } = rowsBetween(before, now);
    assert.equal(worlds.length, 4);
    for (const { run, rdy, cstp, wait } of worlds) assert.ok(Math.abs(run + rdy + cstp + wait - 100) < 1e-9);
  }
});

test('rowsBetween: what came between counts from its beginning; what began anew is not negative', () => {
  const before = sampleAt(10);
  const after = sampleAt(12);
  const isNew: TopSample = { ...before, worlds: before.worlds.slice(1), disks: [] };
  const [disk] = rowsBetween(isNew, after).disks;
  assert.equal(disk?.cmds, 180);
  const back = rowsBetween(sampleAt(12), { ...sampleAt(1), takenNs: after.takenNs + 1e9 });
  assert.ok(back.disks.every(({ cmds, lat }) => cmds === 0 && lat === 0));
  assert.equal(rowsBetween(after, after).host.average, 0);
});
