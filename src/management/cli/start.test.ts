// Tests of "vmk start" with a host of the test: what the person is told when the console is left.
import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { Duplex, PassThrough } from 'node:stream';
import { test } from 'node:test';
import { HostError } from '#lib';
import type { HostClient } from '../local/client.ts';
import { mainIn } from './main.ts';

/** Joins a host that is up already, whose console ends at once; `list` answers each look at the machines. */
async function start(list: readonly (() => unknown)[]) {
  const stdin = Object.assign(new PassThrough(), { isTTY: false });
  const stdout = Object.assign(new PassThrough(), { isTTY: false });
  const errors: string[] = [];
  const stderr = { isTTY: false, write: (text: string) => errors.push(text) };
  const process = Object.assign(new EventEmitter(), {
    stdin,
    stdout,
    stderr,
    exit: () => assert.fail('exit'),
  });
  const answers = [...list];
  const client: HostClient = {
    async call<T>(name: string) {
      assert.equal(name, 'vm.list');
      return answers.shift()?.() as T;
    },
    async console() {
      const stream = new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() });
      setImmediate(() => stream.push(null));
      return stream;
    },
    gone: async () => {},
  };
  const status = await mainIn(['start'], {
    ...{ process: process as never, runMachine: () => assert.fail('no machine is to run') },
    guest: () => assert.fail('no guest is to be fetched'),
    restart: () => assert.fail('nothing is to start anew'),
    bringUp: () => Promise.reject(new HostError('host-running', { path: '/home' })),
    connect: () => client,
  });
  return { status, last: errors.at(-1) };
}

const machine = (state: string) => () => ({ vms: [{ name: 'debian', state }] });

test('start: a machine on the host of another goes on when its console is left', async () => {
  const { status, last } = await start([machine('powered on'), machine('powered on')]);
  assert.deepEqual(
    [status, last],
    [0, 'vmk: the machine debian goes on; "vmk vm console debian" joins it again\n'],
  );
});

test('start: when that host has ended meanwhile it says so', async () => {
  const absent = () => {
    throw new HostError('host-absent', { path: '/home/run/vmk.sock', reason: 'nothing listens there' });
  };
  const { status, last } = await start([machine('powered on'), absent]);
  assert.deepEqual([status, last], [0, 'vmk: the host has ended, and the machine debian with it\n']);
});
