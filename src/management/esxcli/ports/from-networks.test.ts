// The network part of esxcli over real switches: which ports are a VM's.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { cable, firstNetworks, firstVmknics, Networks, nicName, Vmknics } from '#net';
import { networkPort } from './from-networks.ts';

const NOTHING = { wake: () => {}, setExpress: () => {}, changed: () => {} };

test('portsOf: the cards of that VM, not those of one whose name begins with its name', () => {
  const networks = new Networks(firstNetworks(), { ...NOTHING, nowMs: () => 0 });
  const names = ['web', 'web.old', 'web.eth0'];
  for (const [id, name] of names.entries()) {
    for (const index of [0, 1]) {
      const station = { name: nicName(name, index), mac: 0x00_50_56_00_00_00 + id * 16 + index };
      networks.connect({ ...station, link: cable()[0], traffic: 'virtualMachine' }, 'VM Network');
    }
  }
  const stack = { now: () => 0, timers: { after: () => () => {} }, random: new SeededRandom(1) };
  const host = { networks, stack, hostName: () => 'esx1', changed: () => {} };
  const port = networkPort({
    ...{ networks, vmknics: new Vmknics(firstVmknics(1), host), addressOf: () => undefined },
    running: () => names.map((name, id) => ({ id, name, networks: ['VM Network'] })),
  });
  for (const [id, name] of names.entries()) {
    const macs = port.portsOf(id).map(({ mac }) => mac);
    assert.deepEqual(macs, [`00:50:56:00:00:${id}0`, `00:50:56:00:00:${id}1`], name);
  }
});
