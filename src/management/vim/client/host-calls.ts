/** Calls on the host, its services and its datastores, by the VIM API. */
import type { DatastoreRow } from '../../calls/services.ts';
import type { ServiceRow } from '../../calls/settings.ts';
import type { DatastoreSummary, HostListSummary, HostService } from '../table/vim25.d.ts';
import { type Given, type RemoteCall, text } from './call.ts';
import type { VimClient } from './vim-client.ts';

const HOST = ['HostSystem', 'ha-host'] as const;
const SERVICES = ['HostServiceSystem', 'serviceSystem'] as const;

async function facts(vim: VimClient) {
  const [found] = await vim.read('HostSystem', ['summary'], 'ha-host');
  const summary = found?.values['summary'] as HostListSummary;
  const vms = await vim.read('VirtualMachine', ['runtime.powerState']);
  return {
    version: summary.config.product?.fullName ?? '',
    startedMs: summary.runtime?.bootTime?.getTime() ?? 0,
    pcpus: summary.hardware?.numCpuThreads ?? 0,
    vms: vms.length,
    running: vms.filter(({ values }) => values['runtime.powerState'] === 'poweredOn').length,
  };
}

async function services(vim: VimClient): Promise<ServiceRow[]> {
  const [found] = await vim.read('HostServiceSystem', ['serviceInfo.service'], 'serviceSystem');
  return ((found?.values['serviceInfo.service'] as HostService[] | undefined) ?? []).map((service) => ({
    ...{ key: service.key, label: service.label, policy: service.policy, running: service.running },
    ...{ required: service.required, rulesets: service.ruleset ?? [] },
    sourcePackage: service.sourcePackage?.sourcePackageName,
  }));
}

async function datastores(vim: VimClient): Promise<DatastoreRow[]> {
  const found = await vim.read('Datastore', ['summary']);
  return found.map(({ values }) => {
    const { name, type, capacity, freeSpace } = values['summary'] as DatastoreSummary;
    return { name, type, capacityBytes: Number(capacity), freeBytes: Number(freeSpace) };
  });
}

const byId = (given: Given) => ({ id: text(given, 'service') });
const forced = { force: true };

// biome-ignore format: a table reads in columns
export const HOST_CALLS: Readonly<Record<string, RemoteCall>> = {
  'host.facts':      facts,
  'host.stop':       async (vim) => void (await vim.call(...HOST, 'ShutdownHost_Task', forced)),
  'host.reboot':     async (vim) => void (await vim.call(...HOST, 'RebootHost_Task', forced)),
  'datastore.list':  datastores,
  'service.list':    services,
  'service.start':   async (vim, given) => await vim.call(...SERVICES, 'StartService', byId(given)),
  'service.stop':    async (vim, given) => await vim.call(...SERVICES, 'StopService', byId(given)),
  'service.restart': async (vim, given) => await vim.call(...SERVICES, 'RestartService', byId(given)),
  'service.policy':  async (vim, given) => await vim.call(...SERVICES, 'UpdateServicePolicy', { ...byId(given), policy: text(given, 'policy') }),
};
