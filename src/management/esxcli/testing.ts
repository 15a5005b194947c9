/** A host in memory for the tests of esxcli: real enough to answer every command that is here. */
import { Logger, SeededRandom } from '#lib';
import { cable, firstNetworks, firstVmknics, Networks, Vmknics } from '#net';
import {
  AdvancedOptions,
  DnsSettings,
  Firewall,
  LOGGERS,
  memorySettingsFiles,
  NtpSettings,
  Services,
} from '#system';
import type { Caller, Outcome } from './esxcli.ts';
import { esxcli } from './esxcli.ts';
import type { EsxcliHost } from './host.ts';
import type { AccountChange, AccountRow, PermissionRow } from './ports/accounts.ts';
import { networkPort } from './ports/from-networks.ts';
import type { NetworkPort } from './ports/network.ts';

const INSTALLED = 1_543_728_349_000_000_000n;

/** A host with these accounts; what commands did to it is in `log`. */
export function testHost(): EsxcliHost & { readonly log: string[] } {
  const log: string[] = [];
  const accounts = new Map<string, AccountRow>([
    ['root', { id: 'root', description: 'Administrator', shellAccess: true }],
    ['dcui', { id: 'dcui', description: 'DCUI User', shellAccess: false }],
    [
      'vpxuser',
      { id: 'vpxuser', description: 'VMware VirtualCenter administration account', shellAccess: false },
    ],
  ]);
  const permissions: PermissionRow[] = [
    { principal: 'dcui', group: false, role: 'Admin', roleDescription: 'Full access rights' },
    { principal: 'root', group: false, role: 'Admin', roleDescription: 'Full access rights' },
  ];
  const names = { host: 'esx1', domain: 'example.com' };
  let maintenance = false;
  const change = ({ id, description, shellAccess }: AccountChange) => {
    const before = accounts.get(id);
    accounts.set(id, {
      id,
      description: description ?? before?.description ?? '',
      shellAccess: shellAccess ?? before?.shellAccess ?? false,
    });
    return undefined;
  };
  return {
    log,
    accounts: {
      list: () => [...accounts.values()],
      create: (account, by) => {
        log.push(`${by} creates ${account.id} ${account.password ?? '-'}`);
        return change(account);
      },
      update: change,
      remove: (id) =>
        accounts.delete(id) ? undefined : { message: `The user or group named '${id}' does not exist.` },
    },
    permissions: {
      list: () => permissions,
      set: (principal, group, role) => {
        permissions.push({ principal, group, role, roleDescription: '' });
        return undefined;
      },
      unset: () => undefined,
    },
    identity: {
      names: () => names,
      setNames: (given) => {
        Object.assign(names, given);
        return undefined;
      },
      uuid: () => '5c0371b5-9d7c-4f4e-8f4d-000c29a1b2c3',
    },
    version: {
      version: () => ({
        product: 'VMkernel',
        version: '8.0.3',
        build: 'Releasebuild-1',
        update: '0',
        patch: '0',
      }),
    },
    clock: {
      wallNanoseconds: () => INSTALLED,
      set: (wallMs) => void log.push(`time ${new Date(wallMs).toISOString()}`),
    },
    uptime: { uptimeMicroseconds: () => 4_611_686_018_427_387_904n },
    boot: {
      installedWallNanoseconds: () => INSTALLED,
      bootFilesystemUuid: () => '5c0371b5-9d7c4f4e',
    },
    maintenance: {
      enabled: () => maintenance,
      set: (enabled) => {
        maintenance = enabled;
        return undefined;
      },
    },
    power: {
      shutdown: (how, delaySeconds, reason) => {
        log.push(`${how} in ${delaySeconds} s: ${reason}`);
        return undefined;
      },
    },
    hardware: {
      cpus: () => [{ id: 0, brand: 'AMD EPYC', coreSpeedHz: 2_000_000_000 }, { id: 1 }],
      cpuGlobal: () => ({ packages: 1, cores: 2, threads: 2 }),
      memory: () => ({ physicalBytes: 8_589_332_480n, numaNodes: 1 }),
    },
    platform: {
      platform: () => ({ uuid: '0x1 0x2', productName: 'VMkernel', vendorName: 'none', serialNumber: '' }),
    },
    network: testNetwork(),
    datastores: {
      list: () => [
        {
          mountPoint: '/vmfs/volumes/datastore1',
          volumeName: 'datastore1',
          uuid: '5d9b1c2e-0d2a-1f',
          mounted: true,
          type: 'OTHER',
          sizeBytes: 491_840_856_064n,
          freeBytes: 9_007_199_254_740_993n,
        },
      ],
    },
    ...settings(log),
    vms: {
      list: () => [
        {
          worldId: 2_099_719,
          processId: 0,
          cartelId: 2_099_718,
          uuid: '56 4d 6c',
          displayName: 'debian',
          configFile: '/vmfs/volumes/datastore1/debian/debian.vmx',
        },
      ],
      kill: (worldId, type) =>
        worldId === 2_099_719
          ? void log.push(`kill ${type}`)
          : { message: `Unable to find a virtual machine with the world ID ${worldId}.` },
    },
  };
}

/** A switch with an uplink, and an interface of the host. */
function testNetwork(): NetworkPort {
  const networks = new Networks(firstNetworks(), {
    ...{ nowMs: () => 0, wake: () => {}, setExpress: () => {}, changed: () => {} },
  });
  const [link] = cable();
  networks.addDevice({ name: 'vmnic0', link, mac: 0x02_00_00_00_00_01, driver: 'nat', speedMbps: 10_000 });
  networks.setGroup('VM Network', { vlan: 7 });
  const mac = 0x00_50_56_01_02_03;
  networks.connect({ name: 'web.eth0', mac, link: cable()[0], traffic: 'virtualMachine' }, 'VM Network');
  const vmknics = new Vmknics(firstVmknics(0x00_50_56_60_00_01), {
    networks,
    stack: { now: () => 0, timers: { after: () => () => {} }, random: new SeededRandom(1) },
    ...{ hostName: () => 'esx1', changed: () => {} },
  });
  vmknics.start();
  askForHost(networks);
  return networkPort({
    ...{ networks, vmknics, addressOf: (of) => (of === mac ? '10.0.2.15' : undefined) },
    running: () => [{ id: 7, name: 'web', networks: ['VM Network'] }],
  });
}

/** 10.0.2.6 asks who 10.0.2.4 is, and is gone. */
function askForHost(networks: Networks): void {
  const [link, far] = cable();
  const name = { name: 'asks', mac: 0x02_00_00_00_00_09, link, traffic: 'management' } as const;
  const plug = networks.connect(name, 'Management Network');
  const request =
    'ffffffffffff 020000000009 0806 0001080006040001 020000000009 0a000206 000000000000 0a000204';
  far.send({ bytes: new Uint8Array(Buffer.from(request.replaceAll(' ', ''), 'hex')) });
  plug.unplug();
}

/** Real settings, kept in memory. */
function settings(log: string[]) {
  const parts = {
    files: memorySettingsFiles(),
    logger: new Logger('test', () => {}, { wallNanoseconds: () => 0n }),
  };
  const firewall = new Firewall(parts);
  return {
    options: new AdvancedOptions(parts),
    firewall,
    dns: new DnsSettings(parts),
    ntp: new NtpSettings(parts),
    services: new Services({ ...parts, rulesets: firewall }),
    logs: {
      path: '/var/log',
      loggers: () => LOGGERS.map((row) => ({ row, sizeKib: 1024, rotations: 8 })),
      mark: (message: string) => void log.push(`mark ${message}`),
      reload: () => void log.push('reload'),
    },
  };
}

export const ROOT: Caller = { user: 'root', authorize: () => true };

/** Runs a command line that is written as one text, words apart by spaces, `'…'` one word. */
export function run(host: EsxcliHost, line: string, caller: Caller = ROOT): Promise<Outcome> {
  const words = [...line.matchAll(/'([^']*)'|[^\s']+/g)].map((match) => match[1] ?? match[0]);
  return esxcli(host, words, caller);
}
