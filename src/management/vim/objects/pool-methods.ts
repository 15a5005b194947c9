/** What is done to resource pools: made, changed, removed, VMs put into them. */
import { HostError } from '#lib';
import type { Pool } from '../../vms/pools.ts';
import type { Vm } from '../../vms/vm.ts';
import type { Call } from '../model/call.ts';
import { FAULTS } from '../model/faults.ts';
import { fault, type MoRef, VimFault } from '../model/value.ts';
import type { ResourceConfigSpec } from '../table/vim25.d.ts';
import { VM_FAULTS, vmErrorFault } from '../vm/vm-faults.ts';
import { type PoolSelf, poolOf, poolRef, poolSettings } from './pool-words.ts';

const MOVE_VM = 'Resource.AssignVMToPool';
const NAME = /^[^\s/\\.\p{Cc}][^/\\\p{Cc}]{0,79}$/u;

/** Does something to the pools; what they refuse is a fault. */
function guarded<T>(work: () => T): T | VimFault {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    if (error.code === 'cpu-admission' || error.code === 'memory-admission')
      return fault('InsufficientResourcesFault', {}, error.message);
    if (error.code === 'pool-refused') return FAULTS.invalidState(error.message);
    return vmErrorFault(error);
  }
}

function nameTrouble({ vim }: PoolSelf, name: string): VimFault | undefined {
  if (!NAME.test(name) || /^\d+$/.test(name)) return FAULTS.invalidName(name);
  const other = vim.host.pools?.all.find((pool) => pool.name === name);
  if (other !== undefined) return VM_FAULTS.duplicateName(name, poolRef(other.id));
  return name === 'Resources' ? VM_FAULTS.duplicateName(name, poolRef(0)) : undefined;
}

export function createPool(self: PoolSelf, name: string, spec: ResourceConfigSpec): MoRef | VimFault {
  const { pools } = self.vim.host;
  if (pools === undefined) return FAULTS.notSupported();
  const trouble = nameTrouble(self, name);
  if (trouble !== undefined) return trouble;
  const settings = poolSettings(spec);
  if (typeof settings === 'string') return FAULTS.invalidArgument(settings);
  const made = guarded(() => pools.create(name, poolOf(self)?.name ?? '', settings));
  return made instanceof VimFault ? made : poolRef(made.id);
}

export function updatePool(
  self: PoolSelf,
  name: string | undefined,
  config: ResourceConfigSpec | undefined,
): VimFault | undefined {
  const { pools } = self.vim.host;
  const pool = poolOf(self);
  if (pools === undefined || pool === undefined)
    return FAULTS.notSupported('The root resource pool is the host itself.');
  const isRenamed = name !== undefined && name !== '' && name !== pool.name;
  const trouble = isRenamed ? nameTrouble(self, name) : undefined;
  if (trouble !== undefined) return trouble;
  const settings = config === undefined ? {} : poolSettings(config);
  if (typeof settings === 'string') return FAULTS.invalidArgument(settings);
  const changed = guarded(() => pools.change(pool.name, { ...settings, ...(isRenamed && { name }) }));
  return changed instanceof VimFault ? changed : undefined;
}

/** Changes what pools and VMs in it are owed, one after the other; the first fault ends it. */
export function updateChildren(
  self: PoolSelf,
  specs: readonly ResourceConfigSpec[],
  call: Call,
): VimFault | undefined {
  for (const spec of specs) {
    const { entity } = spec;
    const object = entity && self.vim.objects.get(entity.value);
    if (object === undefined) return FAULTS.invalidArgument('spec.entity');
    if (object.kind.name !== 'ResourcePool')
      return FAULTS.notSupported('VMs are changed by ReconfigVM_Task.');
    const refusal = call.refusal('Resource.EditPool', object.ref);
    const changed = refusal ?? updatePool(object.self as PoolSelf, undefined, spec);
    if (changed !== undefined) return changed;
  }
  return undefined;
}

/** Puts VMs into a pool. One that is on goes along, if the pool can guarantee what it is owed. */
export function moveInto(self: PoolSelf, list: readonly MoRef[], call: Call): VimFault | undefined {
  const { machines } = self.vim.host;
  if (machines === undefined) return FAULTS.notSupported();
  const name = poolOf(self)?.name ?? '';
  for (const { type, value } of list) {
    const refusal = call.refusal(MOVE_VM, self.vim.objects.get(value)?.ref ?? { type, value });
    if (refusal !== undefined) return refusal;
    const vm = machines.vms.all.find(({ id }) => String(id) === value);
    if (vm === undefined) {
      const isThere = self.vim.objects.get(value) !== undefined;
      return isThere
        ? FAULTS.notSupported('Pools stay where they were made.')
        : FAULTS.objectNotFound({ type, value });
    }
    const moved = guarded(() => move(vm, name));
    if (moved instanceof VimFault) return moved;
  }
  return undefined;
}

function move(vm: Vm, pool: string): void {
  if (vm.settings.pool !== pool) vm.reconfigure({ pool });
}

/** Removes a pool with those in it; VMs go to the pool above. */
export function removePool(self: PoolSelf): VimFault | undefined {
  const { pools, machines } = self.vim.host;
  const pool = poolOf(self);
  if (pools === undefined || pool === undefined)
    return FAULTS.notSupported('The root resource pool is the host itself.');
  const below = (id: number): Pool[] =>
    pools.all.filter(({ parent }) => parent === id).flatMap((child) => [...below(child.id), child]);
  const gone = [...below(pool.id), pool];
  const names = new Set(gone.map(({ name }) => name));
  const above = pool.parent === 0 ? '' : pools.nameOf(pool.parent);
  const inside = machines?.vms.all.filter(({ settings }) => names.has(settings.pool)) ?? [];
  const isOn = inside.find(({ state }) => state !== 'off');
  if (isOn !== undefined)
    return fault(
      'ResourceInUse',
      { type: 'ResourcePool', name: pool.name },
      `The resource '${pool.name}' is in use by ${isOn.name}.`,
    );
  const removed = guarded(() => {
    for (const vm of inside) move(vm, above);
    for (const { name } of gone) pools.delete(name);
  });
  return removed instanceof VimFault ? removed : undefined;
}

/** Removes all pools in one. */
export function removeChildren(self: PoolSelf): VimFault | undefined {
  const children = self.vim.host.pools?.all.filter(({ parent }) => parent === self.id) ?? [];
  for (const { id } of children) {
    const removed = removePool({ ...self, id });
    if (removed !== undefined) return removed;
  }
  return undefined;
}
