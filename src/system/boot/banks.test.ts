// Tests of the boot banks: which is chosen, what a bank that fails costs, and that the power may go at any step.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstImage } from '../packages/base-package.ts';
import type { BankDisk } from './bank-disk.ts';
import { chooseBank, readBank } from './banks.ts';
import { BootState, parseBootCfg } from './boot-cfg.ts';
import { StateKeeper } from './state-keeper.ts';
import { bootFrom, type MemoryDisk, makeKey, makeVib, memoryDisk, PowerCut, trust } from './testing.ts';

const FIRST = firstImage('1.0', new Date(0));
const key = makeKey();

function cfgOf(disk: MemoryDisk, bank: string) {
  return parseBootCfg(new TextDecoder().decode(disk.files.get(`/home/${bank}/boot.cfg`)));
}

/** A disk on which version 2 of a package waits for the next boot; version 1 runs. */
function updated() {
  const disk = memoryDisk();
  const first = bootFrom(disk);
  trust(first.files, key);
  first.files.write('/tmp/a.vib', makeVib('tool', '1.0', key, { liveInstall: false }));
  first.packages.install(['/tmp/a.vib'], 'install');
  first.keeper.stop();
  const host = bootFrom(disk);
  host.files.write('/tmp/a.vib', makeVib('tool', '2.0', key, { liveInstall: false }));
  return { disk, host };
}

test('chooseBank: a new home gets two banks that boot', () => {
  const disk = memoryDisk();
  const { bank } = bootFrom(disk);
  assert.equal(bank.name, 'bootbank');
  disk.files.delete('/home/bootbank/boot.cfg');
  assert.equal(bootFrom(disk).bank.name, 'altbootbank');
});

test('chooseBank: an update is tried once, confirmed when it came up, and left when it did not', () => {
  const { disk, host } = updated();
  assert.equal(host.bank.name, 'altbootbank');
  host.packages.install(['/tmp/a.vib'], 'update');
  assert.equal(host.files.readText('/opt/tool/version'), '1.0');
  assert.equal(cfgOf(disk, 'bootbank').bootstate, BootState.untried);

  // It is tried, and does not come up.
  const { bank } = chooseBank({ disk, folder: '/home' }, FIRST);
  assert.deepEqual([bank.name, cfgOf(disk, 'bootbank').bootstate], ['bootbank', BootState.tried]);
  const fallen = bootFrom(disk);
  assert.equal(fallen.bank.name, 'altbootbank');
  assert.equal(fallen.files.readText('/opt/tool/version'), '1.0');
  assert.match(fallen.notes.join(), /bootbank: it was tried and did not come up/);
  assert.equal(cfgOf(disk, 'bootbank').bootstate, BootState.bad);

  // Another try comes up.
  fallen.files.write('/tmp/a.vib', makeVib('tool', '3.0', key, { liveInstall: false }));
  fallen.packages.install(['/tmp/a.vib'], 'update');
  const next = bootFrom(disk);
  assert.equal(next.files.readText('/opt/tool/version'), '3.0');
  assert.deepEqual([next.bank.name, cfgOf(disk, 'bootbank').bootstate], ['bootbank', BootState.good]);
  assert.equal(bootFrom(disk).files.readText('/opt/tool/version'), '3.0');
});

test('chooseBank: a bank with a damaged or missing file is left for the other', () => {
  const { disk, host } = updated();
  host.packages.install(['/tmp/a.vib'], 'update');
  for (const path of [...disk.files.keys()].filter((each) => each.startsWith('/home/bootbank/'))) {
    const good = disk.files.get(path) as Uint8Array;
    const middle = good.length >> 1;
    const turned = good.with(middle, (good[middle] ?? 0) ^ 0x55);
    // A letter of the title does no harm.
    const isText = path.endsWith('boot.cfg');
    for (const bad of [undefined, good.slice(0, middle), ...(isText ? [] : [turned])]) {
      const copy = memoryDisk();
      for (const [name, bytes] of disk.files) copy.files.set(name, bytes);
      if (bad === undefined) copy.files.delete(path);
      else copy.files.set(path, bad);
      assert.equal(bootFrom(copy).bank.name, 'altbootbank', path);
    }
  }
});

test('chooseBank: without a good bank it says why, and does not begin anew', () => {
  const disk = memoryDisk();
  const host = bootFrom(disk);
  host.files.write('/etc/precious', 'x');
  host.keeper.stop();
  disk.files.delete('/home/altbootbank/boot.cfg');
  disk.files.delete('/home/bootbank/boot.cfg');
  assert.throws(
    () => bootFrom(disk),
    /no bank is good: bootbank: it has no boot.cfg; altbootbank: it has no boot.cfg/,
  );
});

test('state: it is saved into a waiting bank too', () => {
  const { disk, host } = updated();
  host.packages.install(['/tmp/a.vib'], 'update');
  host.files.write('/etc/after', 'x');
  host.keeper.stop();
  const next = bootFrom(disk);
  assert.deepEqual([next.bank.name, next.files.readText('/etc/after')], ['bootbank', 'x']);
  assert.equal(next.files.readText('/opt/tool/version'), '2.0');
});

test('state: it is saved into a bank with the same image too, so that damage to one costs nothing', () => {
  const disk = memoryDisk();
  const host = bootFrom(disk);
  host.files.write('/etc/precious', 'x');
  host.keeper.stop();
  disk.files.set('/home/bootbank/state.tgz', new Uint8Array(100));
  const next = bootFrom(disk);
  assert.deepEqual([next.bank.name, next.files.readText('/etc/precious')], ['altbootbank', 'x']);
  assert.match(next.notes.join(), /bootbank: .*state\.tgz/);
});

test('state: while a bank is being tried, the one to go back to stays as it is', () => {
  const disk = memoryDisk();
  const host = bootFrom(disk);
  host.files.write('/etc/precious', 'x');
  host.keeper.stop();
  for (const bank of ['bootbank', 'altbootbank']) {
    const path = `/home/${bank}/boot.cfg`;
    const text = new TextDecoder().decode(disk.files.get(path));
    const tried =
      bank === 'altbootbank'
        ? text.replace(/updated=\d+/, 'updated=9').replace('bootstate=0', 'bootstate=1')
        : text;
    disk.files.set(path, new TextEncoder().encode(tried));
  }
  const { bank } = chooseBank(host.home, FIRST);
  assert.deepEqual([bank.name, bank.cfg.bootstate], ['altbootbank', BootState.tried]);
  const before = disk.files.get('/home/bootbank/state.tgz');
  host.files.write('/etc/precious', 'broken');
  const { home, root } = host;
  new StateKeeper({ home, bank, root, repeat: () => () => {}, report: () => {} }).save();
  assert.equal(disk.files.get('/home/bootbank/state.tgz'), before);
  assert.notEqual(disk.files.get('/home/altbootbank/state.tgz'), before);
});

test('state: a bank with another image keeps what was saved with it', () => {
  const { disk, host } = updated();
  const before = disk.files.get('/home/bootbank/state.tgz');
  host.files.write('/etc/after', 'x');
  host.keeper.stop();
  assert.equal(disk.files.get('/home/bootbank/state.tgz'), before);
});

test('StateKeeper: each hour it saves what has changed, says what failed and goes on, and stops', () => {
  const disk = memoryDisk();
  const { home, bank, root, files, log } = bootFrom(disk);
  let hour: (() => void) | undefined;
  const repeat = (intervalMs: number, work: () => void) => {
    assert.equal(intervalMs, 3_600_000);
    hour = work;
    return () => {
      hour = undefined;
    };
  };
  const keeper = new StateKeeper({ home, bank, root, repeat, report: (line) => log.push(line) });
  const kept = () => bootFrom(disk).files.readTextIfThere('/etc/hour');
  keeper.start();
  files.write('/etc/hour', 'one');
  hour?.();
  assert.equal(kept(), 'one');
  files.write('/etc/hour', 'two');
  disk.stepsLeft = 0;
  hour?.();
  assert.match(log.join(), /Cannot write state .*: the power is gone/);
  disk.stepsLeft = Number.POSITIVE_INFINITY;
  assert.equal(kept(), 'one');
  hour?.();
  assert.equal(kept(), 'two');
  disk.stepsLeft = 0;
  hour?.();
  assert.equal(log.length, 1, 'nothing has changed, and nothing is written');
  disk.stepsLeft = Number.POSITIVE_INFINITY;
  keeper.stop();
  assert.equal(hour, undefined);
});

test('StateKeeper.append: a line alone is saved, in both banks, and is there at the next boot', () => {
  const disk = memoryDisk();
  const { files, keeper } = bootFrom(disk);
  files.write('/etc/list', 'a\n');
  keeper.append(files, '/etc/list', 'b\n');
  const saved = disk.files.get('/home/bootbank/state.tgz');
  keeper.append(files, '/etc/list', 'c\n');
  keeper.append(files, '/etc/list', 'd\n');
  assert.equal(disk.files.get('/home/bootbank/state.tgz'), saved, 'it is not written anew');
  assert.equal(bootFrom(disk).files.readText('/etc/list'), 'a\nb\nc\nd\n');
  disk.files.delete('/home/bootbank/state.tgz');
  assert.equal(bootFrom(disk).files.readText('/etc/list'), 'a\nb\nc\nd\n', 'the other bank has it too');
});

test('StateKeeper.append: a journal says nothing of another state, and ends where it is damaged', () => {
  const disk = memoryDisk();
  const { files, keeper } = bootFrom(disk);
  const journal = '/home/bootbank/state.jnl';
  files.write('/etc/list', 'a\n');
  keeper.save();
  keeper.append(files, '/etc/list', 'b\n');
  keeper.append(files, '/etc/list', 'c\n');
  const old = disk.files.get(journal) as Uint8Array;
  for (let length = 0; length < old.length - 1; length++) {
    disk.files.set(journal, old.slice(0, length));
    assert.match(bootFrom(disk).files.readText('/etc/list'), /^a\n(b\n)?$/);
  }
  files.write('/etc/list', 'new\n');
  keeper.save();
  disk.files.set(journal, old);
  assert.equal(bootFrom(disk).files.readText('/etc/list'), 'new\n');
});

test('StateKeeper.append: whenever the power goes, what was said to be saved is there', () => {
  for (let steps = 0; ; steps++) {
    const disk = memoryDisk();
    const { files, keeper } = bootFrom(disk);
    files.write('/etc/list', '');
    keeper.save();
    disk.stepsLeft = steps;
    let said = '';
    let isDone = false;
    try {
      for (const line of ['a\n', 'b\n', 'c\n', 'd\n']) {
        keeper.append(files, '/etc/list', line);
        said += line;
        if (line === 'b\n') keeper.save({ force: true });
      }
      isDone = true;
    } catch (error) {
      assert.match(String(error), /the power is gone/);
    }
    disk.stepsLeft = Number.POSITIVE_INFINITY;
    const found = bootFrom(disk).files.readText('/etc/list');
    assert.ok(found === said || found.slice(0, -2) === said, JSON.stringify({ steps, said, found }));
    if (isDone) break;
  }
});

test('StateKeeper.saved: waits for the bank that boots next; the copy in the other is synced within a second, once', async () => {
  const disk = memoryDisk();
  const synced: string[] = [];
  const openLog: BankDisk['openLog'] = (path, bytes) => ({
    ...disk.openLog(path, bytes),
    sync: async () => void synced.push(path.split('/')[2] as string),
  });
  const { home, bank, root, files } = bootFrom({ ...disk, openLog });
  const due: (() => void)[] = [];
  const repeat = (intervalMs: number, work: () => void) => {
    assert.equal(intervalMs, 1000);
    due.push(work);
    return () => due.splice(0);
  };
  const keeper = new StateKeeper({ home, bank, root, repeat, report: assert.fail });
  files.write('/etc/list', 'a\n');
  keeper.save();
  for (const line of ['b\n', 'c\n']) {
    keeper.append(files, '/etc/list', line);
    await keeper.saved();
  }
  assert.deepEqual(synced, ['bootbank', 'bootbank']);
  assert.equal(due.length, 1);
  for (let second = 0; second < 3; second++) due[0]?.();
  assert.deepEqual(synced.splice(0), ['bootbank', 'bootbank', 'altbootbank']);
  const cfg = '/home/altbootbank/boot.cfg';
  const text = Buffer.from(disk.files.get(cfg) as Uint8Array).toString();
  const waiting = text
    .replace(/^bootstate=.*$/m, `bootstate=${BootState.untried}`)
    .replace(/^updated=.*$/m, 'updated=9');
  disk.files.set(cfg, Buffer.from(waiting));
  for (const line of ['d\n', 'e\n']) {
    keeper.append(files, '/etc/list', line);
    await keeper.saved();
  }
  assert.deepEqual(
    synced,
    ['bootbank', 'altbootbank'],
    'it boots next: the state was written whole, then a line',
  );
  keeper.stop();
  assert.equal(due.length, 0);
});

test('StateKeeper.append: after a failure it goes on with a state written anew', () => {
  const disk = memoryDisk();
  const { files, keeper } = bootFrom(disk);
  files.write('/etc/list', '');
  keeper.append(files, '/etc/list', 'a\n');
  keeper.append(files, '/etc/list', 'b\n');
  disk.stepsLeft = 1;
  assert.throws(() => keeper.append(files, '/etc/list', 'c\n'), /Cannot write state/);
  disk.stepsLeft = Number.POSITIVE_INFINITY;
  keeper.append(files, '/etc/list', 'd\n');
  assert.equal(bootFrom(disk).files.readText('/etc/list'), 'a\nb\nc\nd\n');
});

test('power: whenever it goes in a beginning, the next boot comes up', () => {
  for (let steps = 0; ; steps++) {
    const disk = memoryDisk();
    disk.stepsLeft = steps;
    let isDone = true;
    try {
      bootFrom(disk);
    } catch (error) {
      assert.ok(error instanceof PowerCut || String(error).includes('the power is gone'), String(error));
      isDone = false;
    }
    disk.stepsLeft = Number.POSITIVE_INFINITY;
    assert.equal(bootFrom(disk).files.readText('/etc/motd'), 'welcome\n');
    if (isDone) break;
  }
});

test('power: whenever it goes in an update, the next boot has the old or the new, whole', () => {
  const seen = new Set<string>();
  for (let steps = 0; ; steps++) {
    const { disk, host } = updated();
    host.files.write('/etc/version', 'new');
    disk.stepsLeft = steps;
    let isDone = true;
    try {
      host.packages.install(['/tmp/a.vib'], 'update');
      host.keeper.stop();
    } catch {
      isDone = false;
    }
    disk.stepsLeft = Number.POSITIVE_INFINITY;
    const next = bootFrom(disk);
    const version = next.files.readText('/opt/tool/version');
    const state = next.files.readTextIfThere('/etc/version') ?? 'old';
    seen.add(`${version} ${state}`);
    assert.equal(next.packages.find('tool').vib.descriptor.version, version);
    const other = readBank(next.home, next.bank.name === 'bootbank' ? 'altbootbank' : 'bootbank');
    assert.notEqual(typeof other, 'string', `the other bank after ${steps} steps: ${JSON.stringify(other)}`);
    if (isDone) break;
  }
  assert.deepEqual([...seen].sort(), ['1.0 old', '2.0 new']);
});
