/** Calls on virtual machines. */
import { HostError, parseSize } from '#lib';
import { VM_NETWORK } from '#net';
import { MAX_MEMORY_MIB, MAX_VCPUS, type VmDisk, type VmSettings } from '#vmm';
import { callsOn } from '../local/call.ts';
import { type Arguments, flag, integer, list, oneOf, optional, text } from '../local/fields.ts';
import { present } from '../present.ts';
import { withDisc } from '../vms/cdrom.ts';
import type { Inventory } from '../vms/inventory.ts';
import { nicsOf, withAddresses } from '../vms/nic-words.ts';
import type { Pools } from '../vms/pools.ts';
import { STATE_TEXT } from '../vms/power-states.ts';
import type { Vm } from '../vms/vm.ts';
import { addDisk, removeDisk } from '../vms/vmx-disks.ts';
import { allocationFields, limit } from './allocation-fields.ts';
import type { HostServices, NicAddress } from './services.ts';

/** A VM in a list. */
export interface VmRow {
  readonly id: number;
  readonly name: string;
  readonly state: string;
  readonly memoryMib: number;
  readonly vcpus: number;
  readonly vmx: string;
  /** It stands still until somebody has answered. */
  readonly isAsking: boolean;
  /** The guest's, as far as the host knows them. */
  readonly addresses?: readonly string[];
}

/** A VM with all that is known of it. */
export interface VmDetails extends VmRow {
  readonly settings: VmSettings;
  /** How its last run ended. */
  readonly lastEnd: string | undefined;
  readonly nics?: readonly NicAddress[];
}

/** A VM on the machine of its host. */
export interface VmFiles {
  readonly name: string;
  readonly vmx: string;
}

/** A disk as it is asked for: `10G` for a new one, else the path of an image; `,readonly` may follow. */
const DISK_LIMIT_BYTES = 62 * 2 ** 40;

const call = callsOn<HostServices>();
const byName = { vm: text() };
const ofRecording = { recording: optional(text()) };
const port = optional(integer(0, 65_535));
/** gdb's protocol knows no password: it is for people on this machine. */
const LOOPBACK = '127.0.0.1';
const resources = {
  memoryMib: optional(integer(4, MAX_MEMORY_MIB)),
  vcpus: optional(integer(1, MAX_VCPUS)),
  ...allocationFields(MAX_MEMORY_MIB),
  memShare: optional(flag()),
  memSalt: optional(text()),
  memBalloonMib: optional(limit(MAX_MEMORY_MIB)),
  pool: optional(text()),
};
const settings = {
  ...resources,
  annotation: optional(text()),
  guestId: optional(text()),
  kernel: optional(text()),
  initrds: optional(list(text())),
  append: optional(text()),
  firmware: optional(text()),
  console: optional(oneOf('serial', 'virtio', 'none')),
  scsiType: optional(oneOf('lsilogic', 'lsisas1068', 'pvscsi', 'buslogic', 'virtio-scsi')),
  engine: optional(oneOf('jit', 'interpreter', 'reference')),
  deterministic: optional(flag()),
  /** Network cards in words; see nic-words.ts. */
  nets: optional(list(text())),
};

/** The highest place of a disk; see disk-slots.ts of vmm. */
const MAX_UNIT = 255;

// biome-ignore format: a table reads in columns
export const VM_CALLS = {
  'vm.create':     call('makes a VM',                      { name: text(), datastore: optional(text()), disks: optional(list(text())), ...settings }, create),
  'vm.register':   call('takes in a VM whose .vmx is there', { vmx: text() }, ({ vms, datastores }, { vmx }) => safe(vms, row(vms.register(datastores.resolve(vmx), { isGiven: true })))),
  'vm.unregister': call('forgets a VM; its folder stays',  byName, ({ vms }, { vm }) => safe(vms, vms.unregister(vms.find(vm)))),
  'vm.list':       call('all VMs',                         {}, ({ vms, addresses }) => ({ vms: vms.all.map((vm) => ({ ...row(vm), addresses: texts(addresses?.(vm.name)) })), lost: vms.lost })),
  'vm.show':       call('all that is known of a VM',       byName, ({ vms, addresses }, { vm }) => ({ ...details(vms.find(vm)), nics: addresses?.(vms.find(vm).name) ?? [] })),
  'vm.set':        call('changes the settings of a VM',    { ...byName, ...settings }, set),
  'vm.start':      call('switches a VM on',                byName, ({ vms }, { vm }) => vms.find(vm).start()),
  'vm.stop':       call('switches a VM off',               byName, ({ vms }, { vm }) => vms.find(vm).stop()),
  'vm.reset':      call('resets a VM',                     byName, ({ vms }, { vm }) => vms.find(vm).reset()),
  'vm.pause':      call('stops the vCPUs of a VM',         byName, ({ vms }, { vm }) => vms.find(vm).pause()),
  'vm.resume':     call('lets a paused VM go on',          byName, ({ vms }, { vm }) => vms.find(vm).resume()),
  'vm.suspend':    call('saves a VM and ends it',          byName, ({ vms }, { vm }) => vms.find(vm).suspend()),
  'vm.fork':       call('makes running copies of a VM',    { ...byName, count: integer(1, 256) }, async ({ vms }, { vm, count }) => safe(vms, (await vms.fork(vms.find(vm), count)).map(row))),
  'vm.record':     call('records the run of a VM, which is switched on if it is off', byName, ({ vms }, { vm }) => vms.find(vm).exact.record(Date.now())),
  'vm.record.end': call('ends the recording of a VM; it goes on', byName, ({ vms }, { vm }) => vms.find(vm).exact.endRecord()),
  'vm.recordings': call('the recordings of a VM',          byName, ({ vms }, { vm }) => vms.find(vm).exact.recordings()),
  'vm.recording.remove': call('removes a recording',       { ...byName, recording: text() }, ({ vms }, { vm, recording }) => vms.find(vm).exact.remove(recording)),
  'vm.replay':     call('goes through a recording again, and holds it against it', { ...byName, ...ofRecording, until: optional(text()) }, ({ vms }, { vm, recording, until }) => vms.find(vm).exact.replay(recording, stepOf(until))),
  'vm.debug':      call('gives a VM to gdb',               { ...byName, port }, ({ vms }, { vm, port: at = 0 }) => vms.find(vm).exact.debug({ host: LOOPBACK, port: at })),
  'vm.debug.end':  call('takes a VM from gdb; it goes on', byName, ({ vms }, { vm }) => vms.find(vm).exact.endDebug()),
  'vm.debug.list': call('where gdb may connect',           byName, ({ vms }, { vm }) => vms.find(vm).exact.debugged),
  'vm.recording.debug':     call('gives a recording to gdb',   { ...byName, ...ofRecording, port }, ({ vms }, { vm, recording, port: at = 0 }) => vms.find(vm).exact.debugRecording(recording, { host: LOOPBACK, port: at })),
  'vm.recording.debug.end': call('takes a recording from gdb', { ...byName, ...ofRecording }, ({ vms }, { vm, recording }) => vms.find(vm).exact.endDebugRecording(recording)),
  'vm.cdrom':      call('puts a disc into the CD drive of a VM, or takes it out', { ...byName, image: optional(text()) }, ({ vms }, { vm, image }) => changeDisc(vms.find(vm), image)),
  'vm.files':      call('where a VM that is off is on the machine', byName, ({ vms }, { vm }) => filesOf(vms.find(vm))),
  'vm.snapshots':  call('the snapshots of a VM',           byName, ({ vms }, { vm }) => vms.find(vm).snapshots.all),
  'vm.snapshot.save':    call('saves a VM under a name',   { ...byName, name: text() }, ({ vms }, { vm, name }) => vms.find(vm).saveSnapshot(name, Date.now())),
  'vm.snapshot.restore': call('goes back to a snapshot',   { ...byName, name: text() }, ({ vms }, { vm, name }) => vms.find(vm).restoreSnapshot(name)),
  'vm.disk.add':    call('gives a VM a disk, also while it runs', { ...byName, disk: text(), unit: optional(integer(0, MAX_UNIT)) }, putDisk),
  'vm.disk.remove': call('takes a disk out of a VM, also while it runs', { ...byName, unit: integer(0, MAX_UNIT), isDeleted: optional(flag()) }, ({ vms }, { vm, unit, isDeleted = false }) => removeDisk(vms.find(vm), unit, isDeleted)),
  'vm.disk.grow':   call('makes a disk of a VM larger', { ...byName, unit: integer(0, MAX_UNIT), bytes: integer(512, DISK_LIMIT_BYTES) }, ({ vms }, { vm, unit, bytes }) => vms.find(vm).growDisk(unit, bytes)),
  'vm.memory':      call('what a guest says of its memory', byName, ({ vms }, { vm }) => vms.find(vm).guestMemory()),
  'vm.disk.stats':  call('what a disk of a VM did',         { ...byName, unit: integer(0, MAX_UNIT) }, ({ vms }, { vm, unit }) => vms.find(vm).diskStats(unit)),
  'vm.disk.allocate': call('what a disk is owed',           { ...byName, unit: integer(0, MAX_UNIT), reservation: optional(integer(0, 2 ** 31)), limit: optional(integer(0, 2 ** 31)), shares: optional(integer(1, 1_000_000)) }, allocateDisk),
  'vm.consolidate': call('merges delta disks that nobody needs', byName, ({ vms }, { vm }) => vms.find(vm).consolidate()),
  'vm.snapshot.remove':  call('removes a snapshot',        { ...byName, name: text() }, ({ vms }, { vm, name }) => vms.find(vm).removeSnapshot(name)),
  'vm.message':    call('what a VM asks',                  byName, ({ vms }, { vm }) => vms.find(vm).questions.pending),
  'vm.answer':     call('answers what a VM asks',          { ...byName, message: optional(text()), choice: text() }, ({ vms }, { vm, message, choice }) => vms.find(vm).questions.answer(message, choice)),
  'vm.guest':      call('what the guest says of itself',   byName, ({ vms }, { vm }) => guestOf(vms.find(vm))),
  'vm.guest.run':  call('runs a shell script in the guest', { ...byName, script: text() }, ({ vms }, { vm, script }) => vms.find(vm).guest.run(script)),
  'vm.guest.set':  call('tells the guest a guestinfo value', { ...byName, key: text(), value: text() }, ({ vms }, { vm, key, value }) => vms.find(vm).setGuestInfo(key, value)),
  'vm.guest.down': call('asks the guest to power off or to reboot', { ...byName, how: oneOf('poweroff', 'reboot') }, ({ vms }, { vm, how }) => askDown(vms.find(vm), how)),
  'vm.delete':     call('removes a VM with its folder',    byName, ({ vms }, { vm }) => safe(vms, vms.delete(vms.find(vm)))),
};

type Given = Arguments<typeof settings>;

/** @throws HostError `vm-refused` when nobody in the guest hears it */
async function askDown(vm: Vm, how: 'poweroff' | 'reboot'): Promise<void> {
  if (await vm.askDown(how)) return;
  const reason = 'no agent answers in its guest, and none of its drivers hears the power button';
  throw new HostError('vm-refused', { action: 'ask the guest of', vm: vm.name, reason });
}

async function create(
  { vms, pools, datastores }: HostServices,
  {
    name,
    datastore,
    disks = [],
    nets = [VM_NETWORK],
    ...given
  }: Given & { name: string; datastore: string | undefined; disks: readonly string[] | undefined },
): Promise<VmRow> {
  const wanted = disks.map((disk) => ({ disk, bytes: sizeOf('vm.create', disk) }));
  const rows: VmDisk[] = wanted.map(({ disk, bytes }, index) => ({
    unit: index < 7 ? index : index + 1,
    fileName: bytes === undefined ? disk.replace(/,readonly$/, '') : diskName(name, index),
    readOnly: bytes === undefined && disk.endsWith(',readonly'),
  }));
  const vm = vms.create(datastores.folder(datastore), {
    name,
    ...withPool(pools, present(given)),
    disks: rows,
    nics: nicsOf(nets),
  });
  try {
    for (const [index, { bytes }] of wanted.entries()) {
      if (bytes !== undefined) vm.disks.create(diskName(name, index), bytes);
    }
  } catch (error) {
    vms.delete(vm);
    throw error;
  }
  return safe(vms, row(vm), vm);
}

/** An answer that is given when what was done is on the disk. */
async function safe<T>(vms: Inventory, answer: T, vm?: Vm): Promise<T> {
  await vms.saved(vm);
  return answer;
}

/** What is not given stays; a limit of 0 is none. */
function allocateDisk(
  { vms }: HostServices,
  {
    vm,
    unit,
    ...given
  }: { vm: string; unit: number } & Record<'reservation' | 'limit' | 'shares', number | undefined>,
): Promise<void> {
  const found = vms.find(vm);
  const before = found.settings.disks.find((disk) => disk.unit === unit)?.allocation;
  const limit = given.limit === 0 ? ('unlimited' as const) : given.limit;
  return found.allocateDisk(unit, {
    reservation: given.reservation ?? before?.reservation ?? 0,
    limit: limit ?? before?.limit ?? 'unlimited',
    shares: given.shares ?? before?.shares ?? 1000,
  });
}

function set({ vms, pools }: HostServices, { vm, nets, ...given }: Given & { vm: string }): VmDetails {
  const found = vms.find(vm);
  const nics = nets && withAddresses(nicsOf(nets), found.settings.uuid);
  found.reconfigure({ ...withPool(pools, present(given)), ...(nics && { nics }) });
  return details(found);
}

/** A pool is known by its name. @throws HostError `no-such-pool` */
function withPool(pools: Pools, given: Partial<VmSettings>): Partial<VmSettings> {
  return given.pool === undefined ? given : { ...given, pool: pools.find(given.pool)?.name ?? '' };
}

/** The bytes of a disk that is asked for by its size; undefined: it is an image. @throws HostError `usage` */
function sizeOf(name: string, disk: string): number | undefined {
  const bytes = parseSize(disk);
  if (bytes === undefined || (bytes > 0 && bytes % 512 === 0 && bytes <= DISK_LIMIT_BYTES)) return bytes;
  const reason = `${name}: a disk of ${disk} is not possible: a multiple of 512, at most 62T`;
  throw new HostError('usage', { reason });
}

async function putDisk(
  { vms }: HostServices,
  { vm, disk, unit }: { vm: string; disk: string; unit: number | undefined },
): Promise<{ unit: number }> {
  const bytes = sizeOf('vm.disk.add', disk);
  const readOnly = bytes === undefined && disk.endsWith(',readonly');
  const image = bytes === undefined ? disk.replace(/,readonly$/, '') : undefined;
  return { unit: await addDisk(vms.find(vm), { bytes, image, readOnly, unit }) };
}

function diskName(vm: string, index: number): string {
  return `${vm}${index === 0 ? '' : `_${index}`}.vmdk`;
}

function changeDisc(vm: Vm, image: string | undefined): Promise<void> {
  const vmx = withDisc(vm.vmx, vm.folder, image);
  vm.outside.give(vmx, vm.folder);
  return vm.changeDisc(vmx);
}

/** Who takes the files of a VM by itself finds them whole: while it is off. */
function filesOf(vm: Vm): VmFiles {
  vm.requireOff('export');
  return { name: vm.name, vmx: vm.folder.vmxPath };
}

/** Steps are texts: there may be more than a number of JSON holds. */
function stepOf(until: string | undefined): bigint | undefined {
  if (until === undefined) return undefined;
  if (/^\d{1,18}$/.test(until)) return BigInt(until);
  throw new HostError('usage', { reason: `vm.replay: until: "${until}" is no number of steps` });
}

function guestOf({ guest }: Vm) {
  const { isThere, heartbeat, facts, info, programs } = guest;
  return { isThere, heartbeat, facts, info: Object.fromEntries(info), programs };
}

export function row(vm: Vm): VmRow {
  const { memoryMib, vcpus } = vm.settings;
  const { id, name } = vm;
  const isAsking = vm.questions.pending.length > 0;
  return { id, name, state: STATE_TEXT[vm.state], isAsking, memoryMib, vcpus, vmx: vm.folder.vmxPath };
}

function texts(nics: readonly NicAddress[] = []): readonly string[] {
  return nics.map(({ address }) => address).filter((address) => address !== '');
}

function details(vm: Vm): VmDetails {
  const { lastEnd } = vm;
  const text =
    lastEnd === undefined
      ? undefined
      : lastEnd.kind === 'fault'
        ? `fault: ${lastEnd.reason}`
        : lastEnd.kind === 'stopped'
          ? 'stopped'
          : `powered itself off with status ${lastEnd.status}`;
  return { ...row(vm), settings: vm.settings, lastEnd: text };
}
