/** Steps of the boot about VMs and the local API. */
import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { MEMORY_OPTIONS, type MemoryOptions } from '#kernel';
import { HostError, reasonOf, usageError } from '#lib';
import {
  ACCOUNT_CALLS,
  type AccountServices,
  type Call,
  DATASTORE_CALLS,
  ESXCLI_CALLS,
  type EsxcliServices,
  HOST_CALLS,
  type HostServices,
  Inventory,
  type KeptLog,
  LocalServer,
  type LocalService,
  NAT_CALLS,
  type NatServices,
  NET_CALLS,
  type NetServices,
  type NicAddress,
  POOL_CALLS,
  Pools,
  type RunningVm,
  SETTINGS_CALLS,
  type SettingsServices,
  TAP_CALLS,
  type TapServices,
  TEMPLATE_CALLS,
  TOP_CALLS,
  type TopServices,
  VM_CALLS,
  VMKNIC_CALLS,
  type VmknicServices,
  type VmRunner,
  type VmToRun,
  VXLAN_CALLS,
  type VxlanServices,
} from '#management';
import { formatMac, ipText } from '#net';
import { targetText } from '#system';
import { Cpus } from '../cpus.ts';
import { DatastoreSchedules } from '../datastore-schedules.ts';
import { codeFolder } from '../kept-code/folder.ts';
import { HostPools } from '../pool-host.ts';
import { removeBrokenSaves } from '../snapshot-file.ts';
import { vmRunner } from '../vm-runner.ts';
import { AUTOSTART_PATH, openAutostart } from './autostart.ts';
import { datastoreFacts } from './datastore-facts.ts';
import { esxcliHost } from './esxcli.ts';
import { followVms } from './events.ts';
import { hostTop } from './host-top.ts';
import { logReader } from './log-reader.ts';
import type { HostParts } from './parts.ts';
import { localSoap } from './vim.ts';
import { VmLogs } from './vm-logs.ts';

const INVENTORY_PATH = '/etc/vmware/hostd/vmInventory.json';
const LIMITS_PATH = '/etc/vmware/hostd/datastores.json';
const POOLS_PATH = '/etc/vmware/hostd/pools.json';
/** Whoever may open the local socket. */
const LOCAL_USER = 'root';
const FIRST_DATASTORE = 'datastore1';

/** The pCPUs, with machine memory for all VMs. */
export function openCpus(parts: HostParts): void {
  const { pcpus: cpus, memoryBytes } = parts.config;
  const { options } = parts.settings;
  const report = (line: string) => parts.logger.error(line);
  const settings = Object.entries(MEMORY_OPTIONS).map(([key, { name }]) => [key, options.integer(name)]);
  const managed = Object.fromEntries(settings) as MemoryOptions;
  parts.cpus = new Cpus({
    ...{ cpus, memoryBytes, engine: 'jit', managed, hasNetwork: true, report },
    codeFolder: parts.config.keepsNoCode ? undefined : codeFolder(),
  });
  options.onChange(({ key: name, value }) => {
    const [key] = Object.entries(MEMORY_OPTIONS).find(([, row]) => row.name === name) ?? [];
    if (key !== undefined) parts.cpus.hostMemory?.setOptions({ [key]: value });
  });
}

/** The VMs of the last time. A change of the list is saved at once: who made a VM finds it again, whatever happens. */
export function openMachines(parts: HostParts, report: (activity: string) => void): void {
  const { settings } = parts;
  const log = parts.loggerOf('hostd');
  const host = new HostPools(parts.cpus);
  parts.pools = new Pools({
    file: keptAt(parts, POOLS_PATH),
    host,
    members: (pool) => parts.vms.all.filter(({ settings: { pool: name } }) => name === pool),
    warn: (line) => log.warning(line),
  });
  parts.pools.load();
  const logs = new VmLogs(parts.version, () => parts.clock.wallNanoseconds(), log);
  const placeOf = (pool: string) => host.placeOf(parts.pools.find(pool));
  const { cpus, network } = parts;
  parts.schedules = new DatastoreSchedules(keptAt(parts, LIMITS_PATH));
  const { schedules } = parts;
  const runner = vmRunner({
    ...{ cpus, network, schedules, report, log: (line: string) => log.info(line), placeOf },
    offsetMs: () => parts.clock.offsetMs,
  });
  const begin = (vm: VmToRun): void => {
    const objection = settings.maintenance.objection;
    if (objection !== undefined) {
      throw new HostError('vm-refused', { action: 'start', vm: vm.name, reason: objection });
    }
    logs.begin(vm);
  };
  const guarded = guardedRunner(parts, runner, begin);
  const { volumes } = parts.config.paths;
  const heard: ConstructorParameters<typeof Inventory>[2] = (vm, line) => {
    log.info(`${vm.name}: ${line}`);
    logs.write(vm.folder.path, line);
    // The line comes before the change.
    queueMicrotask(() => {
      if (vm.state !== 'off') return;
      logs.end(vm.folder.path);
      parts.vmStopped();
    });
  };
  parts.vms = new Inventory(keptAt(parts, INVENTORY_PATH), guarded, heard, volumes);
  parts.vms.load();
  followVms(parts);
  openAutostart(parts, keptAt(parts, AUTOSTART_PATH));
  for (const { reason } of parts.vms.lost) log.warning(`a VM cannot be read: ${reason}`);
}

/** Runs a machine while no other host may: who has its folder is told by the locks of the datastore. @throws HostError */
async function locked<Running extends RunningVm>(
  { locks, loggerOf }: HostParts,
  folder: string,
  start: () => Promise<Running>,
): Promise<Running> {
  const datastore = locks.get(dirname(folder));
  const release = (): void => {
    datastore?.release(basename(folder)).catch((error: unknown) => {
      loggerOf('hostd').warning(`the lock of ${folder} cannot be given back: ${reasonOf(error)}`);
    });
  };
  await datastore?.take(basename(folder));
  try {
    removeBrokenSaves(folder);
    const running = await start();
    void running.ended.then(release);
    return running;
  } catch (error) {
    release();
    throw error;
  }
}

/** @param begin - hears of each machine before it starts, and may throw */
function guardedRunner(parts: HostParts, runner: VmRunner, begin: (vm: VmToRun) => void): VmRunner {
  const { labs } = runner;
  const start: VmRunner['start'] = async (vm, ...asked) => {
    begin(vm);
    return await locked(parts, vm.folder, () => runner.start(vm, ...asked));
  };
  const holder = (folder: string) => parts.locks.get(dirname(folder))?.holderOf(basename(folder));
  if (labs === undefined) return { ...runner, start, holder };
  return {
    ...runner,
    start,
    holder,
    labs: {
      ...labs,
      async record(vm, ...asked) {
        begin(vm);
        return await locked(parts, vm.folder, () => labs.record(vm, ...asked));
      },
      async debug(vm, ...asked) {
        begin(vm);
        return await locked(parts, vm.folder, () => labs.debug(vm, ...asked));
      },
    },
  };
}

/** A file below /etc that is saved at each change. */
function keptAt({ files, keeper }: HostParts, path: string): KeptLog {
  return {
    read: () => files.readTextIfThere(path),
    replace(text) {
      files.makeFolders(dirname(path));
      files.write(path, text);
      keeper.save();
    },
    append: (text) => keeper.append(files, path, text),
    saved: () => keeper.saved(),
  };
}

/** Each in the way that autostart says: switched off, suspended, or by its guest. */
export async function stopMachines({ autostart, vms }: HostParts): Promise<void> {
  await Promise.all(vms.all.map(({ exact }) => exact.close()));
  await autostart.powerOff();
}

export function hostServices(parts: HostParts, shutDown: HostServices['shutDown']): HostServices {
  const { config, version, vms, pools, startedMs } = parts;
  return {
    vms,
    pools,
    autostart: parts.autostart,
    datastores: datastores(parts, () => datastoreFacts(parts)),
    facts: () => ({
      ...{ version, pid: process.pid, home: config.paths.home, pcpus: config.pcpus },
      ...{ startedMs: startedMs + parts.clock.offsetMs, uptimeMs: Date.now() - startedMs },
      ...{ vms: vms.all.length, running: vms.running.length },
    }),
    addresses: (vm) => addressesOf(parts, vm),
    shutDown,
    backup: () => parts.keeper.save({ force: true }),
    crash: (what, number) =>
      what === 'pcpu' ? parts.cpus.kill(number) : (parts.cpus.hostMemory?.kill() ?? Promise.resolve()),
  };
}

/** Cards of a VM that are plugged in, with what the NAT knows of who is behind them. */
function addressesOf({ network, hostNat }: HostParts, vm: string): readonly NicAddress[] {
  const guests = hostNat.guests();
  return network.networks.ports.flatMap(({ port }) => {
    const { name } = port.station;
    const nic = name.slice(vm.length + 1);
    if (name !== `${vm}.${nic}` || !/^eth\d+$/.test(nic)) return [];
    const guest = guests.find(({ mac }) => mac === port.mac);
    const address = guest === undefined ? '' : ipText(guest.address);
    return [{ nic, mac: formatMac(port.mac), network: port.portGroup, address, hostName: guest?.name ?? '' }];
  });
}

/** What calls of the local API work on. */
type AllServices = HostServices &
  EsxcliServices &
  AccountServices &
  SettingsServices &
  TopServices &
  NetServices &
  NatServices &
  VmknicServices &
  VxlanServices &
  TapServices;

/** The socket in the home folder. */
export async function openLocal(parts: HostParts): Promise<void> {
  const { config } = parts;
  parts.services = parts.makeServices();
  const service = localService(parts);
  const server = new LocalServer<AllServices>(service);
  await server.listen(config.paths.socket);
  parts.local = server;
  const { calls, context } = service;
  parts.remote = {
    invoke: (name, given, user) =>
      parts.actors.run({ user }, () => (calls[name] as Call<AllServices>).invoke(name, context, given)),
    vmEntity: (vm) => String(parts.vms.find(vm).id),
    findConsole: (vm) => service.findConsole(vm),
    report: (line) => service.report(line),
  };
}

function localService(parts: HostParts): LocalService<AllServices> {
  const { vms } = parts;
  return {
    calls: {
      ...VM_CALLS,
      ...POOL_CALLS,
      ...TEMPLATE_CALLS,
      ...DATASTORE_CALLS,
      ...HOST_CALLS,
      ...ESXCLI_CALLS,
      ...ACCOUNT_CALLS,
      ...SETTINGS_CALLS,
      ...TOP_CALLS,
      ...NET_CALLS,
      ...NAT_CALLS,
      ...VMKNIC_CALLS,
      ...VXLAN_CALLS,
      ...TAP_CALLS,
    },
    context: {
      ...parts.services,
      esxcli: esxcliHost(parts),
      accounts: parts.accounts,
      top: hostTop(parts),
      network: parts.network,
      ...{ vmknics: parts.vmknics, nat: parts.hostNat, tunnels: parts.tunnels, taps: parts.taps },
      nicOf: (mac) => parts.network.nicOf(mac),
      services: parts.settings.services,
      logs: logReader(() => parts.logs, parts.files),
      remoteLogs: () =>
        parts.logs.remotes().map(({ target, ...status }) => ({ target: targetText(target), ...status })),
    },
    findConsole: (name) => {
      const vm = vms.find(name);
      return (stream) => vm.console.join(stream);
    },
    soap: localSoap(parts),
    around: (work) => parts.actors.run({ user: LOCAL_USER }, work),
    report: (line) => parts.loggerOf('hostd').error(line),
  };
}

function datastores(
  { config, locks, schedules }: HostParts,
  list: HostServices['datastores']['list'],
): HostServices['datastores'] {
  const { volumes } = config.paths;
  const folder = (name = FIRST_DATASTORE): string => {
    if (readdirSync(volumes).includes(name)) return join(volumes, name);
    throw usageError(`there is no datastore "${name}"`);
  };
  return {
    folder,
    list,
    limit: (name) => schedules.limitOf(folder(name)),
    setLimit: (name, iops) => schedules.setLimit(folder(name), iops),
    holders(name) {
      const known = locks.get(folder(name));
      return { locks: known?.list() ?? [], hosts: known?.hosts() ?? [] };
    },
    resolve(path) {
      const [, name, rest = ''] = /^\[([^\]]*)\]\s*(.*)$/.exec(path) ?? [];
      return name === undefined ? path : join(folder(name), rest);
    },
  };
}
