// The conformance suite of file systems: directed cases over every one, and random walks held against the machine's own.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { isErrno, LayerStack, Ramdisks, Volumes } from '#kernel';
import { ManualClock } from '#lib';
import { HostDirectory } from '#storage';
import { type Actor, machineSubject, type Subject, viewSubject } from './file-system.ts';
import { CASES, type Need } from './file-system-cases.ts';
import { walkBoth } from './file-system-walk.ts';

const IS_ROOT = process.getuid?.() === 0;
/** The walk may climb, so that there are folders above the base in which it does no harm. */
const BELOW = 'r/'.repeat(24).slice(0, -1);
const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function machine(): Subject {
  const folder = mkdtempSync(join(tmpdir(), 'vmkernel-fs-'));
  folders.push(folder);
  makeOpenFolders(folder);
  return machineSubject(join(folder, BELOW));
}

function makeOpenFolders(folder: string): void {
  mkdirSync(join(folder, BELOW), { recursive: true });
  const subject = machineSubject(folder);
  for (let path = BELOW; ; path = path.slice(0, -2)) {
    subject.chmod(path, 0o777);
    if (path.length === 1) break;
  }
  subject.chmod('.', 0o777);
}

function memory(): Subject {
  const { vfs } = new Ramdisks(new ManualClock(1n));
  const view = vfs.view();
  let path = '/tmp';
  view.chmod(path, 0o777);
  for (const name of BELOW.split('/')) {
    path = `${path}/${name}`;
    assert.ok(!isErrno(view.mkdir(path, 0o777)));
    view.chmod(path, 0o777);
  }
  const mine = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  return viewSubject((actor) => vfs.view({ ...(actor ?? mine), groups: [] }), path);
}

/** Every file system, and what it does not have by design. */
interface Row {
  readonly name: string;
  readonly make: () => Subject;
  readonly lacks: readonly Need[];
}

/** As datastores are mounted: in a directory of volumes, and without links. */
function volume(): Subject {
  const folder = mkdtempSync(join(tmpdir(), 'vmkernel-fs-'));
  folders.push(folder);
  makeOpenFolders(folder);
  const clock = new ManualClock(1n);
  const { vfs } = new Ramdisks(clock);
  const fileSystem = new HostDirectory({ folder, type: 'VMFS-6' });
  assert.equal(new Volumes(vfs, clock).add({ name: 'one', uuid: '1-2-3-4', fileSystem }), undefined);
  return viewSubject(() => vfs.view(), `/vmfs/volumes/one/${BELOW}`);
}

/** Below folders that a package brought: what is made and changed there lies over the package's layer. */
function layered(): Subject {
  const { vfs } = new Ramdisks(new ManualClock(1n));
  const common = { mode: 0o777, uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0, mtimeSeconds: 0 };
  const paths = BELOW.split('/').map((_, depth) => `/opt${'/r'.repeat(depth + 1)}`);
  const entries = paths.map((path) => ({ ...common, kind: 'directory' as const, path }));
  new LayerStack(vfs).mount({ name: 'package', entries });
  const mine = { uid: common.uid, gid: common.gid };
  return viewSubject((actor) => vfs.view({ ...(actor ?? mine), groups: [] }), paths.at(-1) as string);
}

function datastore(): Subject {
  const folder = mkdtempSync(join(tmpdir(), 'vmkernel-fs-'));
  folders.push(folder);
  makeOpenFolders(folder);
  const { vfs } = new Ramdisks(new ManualClock(1n));
  const view = vfs.view();
  assert.ok(!isErrno(view.mkdir('/vmfs')));
  assert.ok(!isErrno(vfs.mount(new HostDirectory({ folder, type: 'test', links: true }), '/vmfs')));
  return viewSubject(() => view, `/vmfs/${BELOW}`);
}

const ROWS: readonly Row[] = [
  { name: "the machine's", make: machine, lacks: IS_ROOT ? [] : ['owners'] },
  { name: 'a folder', make: datastore, lacks: ['owners'] },
  { name: 'a volume', make: volume, lacks: ['hard links', 'symbolic links', 'owners'] },
  { name: 'memory over a layer', make: layered, lacks: IS_ROOT ? [] : ['owners'] },
  { name: 'memory', make: memory, lacks: IS_ROOT ? [] : ['owners'] },
];

for (const { name, make, lacks } of ROWS) {
  for (const each of CASES) {
    const missing = (each.needs ?? []).filter((need) => lacks.includes(need));
    const skip = missing.length === 0 ? false : `no ${missing.join(', ')}`;
    test(`${name}: ${each.promise}`, { skip }, () => {
      const subject = make();
      each.run(subject);
      subject.actAs(undefined);
      for (let slot = 0; slot < 10; slot++) subject.close(slot);
    });
  }
}

for (let seed = 1; seed <= 12; seed++) {
  test(`memory: walk ${seed} answers as the machine's file system does`, () => {
    walkBoth(memory(), machine(), { seed, steps: 1500, without: ['chown'] });
  });
}

for (let seed = 50; seed < 56; seed++) {
  test(`a folder: walk ${seed} answers as the machine's file system does`, {
    skip: IS_ROOT ? false : 'files show root as their owner',
  }, () => {
    walkBoth(datastore(), machine(), { seed, steps: 1500, without: ['chown'] });
  });
}

/** Kernels that refuse links to what one cannot write would refuse more than POSIX says. */
const hardlinksAreFree = () => readFileSync('/proc/sys/fs/protected_hardlinks', 'utf8').trim() === '0';

const ACTORS: readonly Actor[] = [
  undefined,
  { uid: 1001, gid: 1001 },
  { uid: 1002, gid: 1001 },
  { uid: 1003, gid: 1003 },
];
for (let seed = 100; seed < 112; seed++) {
  test(`memory: walk ${seed} of several users answers as the machine's file system does`, {
    skip: IS_ROOT ? false : 'only root can act as others',
  }, () => {
    // What realpath says first of several troubles is its own affair.
    const without = hardlinksAreFree() ? (['realpath'] as const) : (['realpath', 'link'] as const);
    walkBoth(memory(), machine(), { seed, steps: 1500, actors: ACTORS, without });
  });
}
