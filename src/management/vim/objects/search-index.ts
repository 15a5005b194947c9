/** SearchIndex: entities by path, name, uuid, address. */
import type { VimContext } from '../context.ts';
import type { Look } from '../model/call.ts';
import { type ManagedObject, managed } from '../model/managed.ts';
import type { MoRef } from '../model/value.ts';
import { readPath } from '../properties/property-path.ts';
import { ID } from './ids.ts';
import { childrenOf } from './inventory.ts';

const NO_UUID = '';

/** What of an entity is looked at. */
// biome-ignore format: a table reads in columns
const PATHS = {
  uuid:         { VirtualMachine: 'config.uuid',         HostSystem: 'hardware.systemInfo.uuid' },
  instanceUuid: { VirtualMachine: 'config.instanceUuid', HostSystem: 'hardware.systemInfo.uuid' },
  dnsName:      { VirtualMachine: 'guest.hostName',      HostSystem: 'name' },
  ip:           { VirtualMachine: 'guest.ipAddress',     HostSystem: 'summary.managementServerIp' },
} as const;

function findBy(vim: VimContext, by: keyof typeof PATHS, wanted: string, vms: boolean, look: Look): MoRef[] {
  const type = vms ? 'VirtualMachine' : 'HostSystem';
  if (wanted === NO_UUID) return [];
  return visible(vim.objects.ofType(type), look)
    .filter((object) => {
      const value = readPath(vim.table, object, PATHS[by][type], look)?.value;
      return typeof value === 'string' && value.toLowerCase() === wanted.toLowerCase();
    })
    .map(({ ref }) => ref);
}

const visible = (objects: readonly ManagedObject[], look: Look) =>
  objects.filter(({ ref }) => look.allows('System.View', ref));

const nameOf = (object: ManagedObject, look: Look) => object.kind.property('name')?.(object.self, look);

function child(parent: ManagedObject, name: string, look: Look): ManagedObject | undefined {
  return visible(childrenOf(parent, look), look).find((each) => nameOf(each, look) === name);
}

/** A slash in a name comes as %2f. */
function byPath({ objects }: VimContext, path: string, look: Look): MoRef | undefined {
  const names = path.split('/').filter((name) => name !== '');
  let at = objects.get(ID.rootFolder);
  for (const name of names) at = at && child(at, name.replace(/%2f/gi, '/').replace(/%25/g, '%'), look);
  return names.length === 0 ? undefined : at?.ref;
}

export const SearchIndex = managed<'SearchIndex', VimContext>('SearchIndex', {
  properties: {},
  methods: {
    FindByUuid: (vim, { uuid, vmSearch, instanceUuid }, call) =>
      findBy(vim, instanceUuid === true ? 'instanceUuid' : 'uuid', uuid, vmSearch, call)[0],
    FindByDatastorePath: (vim, { path }, call) =>
      visible(vim.objects.ofType('VirtualMachine'), call).find(
        (vm) => readPath(vim.table, vm, 'config.files.vmPathName', call)?.value === path,
      )?.ref,
    FindByDnsName: (vim, { dnsName, vmSearch }, call) => findBy(vim, 'dnsName', dnsName, vmSearch, call)[0],
    FindByIp: (vim, { ip, vmSearch }, call) => findBy(vim, 'ip', ip, vmSearch, call)[0],
    FindByInventoryPath: (vim, { inventoryPath }, call) => byPath(vim, inventoryPath, call),
    FindChild(_, { entity, name }, call) {
      const parent = call.objects.get(entity.value);
      return parent && child(parent, name, call)?.ref;
    },
    FindAllByUuid: (vim, { uuid, vmSearch, instanceUuid }, call) =>
      findBy(vim, instanceUuid === true ? 'instanceUuid' : 'uuid', uuid, vmSearch, call),
    FindAllByDnsName: (vim, { dnsName, vmSearch }, call) => findBy(vim, 'dnsName', dnsName, vmSearch, call),
    FindAllByIp: (vim, { ip, vmSearch }, call) => findBy(vim, 'ip', ip, vmSearch, call),
  },
});
