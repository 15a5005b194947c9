// Snapshots on a host that is up: one that is damaged, cut short, or lacks a file is refused, and its machine goes on as it was;
// a host that is killed while it saves has all that it had saved before. VMK_KILLS says how often it is killed.
import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { SeededRandom } from '#lib';
import { dialogue, TestHost } from './host.ts';
import { askedPatternGuest, PATTERN_WORDS } from './pattern-guest.ts';

const MIB = 2 ** 20;
const KILLS = Number(process.env['VMK_KILLS'] ?? 4);
const SEED = Number(process.env['VMK_SEED'] ?? 3);
const MEMORY_MIB = 80;
const TOUCHED_BYTES = 64 * MIB;
const { filled, right } = PATTERN_WORDS;

interface Row {
  readonly name: string;
  readonly state: string;
}

async function make(t: TestContext) {
  const host = new TestHost();
  t.after(() => host.remove());
  const folder = join(host.home, 'volumes', 'datastore1', 'a');
  /** Since the host came up: a console that is joined says again all that the guest said. */
  let looks = 0;
  const up = () => {
    looks = 0;
    return host.up('--https', 'off', '--memory', '256M', '--cpus', '1');
  };
  mkdirSync(join(host.home, 'volumes', 'datastore1'), { recursive: true });
  const firmware = join(host.home, 'pattern.bin');
  writeFileSync(firmware, askedPatternGuest(1, TOUCHED_BYTES));
  await up();
  const { client } = host;
  await client.call('vm.create', { name: 'a', memoryMib: MEMORY_MIB, firmware, disks: ['4M'] });
  await client.call('vm.start', { vm: 'a' });
  await dialogue(client, 'a', [[filled]]);
  return {
    ...{ host, client, up },
    path: (name: string) => join(folder, name),
    folder,
    save: (name: string) => client.call('vm.snapshot.save', { vm: 'a', name }),
    restore: (name: string) => host.vmk('vm', 'snapshot', 'restore', 'a', name),
    /** The guest looks at all its memory; its console ends when something is wrong. */
    isRight: () =>
      dialogue(client, 'a', [['', 'x'], ...Array.from({ length: ++looks }, () => [right] as const)]),
    names: async () => {
      const { stdout } = await host.vmk('vm', 'snapshots', 'a', '--json');
      return (JSON.parse(stdout) as { name: string }[]).map(({ name }) => name);
    },
    state: async () =>
      (await client.call<{ vms: Row[] }>('vm.list')).vms.find(({ name }) => name === 'a')?.state,
  };
}

test('snapshots that are damaged are refused by file and place, and the machine goes on as it was', async (t) => {
  const { host, path, save, restore, isRight, state, names } = await make(t);
  await save('one');
  await save('two');
  const [base, top] = [path('a-Snapshot1.vmsn'), path('a-Snapshot2.vmsn')];
  const whole = readFileSync(base);
  assert.ok(statSync(top).size < whole.length / 4, 'the second one builds on the first');
  const flipped = (at: number): Buffer => {
    const copy = Buffer.from(whole);
    copy[at] = (copy[at] as number) ^ 1;
    return copy;
  };
  const refused = async (reason: RegExp): Promise<void> => {
    const settings = readFileSync(path('a.vmx'), 'utf8');
    for (const name of ['one', 'two']) {
      const { status, stderr } = await restore(name);
      assert.equal(status, 1, stderr);
      assert.match(stderr, reason);
      assert.equal(await state(), 'powered on');
    }
    assert.equal(readFileSync(path('a.vmx'), 'utf8'), settings);
  };
  writeFileSync(base, flipped(whole.length >> 1));
  await refused(/Cannot read snapshot ".*\/a-Snapshot1\.vmsn": memory at byte \d+ has another checksum/);
  writeFileSync(base, flipped(30));
  await refused(/Cannot read snapshot ".*\/a-Snapshot1\.vmsn": its header has another checksum/);
  writeFileSync(base, whole.subarray(0, whole.length - 1));
  await refused(/Cannot read snapshot ".*\/a-Snapshot1\.vmsn": it has not the \d+ bytes that it should have/);
  writeFileSync(base, readFileSync(top));
  assert.match((await restore('two')).stderr, /a-Snapshot2\.vmsn": it builds on another snapshot/);
  renameSync(base, `${base}.away`);
  await refused(/Cannot read snapshot ".*\/a-Snapshot1\.vmsn": ENOENT/);
  // The disk that a snapshot has is part of it.
  writeFileSync(base, whole);
  renameSync(path('a.vmdk'), path('b.vmdk'));
  const { status, stderr } = await restore('one');
  assert.notEqual(status, 0);
  assert.match(stderr, /a\.vmdk/);
  assert.equal(await state(), 'powered on');
  await isRight();

  renameSync(path('b.vmdk'), path('a.vmdk'));
  for (const name of ['one', 'two']) {
    await host.ok('vm', 'snapshot', 'restore', 'a', name);
    await isRight();
  }
  assert.deepEqual(await names(), ['one', 'two']);
  assert.equal(await host.end('SIGTERM'), 0);
});

test(`a host that is killed ${KILLS} times while it saves has the snapshots from before`, async (t) => {
  const { host, up, client, path, folder, save, isRight, names } = await make(t);
  const random = new SeededRandom(SEED);
  await save('first');
  const wholeBytes = statSync(path('a-Snapshot1.vmsn')).size;
  const kept = new Set(['first']);
  const told: string[] = [];
  // After going back a save is of all memory again.
  await client.call('vm.snapshot.restore', { vm: 'a', name: 'first' });
  for (let kill = 0; kill < KILLS; kill++) {
    const name = `kill ${kill}`;
    const begun = `a-Snapshot${(await names()).length + 1}.vmsn`;
    // Now and then it comes when the file is whole already.
    const atBytes = random.below(Math.ceil(wholeBytes * 1.1));
    const answer = { isSaved: false, failure: undefined as unknown };
    const saved = save(name).then(
      () => void (answer.isSaved = true),
      (error: unknown) => void (answer.failure = error),
    );
    const isOver = () => answer.isSaved || answer.failure !== undefined;
    const size = () => statSync(path(`${begun}~`), { throwIfNoEntry: false })?.size ?? -1;
    while (!isOver() && !existsSync(path(begun)) && size() < atBytes) await setImmediate();
    assert.ifError(answer.failure);
    const seen = size();
    await host.end('SIGKILL');
    await saved;
    if (answer.isSaved) kept.add(name);

    await up();
    const listed = await names();
    told.push(`${seen} of ${wholeBytes} bytes: ${listed.includes(name) ? 'listed' : 'not listed'}`);
    for (const one of kept) assert.ok(listed.includes(one), `${one} is lost: ${told.at(-1)}`);
    for (const one of listed) {
      await client.call('vm.snapshot.restore', { vm: 'a', name: one });
      await isRight();
      kept.add(one);
    }
    assert.deepEqual(
      readdirSync(folder).filter((file) => file.endsWith('~')),
      [],
      'what was begun is gone',
    );
  }
  t.diagnostic(told.join('; '));
  await client.call('vm.stop', { vm: 'a' });
  await host.ok('vm', 'delete', 'a');
  assert.equal(existsSync(folder), false);
  await host.end('SIGKILL');
});
