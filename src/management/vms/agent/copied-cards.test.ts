/** The script of a copy's guest, run by this machine's shell with folders in place of /proc and /sys. */
import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { VmNic } from '#vmm';
import { copiedCards } from './copied-cards.ts';

const OLD = '00:0c:29:00:00:01';
const NEW = '00:0c:29:00:00:02';
const CLIENT = 'udhcpc\0-b\0-i\0eth0\0-s\0/etc/udhcpc.sh\0';

const card = (address: string): VmNic => ({
  ...{ index: 0, address, networkName: 'VM Network', addressType: 'generated', startConnected: true },
});

/** A guest of folders, with a card that has the parent's address; what is run in it is written down. */
class FakeGuest {
  readonly #home = mkdtempSync(join(tmpdir(), 'vmk-cards-'));
  readonly #processes: ChildProcess[] = [];

  constructor(t: TestContext) {
    t.after(() => {
      for (const process of this.#processes) process.kill('SIGKILL');
      rmSync(this.#home, { recursive: true });
    });
    for (const folder of ['proc', 'bin', 'sys/class/net/eth0', 'run/vmk']) {
      mkdirSync(join(this.#home, folder), { recursive: true });
    }
    writeFileSync(join(this.#home, 'sys/class/net/eth0/address'), `${OLD}\n`);
    for (const name of ['ip', 'udhcpc']) {
      const script = `#!/bin/sh\necho ${name} "$@" >>${this.#home}/log\n`;
      writeFileSync(join(this.#home, 'bin', name), script, { mode: 0o755 });
    }
  }

  /** A process that can be killed, under its number. */
  begin(files: Readonly<Record<'comm' | 'cmdline' | 'environ', string>>): ChildProcess {
    const process = spawn('sleep', ['600'], { stdio: 'ignore' });
    this.#processes.push(process);
    const folder = join(this.#home, 'proc', String(process.pid));
    mkdirSync(folder);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    return process;
  }

  /** A process that is seen in the list, does `act` when it is looked at, and is gone then. */
  async endWhenLookedAt(number: number, act: () => void): Promise<void> {
    const folder = join(this.#home, 'proc', String(number));
    mkdirSync(folder);
    execFileSync('mkfifo', [join(folder, 'comm')]);
    const comm = await open(join(folder, 'comm'), 'w');
    act();
    rmSync(folder, { recursive: true });
    await comm.close();
  }

  /** Runs the script of a copy; resolves to what it has run, line by line. */
  async run(): Promise<string[]> {
    const script = (copiedCards([card(OLD)], [card(NEW)]) as string).replaceAll(
      /\/(proc|sys|run)\//g,
      `${this.#home}/$1/`,
    );
    const shell = spawn('sh', ['-c', script], {
      stdio: 'inherit',
      env: { PATH: `${this.#home}/bin:${process.env['PATH']}` },
    });
    assert.deepEqual(await once(shell, 'exit'), [0, null]);
    return readFileSync(join(this.#home, 'log'), 'utf8').trimEnd().split('\n');
  }
}

const CHANGED = ['ip link set eth0 down', `ip link set eth0 address ${NEW} up`];
const ASKED = 'udhcpc -b -t 3 -A 15 -i eth0 -s /etc/udhcpc.sh';

test('copiedCards: a client that goes on under another number while it is looked for is ended, and a new one asks', async (t) => {
  const guest = new FakeGuest(t);
  let client: ChildProcess | undefined;
  const met = guest.endWhenLookedAt(1, () => {
    client = guest.begin({ comm: 'udhcpc\n', cmdline: CLIENT, environ: '' });
  });
  assert.deepEqual(await guest.run(), [...CHANGED, ASKED]);
  await met;
  assert.ok(client, 'the first one was looked at');
  assert.equal(client.signalCode ?? (await once(client, 'exit'))[1], 'SIGKILL');
});

test('copiedCards: what the client runs for an answer is ended with it; clients of other cards go on', async (t) => {
  const guest = new FakeGuest(t);
  const script = { comm: 'udhcpc.sh\n', cmdline: '/bin/sh\0/etc/udhcpc.sh\0bound\0' };
  const own = guest.begin({ ...script, environ: 'dns=10.0.2.3\0interface=eth0\0ip=10.0.2.15\0' });
  const others = [
    guest.begin({ ...script, environ: 'interface=eth01\0ip=10.0.2.16\0' }),
    guest.begin({ comm: 'udhcpc\n', cmdline: CLIENT.replace('eth0', 'eth1'), environ: '' }),
  ];
  assert.deepEqual(await guest.run(), [...CHANGED, ASKED]);
  assert.equal(own.signalCode ?? (await once(own, 'exit'))[1], 'SIGKILL');
  for (const other of others) assert.equal(other.signalCode, null);
});

test('copiedCards: without a client the card loses its addresses', async (t) => {
  const guest = new FakeGuest(t);
  assert.deepEqual(await guest.run(), [CHANGED[0], 'ip addr flush dev eth0', CHANGED[1]]);
});
