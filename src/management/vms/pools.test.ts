// Resource pools with a host of the test's own: the tree, what is kept, what is refused.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HostError, SeededRandom } from '#lib';
import { type Pool, Pools } from './pools.ts';

function make(kept?: string) {
  let text = kept;
  const told: string[] = [];
  const warned: string[] = [];
  const vms = [{ name: 'a', pool: 'web' }];
  let most = Infinity;
  const parts = {
    file: { read: () => text, replace: (next: string) => void (text = next) },
    host: {
      set(pool: Pool) {
        if (pool.memReservationMib > most) throw new HostError('memory-admission', { reason: 'too much' });
        told.push(`set ${pool.id} ${pool.name} ${pool.memReservationMib}`);
      },
      remove: ({ id }: Pool) => void told.push(`remove ${id}`),
    },
    members: (pool: string) =>
      vms
        .filter((vm) => vm.pool === pool)
        .map((vm) => ({ name: vm.name, notePool: (name: string) => void (vm.pool = name) })),
    warn: (line: string) => void warned.push(line),
  };
  const open = () => {
    const pools = new Pools(parts);
    pools.load();
    return pools;
  };
  return { open, told, warned, vms, limit: (mib: number) => void (most = mib), text: () => text ?? '' };
}

const names = (pools: Pools): string[] => pools.all.map(({ name }) => name);

test('create: a tree, kept for the next host, which makes it anew from the top', () => {
  const { open, told } = make();
  const pools = open();
  pools.create('web', '', { cpuShares: 'high', memReservationMib: 64 });
  pools.create('back', 'Resources', {});
  pools.create('front', 'web', { cpuExpandable: false });
  assert.deepEqual(names(pools), ['web', 'front', 'back']);
  told.length = 0;
  const again = open();
  assert.deepEqual(told, ['set 1 web 64', 'set 3 front 0', 'set 2 back 0']);
  assert.deepEqual(again.all, pools.all);
  assert.equal(again.find('3')?.name, 'front');
  assert.equal(again.find('Resources'), undefined);
  assert.equal(again.create('new', '', {}).id, 4);
});

test('create: what a host cannot give, or cannot be called so, leaves nothing', () => {
  const { open, limit, text } = make();
  const pools = open();
  limit(10);
  assert.throws(() => pools.create('web', '', { memReservationMib: 11 }), { code: 'memory-admission' });
  for (const name of ['', '7', 'a/b', '.a', ' a', 'a\n', 'x'.repeat(81), 'Resources']) {
    assert.throws(() => pools.create(name, '', {}), { code: 'pool-refused' }, JSON.stringify(name));
  }
  assert.throws(() => pools.create('a', 'none', {}), { code: 'no-such-pool' });
  pools.create('a', '', {});
  assert.throws(() => pools.create('a', '', {}), /there is one of that name/);
  for (let i = 0; i < 7; i++) pools.create(`b${i}`, i === 0 ? 'a' : `b${i - 1}`, {});
  assert.throws(() => pools.create('c', 'b6', {}), /at most 8 deep/);
  assert.ok(!text().includes('"c"'));
});

test('change: a new name is told to the VMs; what is refused changes nothing', () => {
  const { open, limit, vms } = make();
  const pools = open();
  const before = pools.create('web', '', {});
  pools.change('web', { name: 'net', memLimitMib: 100 });
  assert.deepEqual(pools.all, [{ ...before, name: 'net', memLimitMib: 100 }]);
  assert.deepEqual(vms, [{ name: 'a', pool: 'net' }]);
  limit(10);
  assert.throws(() => pools.change('net', { memReservationMib: 11 }), { code: 'memory-admission' });
  assert.equal(pools.find('net')?.memReservationMib, 0);
  assert.throws(() => pools.change('Resources', {}), /it is the host itself/);
});

test('delete: only when nothing is inside', () => {
  const { open, told, vms } = make();
  const pools = open();
  pools.create('web', '', {});
  pools.create('front', 'web', {});
  assert.throws(() => pools.delete('web'), /there is something in it: pool "front", VM "a"/);
  pools.delete('front');
  vms.length = 0;
  pools.delete('web');
  assert.deepEqual(told.slice(-2), ['remove 2', 'remove 1']);
  assert.deepEqual(open().all, []);
});

test('load: what cannot be guaranteed any more is kept, and told', () => {
  const { open, told, warned, limit } = make();
  open().create('web', '', { memReservationMib: 64 });
  limit(10);
  const pools = open();
  assert.equal(told.at(-1), 'set 1 web 0');
  assert.match(warned.join(), /pool "web" has no reservation on this host: .*too much/);
  assert.equal(pools.find('web')?.memReservationMib, 64);
});

test('load: a damaged list is refused, whatever is wrong', () => {
  const { open, text } = make();
  const pools = open();
  pools.create('web', '', {});
  pools.create('front', 'web', {});
  const whole = text();
  for (const bad of ['', '{', 'null', '[]', '{"nextId":1}', '{"nextId":1,"pools":[null]}']) {
    assert.throws(make(bad).open, { code: 'archive-damaged' }, bad);
  }
  for (const [from, to] of [
    ['"parent": 1', '"parent": 9'],
    ['"id": 2', '"id": 1'],
    ['"id": 1', '"id": 0'],
    ['"normal"', '"much"'],
    ['true', '1'],
    ['"unlimited"', '0'],
    ['"web"', '"a/b"'],
  ] as const) {
    assert.ok(whole.includes(from), from);
    assert.throws(make(whole.replace(from, to)).open, { code: 'archive-damaged' }, to);
  }
});

test('load: any text is read or refused', () => {
  const { open, text } = make();
  open().create('web', '', {});
  const whole = text();
  const random = new SeededRandom(4);
  for (let round = 0; round < 300; round++) {
    const at = random.below(whole.length);
    const damaged =
      whole.slice(0, at) + String.fromCharCode(random.below(128)) + whole.slice(at + random.below(4));
    try {
      make(damaged).open();
    } catch (error) {
      assert.ok(error instanceof HostError && error.code === 'archive-damaged', damaged);
    }
  }
});
