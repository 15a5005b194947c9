/**
 * Two guests of one host: what the network benchmark measures of ours. The one that measures is on standard output; its
 * first card leads through the NAT to the host, its second one to the other guest, on a switch without an uplink.
 * lab.ts KERNEL CLIENT-INITRAMFS SERVER-INITRAMFS
 */
import { Cpus, type VmHandle } from '#host';
import { firstNetworks, type LanePort, type Plug, VM_NETWORK } from '#net';
import { HostNetwork } from '../../src/host/network/host-network.ts';
import { openNatUplink } from '../../src/host/network/nat-uplink.ts';

const MIB = 2 ** 20;
const PAIR = 'pair';
const MACS = { outside: 0x52_54_00_00_00_01, client: 0x52_54_00_00_00_02, server: 0x52_54_00_00_00_03 };
const [kernel = '', clientPath = '', serverPath = ''] = process.argv.slice(2);

const cpus = new Cpus({
  ...{ cpus: 2, memoryBytes: 1024 * MIB, engine: 'jit', hasNetwork: true },
  report: (line) => process.stderr.write(`${line}\n`),
});
const { lanes } = cpus;
if (lanes === undefined) throw new Error('the pCPUs have no switch ports');
const network = new HostNetwork({
  ...{ lanes, config: firstNetworks(), keep: () => {} },
  wallNanoseconds: () => BigInt(Date.now()) * 1_000_000n,
});
const { networks } = network;
networks.addSwitch(PAIR);
networks.addGroup(PAIR, PAIR);
const nat = openNatUplink();
network.start([nat.device]);

const server = await start('server', serverPath, [[MACS.server, PAIR]], () => {});
const client = await start(
  'client',
  clientPath,
  [
    [MACS.outside, VM_NETWORK],
    [MACS.client, PAIR],
  ],
  (bytes) => process.stdout.write(bytes),
);
await Promise.all([client.ended, server.ended]);
await network.close();
nat.close();
await cpus.close();

function start(
  name: string,
  initramfs: string,
  cards: readonly (readonly [mac: number, group: string])[],
  write: (bytes: Uint8Array) => void,
): Promise<VmHandle> {
  const plugs: Plug[] = [];
  return cpus.startVm(
    {
      ...{ name, cpus: 1, memoryBytes: 256 * MIB, kernel, initrd: [initramfs], append: 'quiet' },
      ...{ disks: [], console: 'serial', deterministic: false, trace: [] },
      nics: cards.map(([mac]) => ({ mac, mtuBytes: 1500, isUp: true })),
    },
    {
      write: (bytes) => {
        write(bytes);
        return true;
      },
      drained: () => Promise.resolve(),
      lines: (text, done) => void process.stderr.write(text, () => done()),
    },
    {},
    undefined,
    {
      plug: (ports) => {
        for (const [i, [mac, group]] of cards.entries()) {
          const lane = ports[i] as LanePort;
          const traffic = 'virtualMachine';
          const plug = networks.connect({ name: `${name}.eth${i}`, mac, link: lane, lane, traffic }, group);
          lane.onReception((listened, wantsAll) => plug.net.setReception(plug.port, listened, wantsAll));
          plugs.push(plug);
        }
      },
      unplug: () => {
        for (const plug of plugs) plug.unplug();
      },
    },
  );
}
