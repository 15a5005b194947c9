// What copies of a running machine cost: forks, snapshots, going back, as a table. Run it with the repository's Node.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { dialogue, TestHost } from '../test/scenario/host.ts';
import { median } from './statistics.ts';

const MEMORY_MIB = 256;
const FORKS = 21;
const SNAPSHOTS = 5;
const MIB = 2 ** 20;

const host = new TestHost();
try {
  await host.up('--https', 'off');
  const { client } = host;
  await client.call('vm.create', { name: 'a', memoryMib: MEMORY_MIB });
  await client.call('vm.start', { vm: 'a' });
  await dialogue(client, 'a', [['~ # ']]);
  const timed = async (call: string, given: object): Promise<number> => {
    const before = performance.now();
    await client.call(call, given);
    return performance.now() - before;
  };
  const rows: (readonly [what: string, value: string])[] = [];
  const forks: number[] = [];
  for (let i = 0; i < FORKS; i++) forks.push(await timed('vm.fork', { vm: 'a', count: 1 }));
  rows.push(['fork, call to answer, with folder and .vmx', spread(forks)]);
  for (let i = 1; i <= FORKS; i++) await client.call('vm.stop', { vm: `a-${i}` });
  const [saves, restores, sizes]: [number[], number[], number[]] = [[], [], []];
  for (let i = 0; i < SNAPSHOTS; i++) {
    saves.push(await timed('vm.snapshot.save', { vm: 'a', name: `s${i}` }));
    sizes.push(statSync(join(host.home, 'volumes', 'datastore1', 'a', `a-Snapshot${i + 1}.vmsn`)).size / MIB);
  }
  rows.push(['first snapshot', `${saves[0]?.toFixed(1)} ms, ${sizes[0]?.toFixed(1)} MiB`]);
  rows.push(['snapshots on it', `${spread(saves.slice(1))}, ${median(sizes.slice(1)).toFixed(1)} MiB`]);
  for (let i = 0; i < SNAPSHOTS; i++) {
    await client.call('vm.stop', { vm: 'a' });
    restores.push(await timed('vm.snapshot.restore', { vm: 'a', name: 's0' }));
  }
  rows.push(['going back to the first', spread(restores)]);
  const width = Math.max(...rows.map(([what]) => what.length));
  for (const [what, value] of rows) process.stdout.write(`${what.padEnd(width)}  ${value}\n`);
} finally {
  await host.remove();
}

/** Median and extremes, in milliseconds. */
function spread(values: readonly number[]): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return `${median(values).toFixed(1)} ms (${least.toFixed(1)} … ${most.toFixed(1)})`;
}
