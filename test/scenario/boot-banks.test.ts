// The power goes between any two writes of a save and of an update: each boot comes up with the old or the new, whole.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { baseDescriptor, buildVib, machineDisk } from '#system';
import { bootHost } from './boot-bank-host.ts';

const CHILD = join(import.meta.dirname, 'boot-bank-child.ts');
const NEVER = '1000000';
const folder = mkdtempSync(join(tmpdir(), 'vmkernel-banks-'));
after(() => rmSync(folder, { recursive: true }));

type Host = ReturnType<typeof bootHost>;

/** Runs a host; answers whether it came to its end, or was killed. */
function run(home: string, action: string, step: number | string = NEVER, argument = ''): boolean {
  const child = spawnSync(process.execPath, [CHILD, home, action, String(step), argument], {
    encoding: 'utf8',
  });
  if (child.signal === 'SIGKILL') return false;
  assert.equal(child.status, 0, child.stderr);
  return true;
}

function boot(home: string): Host {
  return bootHost(machineDisk(), home);
}

function package_(version: string): string {
  const path = join(folder, `tool-${version}.vib`);
  const bytes = buildVib({
    descriptor: { ...baseDescriptor(version), name: 'tool' },
    payloadName: 'files',
    entries: [
      {
        ...{ kind: 'file', path: 'opt/tool/version', mode: 0o644, uid: 0, gid: 0, mtimeSeconds: 0 },
        data: new TextEncoder().encode(version),
      },
    ],
  });
  assert.ok(typeof bytes !== 'string');
  writeFileSync(path, bytes);
  return path;
}

/** Kills a host before each of its writes, each time in a copy of `before`, and looks at what boots then. */
function killEverywhere(before: string, action: string, argument: string, look: (host: Host) => string) {
  const seen: string[] = [];
  for (let step = 0; ; step++) {
    const home = join(folder, 'killed');
    rmSync(home, { recursive: true, force: true });
    cpSync(before, home, { recursive: true });
    const isWhole = run(home, action, step, argument);
    seen.push(look(boot(home)));
    if (isWhole) return seen;
  }
}

test('a save: wherever it is killed, the next boot has the old state or the new one', () => {
  const home = join(folder, 'save');
  run(home, 'save', NEVER, 'old');
  const seen = killEverywhere(home, 'save', 'new', ({ state }) => state);
  assert.ok(seen.length >= 6, `${seen.length} steps`);
  assert.deepEqual([...new Set(seen)], ['old,old,old', 'new,new,new']);
});

test('an update: wherever it is killed, the next boot has the old packages or the new ones, and the state', () => {
  const home = join(folder, 'update');
  run(home, 'save', NEVER, 'kept');
  run(home, 'update', NEVER, package_('1.0'));
  assert.equal(boot(home).version, '1.0');
  const seen = killEverywhere(home, 'update', package_('2.0'), ({ file, version, state }) => {
    assert.equal(file, version);
    return `${version} ${state}`;
  });
  assert.ok(seen.length > 20, `${seen.length} steps`);
  assert.deepEqual([...new Set(seen)], ['1.0 kept,kept,kept', '2.0 kept,kept,kept']);
});

test('a save while an update waits: wherever it is killed, the update comes with the old state or the new one', () => {
  const home = join(folder, 'waiting');
  run(home, 'save', NEVER, 'old');
  run(home, 'update', NEVER, package_('1.0'));
  assert.equal(boot(home).version, '1.0');
  const seen = killEverywhere(home, 'update+save', package_('2.0'), ({ file, version, state }) => {
    assert.equal(file, version);
    return `${version} ${state}`;
  });
  assert.ok(seen.length >= 12, `${seen.length} steps`);
  assert.deepEqual([...new Set(seen)], ['2.0 old,old,old', '2.0 new,new,new']);
});

test('a bank that does not come up is left for the other, and nothing is left over', () => {
  const home = join(folder, 'fallback');
  run(home, 'update', NEVER, package_('1.0'));
  assert.equal(boot(home).version, '1.0');
  run(home, 'update', NEVER, package_('2.0'));
  // It is killed when it is marked as tried, before it is confirmed.
  assert.equal(run(home, 'boot', 6), false);
  const next = boot(home);
  assert.equal(next.version, '1.0');
  assert.match(next.notes.join(), /was tried and did not come up/);
  for (const bank of ['bootbank', 'altbootbank']) {
    assert.ok(readdirSync(join(home, bank)).length <= 4, readdirSync(join(home, bank)).join());
  }
});
