// Tests of layers: the last wins, what is changed is copied and paid for, what is taken away stays away.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualClock, SeededRandom } from '#lib';
import { ERRNO } from './errno.ts';
import { HostFiles } from './host-files.ts';
import { type Layer, type LayerEntry, LayerStack, layerProblem } from './layers.ts';
import { OpenFlag } from './open-file.ts';
import { Ramdisks } from './ramdisks.ts';

const COMMON = { uid: 0, gid: 0, mtimeSeconds: 7 };
const file = (path: string, text: string, mode = 0o644): LayerEntry => ({
  ...{ ...COMMON, kind: 'file', path, mode },
  data: new TextEncoder().encode(text),
});
const folder = (path: string, mode = 0o755): LayerEntry => ({ ...COMMON, kind: 'directory', path, mode });
const link = (path: string, target: string): LayerEntry => ({
  ...{ ...COMMON, kind: 'symlink', path, mode: 0o777, target },
});
const layer = (name: string, ...entries: LayerEntry[]): Layer => ({ name, entries });

function rig() {
  const ramdisks = new Ramdisks(new ManualClock(5n));
  const view = ramdisks.vfs.view();
  return { ramdisks, view, files: new HostFiles(view), stack: new LayerStack(ramdisks.vfs) };
}

function used(ramdisks: Ramdisks, name: string): readonly [kib: number, inodes: number] {
  const row = ramdisks.list().find((each) => each.name === name);
  return [row?.usedKib ?? -1, row?.usedInodes ?? -1];
}

test('layers: the last wins, and below it the other appears again', () => {
  const { files, stack } = rig();
  const [low, high] = [
    layer('low', file('/etc/a', 'low'), file('/etc/b', 'low'), file('/bin/tool', 'low', 0o755)),
    layer('high', file('/etc/a', 'high', 0o600), link('/bin/tool', '/etc/a'), file('/opt/x/y/z', 'deep')),
  ];
  stack.mount(low);
  stack.mount(high);
  assert.deepEqual([files.readText('/etc/a'), files.readText('/etc/b')], ['high', 'low']);
  assert.equal(files.readText('/bin/tool'), 'high');
  assert.equal(files.readText('/opt/x/y/z'), 'deep');
  assert.equal(files.status('/etc/a').mode, 0o600);
  assert.deepEqual([stack.originOf('/etc/a'), stack.originOf('/etc/b')], ['high', 'low']);
  stack.unmount(high);
  assert.equal(files.readText('/etc/a'), 'low');
  assert.equal(files.readText('/bin/tool'), 'low');
  assert.equal(files.exists('/opt/x'), false);
  stack.unmount(low);
  assert.equal(files.exists('/bin'), false);
  assert.deepEqual(files.list('/etc'), []);
});

test('layers: they cost nothing until something is changed, and then only the page and the inode', () => {
  const { ramdisks, view, stack } = rig();
  stack.mount(layer('low', file('/etc/big', 'x'.repeat(100_000)), link('/etc/l', 'y'.repeat(90))));
  assert.deepEqual(used(ramdisks, 'etc'), [0, 0]);
  const open = view.open('/etc/big', OpenFlag.readWrite);
  assert.ok('writeAt' in open);
  assert.equal(open.writeAt(new Uint8Array([0x79]), 50_000), 1);
  assert.deepEqual(used(ramdisks, 'etc'), [4, 1]);
  const content = new Uint8Array(100_001);
  assert.equal(open.readAt(content, 0), 100_000);
  assert.equal(new TextDecoder().decode(content.subarray(49_999, 50_002)), 'xyx');
  assert.equal(open.truncate(10), undefined);
  assert.equal(open.truncate(5000), undefined);
  assert.equal(open.readAt(content, 0), 5000);
  assert.equal(new TextDecoder().decode(content.subarray(8, 12)), 'xx\0\0');
  open.close();
  assert.equal(view.unlink('/etc/big'), undefined);
  assert.equal(view.unlink('/etc/l'), undefined);
  assert.deepEqual(used(ramdisks, 'etc'), [0, 0]);
});

test('layers: what differs from them is known', () => {
  const { files, view, stack } = rig();
  stack.mount(
    layer(
      'low',
      ...['a', 'b', 'c', 'd', 'd/x', 'e/f/g', 'h'].map((name) =>
        file(`/etc/${name}`.replace('d/x', 'dir/x'), name),
      ),
      folder('/etc/dir2', 0o700),
    ),
  );
  assert.deepEqual(stack.changesIn('/etc'), { changed: [], removed: [] });
  files.append('/etc/a', '!');
  view.chmod('/etc/b', 0o600);
  view.unlink('/etc/c');
  view.rename('/etc/dir', '/etc/moved');
  view.unlink('/etc/e/f/g');
  view.rmdir('/etc/e/f');
  view.link('/etc/h', '/etc/h2');
  view.mkdir('/etc/new');
  view.chmod('/etc/dir2', 0o755);
  files.write('/tmp/other', '');
  const { changed, removed } = stack.changesIn('/etc');
  assert.deepEqual([...changed].sort(), [
    ...['/etc/a', '/etc/b', '/etc/dir2', '/etc/h', '/etc/h2', '/etc/moved', '/etc/moved/x', '/etc/new'],
  ]);
  assert.deepEqual(removed, ['/etc/c', '/etc/dir', '/etc/e/f']);
  assert.equal(files.status('/etc/a').mode & 0o1000, 0o1000);
  assert.equal(files.status('/etc/d').mode & 0o1000, 0);
});

test('layers: what somebody changed or took away stays when one is added or removed', () => {
  const { files, view, stack } = rig();
  const high = layer('high', file('/etc/a', 'high'), file('/etc/b', 'high'), file('/etc/own', 'high'));
  stack.mount(layer('low', file('/etc/a', 'low'), file('/etc/b', 'low')));
  files.write('/etc/a', 'mine');
  files.write('/etc/own', 'mine');
  view.unlink('/etc/b');
  stack.mount(high);
  const check = () => {
    assert.deepEqual([files.readText('/etc/a'), files.readText('/etc/own')], ['mine', 'mine']);
    assert.equal(files.exists('/etc/b'), false);
  };
  check();
  stack.unmount(high);
  check();
});

test('layers: a full ramdisk refuses the copy', () => {
  const { view, stack } = rig();
  stack.mount(layer('low', file('/etc/a', 'x')));
  for (let i = 0; view.mkdir(`/etc/${i}`) === undefined; i++);
  assert.equal(view.chmod('/etc/a', 0o600), ERRNO.ENOSPC);
  assert.equal(view.writeFile('/etc/a', new Uint8Array(1)), ERRNO.ENOSPC);
  assert.equal(new TextDecoder().decode(view.readFile('/etc/a') as Uint8Array), 'x');
});

test('layers: whatever is mounted and unmounted, the tree is the layers laid one over the other', () => {
  const random = new SeededRandom(5);
  const { files, stack } = rig();
  const names = ['a', 'b', 'c/d', 'c/e', 'f/g/h'];
  for (let i = 0; i < 300; i++) {
    if (stack.layers.length > 0 && random.below(2) === 0) {
      stack.unmount(stack.layers[random.below(stack.layers.length)] as Layer);
    } else {
      const chosen = names.filter(() => random.below(2) === 0);
      stack.mount(layer(`l${i}`, ...chosen.map((name) => file(`/opt/${name}`, `l${i}`))));
    }
    const expected: Record<string, string> = {};
    for (const { name, entries } of stack.layers) for (const { path } of entries) expected[path] = name;
    for (const name of names)
      assert.equal(files.readTextIfThere(`/opt/${name}`), expected[`/opt/${name}`], name);
    const tops = new Set(Object.keys(expected).map((path) => path.split('/')[2]));
    assert.deepEqual(new Set(files.list('/opt').map(({ name }) => name)), tops);
  }
});

test('layerProblem: a layer whose paths contradict each other is named', () => {
  assert.equal(layerProblem(layer('x', file('/etc/a', ''), file('/etc/b', ''))), undefined);
  assert.match(layerProblem(layer('x', file('/etc/a', ''), file('/etc/a', ''))) ?? '', /twice/);
  assert.match(layerProblem(layer('x', link('/etc/a', '/tmp'), file('/etc/a/b/c', ''))) ?? '', /lies below/);
});
