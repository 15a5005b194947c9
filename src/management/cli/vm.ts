/** "vmk vm …": virtual machines on a running host. */
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { Duplex } from 'node:stream';
import { EXIT_STATUS, formatSize, parseSize, usageError } from '#lib';
import type { VmDetails, VmRow } from '../calls/vm.ts';
import { ProcessTerminal, type TerminalOptions } from '../terminal.ts';
import type { LostVm } from '../vms/inventory.ts';
import type { Question } from '../vms/questions.ts';
import type { GuestMemory } from '../vms/runner.ts';
import type { Snapshot } from '../vms/snapshots.ts';
import { command, type Group, type Invocation } from './group.ts';
import type { Options } from './options.ts';
import { type Column, formatTable } from './table.ts';
import { ALLOCATION, allocation, count, flag, many, sizeMib, text, yesNo } from './value-options.ts';
import { EXACT_COMMANDS } from './vm-exact.ts';
import { PACKAGE_COMMANDS } from './vm-package.ts';

const MIB = 2 ** 20;
const LEAVE_MS = 1000;

// biome-ignore format: a table reads in columns
const SETTINGS = {
  memory:            sizeMib('memory, as 64M or 3G (512M)'),
  cpus:              count('N', 'virtual CPUs (1)'),
  ...ALLOCATION,
  pool:              text('POOL', 'its resource pool (Resources)'),
  'mem-share':       yesNo('share its pages: sched.mem.pshare.enable (yes)'),
  'mem-salt':        text('TEXT', 'VMs of one salt share pages with each other: sched.mem.pshare.salt'),
  kernel:            text('FILE', 'Linux Image or ELF kernel to boot (the default guest)'),
  initrd:            many('FILE', 'initial RAM disk'),
  append:            text('STRING', 'added to the kernel command line, in place of "quiet"'),
  firmware:          text('FILE', 'S-mode payload in place of a kernel, such as U-Boot'),
  scsi:              text('TYPE', 'controller scsi0: virtio-scsi for sda, sr0; others, such as pvscsi, for vda, and sda of disks that come later'),
  console:           text('serial|virtio|none', 'where the console is (serial)'),
  engine:            text('jit|interpreter|reference', 'how instructions are executed (jit)'),
  deterministic:     flag('guest time from retired instructions'),
  annotation:        text('TEXT', 'a note'),
  net:               many('PORT GROUP[,mac=M]', 'network card on that port group; "none" for none (VM Network)'),
};

/** What the options say, as the arguments of a call. */
function settings(values: Invocation<typeof SETTINGS>['values']): object {
  const path = (given: string | undefined) => (given === undefined || given === '' ? given : resolve(given));
  return {
    memoryMib: values.memory,
    vcpus: values.cpus,
    ...allocation(values),
    pool: values.pool,
    memShare: values['mem-share'],
    memSalt: values['mem-salt'],
    kernel: path(values.kernel),
    initrds: values.initrd.length === 0 ? undefined : values.initrd.map((file) => resolve(file)),
    append: values.append,
    firmware: path(values.firmware),
    scsiType: values.scsi,
    console: values.console,
    engine: values.engine,
    deterministic: values.deterministic,
    annotation: values.annotation,
    nets: values.net.length === 0 ? undefined : values.net,
  };
}

/** A new disk's size, or the image's path as the host sees it. */
function diskArgument(given: string): string {
  return parseSize(given) === undefined ? resolve(given) : given;
}

const COLUMNS: readonly Column<VmRow>[] = [
  { title: 'Id', value: ({ id }) => id },
  { title: 'Name', value: ({ name }) => name },
  { title: 'State', value: ({ state, isAsking }) => (isAsking ? `${state}, asks` : state) },
  { title: 'vCPUs', value: ({ vcpus }) => vcpus },
  { title: 'Memory', value: ({ memoryMib }) => formatSize(memoryMib * MIB) },
  { title: 'Address', value: ({ addresses }) => addresses?.join(' ') ?? '' },
  { title: 'File', value: ({ vmx }) => vmx },
];

const SNAPSHOT_COLUMNS: readonly Column<Snapshot>[] = [
  { title: 'Id', value: ({ uid }) => uid },
  { title: 'Name', value: ({ name }) => name },
  { title: 'Made', value: ({ createdMs }) => new Date(createdMs).toISOString() },
  { title: 'Builds on', value: ({ base }) => (base === 0 ? '' : String(base)) },
];

/** A command that does one thing to one or several VMs, in order. */
function each(verb: string, summary: string) {
  return command(['VM…'], summary, {}, async ({ client, words }) => {
    for (const vm of words) await client.call(`vm.${verb}`, { vm });
  });
}

/** A command that asks the guests of one or several VMs, in order. */
function askGuests(how: 'poweroff' | 'reboot', summary: string) {
  return command(['VM…'], summary, {}, async ({ client, words }) => {
    for (const vm of words) await client.call('vm.guest.down', { vm, how });
  });
}

export const VM_COMMANDS: Group = {
  create: command(
    ['NAME'],
    'makes a VM; it is switched on by "vmk vm start"',
    {
      ...SETTINGS,
      disk: many('SIZE|FILE[,readonly]', 'a new disk of that size, or an image: VMDK or raw'),
      datastore: text('NAME', 'where its folder is (datastore1)'),
      start: flag('switch it on at once'),
    },
    async ({ client, words: [name], values, print }) => {
      const { datastore, disk } = values;
      const given = { name, datastore, disks: disk.map(diskArgument), ...settings(values) };
      const made = await client.call<VmRow>('vm.create', given);
      if (values.start) await client.call('vm.start', { vm: name });
      print(made, () => '');
    },
  ),
  register: command(
    ['FILE'],
    'takes in a VM by its .vmx file',
    {},
    async ({ client, words: [vmx = ''], print }) => {
      print(
        await client.call<VmRow>('vm.register', { vmx: vmx.startsWith('[') ? vmx : resolve(vmx) }),
        () => '',
      );
    },
  ),
  unregister: each('unregister', 'forgets VMs; their folders stay'),
  list: command([], 'lists all VMs', {}, async ({ client, print }) => {
    const all = await client.call<{ vms: VmRow[]; lost: LostVm[] }>('vm.list');
    print(all, ({ vms, lost }) => {
      const notes = lost.map(({ id, reason }) => `VM ${id} cannot be read: ${reason}\n`);
      return formatTable(COLUMNS, vms) + notes.join('');
    });
  }),
  show: command(['VM'], 'shows all that is known of a VM', {}, async ({ client, words: [vm], print }) => {
    print(await client.call<VmDetails>('vm.show', { vm }), describe);
  }),
  set: command(
    ['VM'],
    'changes the settings of a VM that is off; what it is owed also of one that is on',
    SETTINGS,
    async ({ client, words: [vm], values, print }) => {
      print(await client.call<VmDetails>('vm.set', { vm, ...settings(values) }), () => '');
    },
  ),
  start: each('start', 'switches VMs on'),
  stop: each('stop', 'switches VMs off, without asking the guests'),
  shutdown: askGuests('poweroff', 'asks the guests of VMs to power off, by their agent or the power button'),
  reboot: askGuests('reboot', 'asks the guests of VMs to start anew, by their agent or a button'),
  reset: each('reset', 'resets VMs'),
  pause: each('pause', 'stops the virtual CPUs of VMs'),
  resume: each('resume', 'lets paused VMs go on'),
  suspend: each('suspend', 'saves VMs and ends them; "vmk vm start" goes on where they were'),
  memory: command(
    ['VM'],
    'shows what a guest says of its memory',
    {},
    async ({ client, words: [vm], print }) => {
      print(await client.call<GuestMemory>('vm.memory', { vm }), describeMemory);
    },
  ),
  message: command(['VM'], 'shows what a VM asks', {}, async ({ client, words: [vm], print }) => {
    print(await client.call<Question[]>('vm.message', { vm }), (questions) =>
      questions.map(questionText).join('\n'),
    );
  }),
  answer: command(
    ['VM', 'CHOICE'],
    'answers what a VM asks, by the number or the word of a choice',
    { message: text('ID', 'which message, when there are several') },
    async ({ client, words: [vm, choice], values }) => {
      await client.call('vm.answer', { vm, message: values.message, choice });
    },
  ),
  fork: command(
    ['VM'],
    'makes running copies of a running VM, which share its memory until they write',
    { count: count('N', 'how many (1)') },
    async ({ client, words: [vm], values, print }) => {
      const made = await client.call<VmRow[]>('vm.fork', { vm, count: values.count ?? 1 });
      print(made, (rows) => formatTable(COLUMNS, rows));
    },
  ),
  ...PACKAGE_COMMANDS,
  ...EXACT_COMMANDS,
  snapshots: command(['VM'], 'lists the snapshots of a VM', {}, async ({ client, words: [vm], print }) => {
    print(await client.call<Snapshot[]>('vm.snapshots', { vm }), (rows) =>
      formatTable(SNAPSHOT_COLUMNS, rows),
    );
  }),
  snapshot: command(
    ['save|restore|remove', 'VM', 'NAME'],
    'saves a running VM under a name, goes back to that, or removes it',
    {},
    async ({ client, words: [verb = '', vm, name], print }) => {
      if (!['save', 'restore', 'remove'].includes(verb))
        throw usageError(`vm snapshot: "${verb}" is none of save, restore, remove`);
      print(await client.call<unknown>(`vm.snapshot.${verb}`, { vm, name }), () => '');
    },
  ),
  cdrom: command(
    ['VM', 'FILE.iso|none'],
    'puts a disc into the CD drive of a VM, or takes it out; with --scsi virtio-scsi it is sr0, also while it runs',
    {},
    async ({ client, words: [vm, image = ''] }) => {
      const named = image.startsWith('[') ? image : resolve(image);
      await client.call('vm.cdrom', { vm, ...(image !== 'none' && { image: named }) });
    },
  ),
  'add-disk': command(
    ['VM', 'SIZE|FILE[,readonly]'],
    'gives a VM a disk; while it runs where it has a SCSI controller (--scsi): its guest finds sda, sdb, …',
    { unit: count('N', 'its place: N of scsi0:N, 16 + N of scsi1:N (the first that is free)') },
    async ({ client, words: [vm, disk = ''], values: { unit }, print }) => {
      const named = disk.startsWith('[') ? disk : diskArgument(disk);
      const added = await client.call<{ unit: number }>('vm.disk.add', { vm, disk: named, unit });
      print(added, ({ unit: at }) => `disk ${at}\n`);
    },
  ),
  'remove-disk': command(
    ['VM', 'UNIT'],
    'takes a disk out of a VM; while it runs where it is sda, sdb, … of a SCSI controller',
    { delete: flag('its file goes too') },
    async ({ client, words: [vm, unit = ''], values: { delete: isDeleted } }) => {
      if (!/^\d+$/.test(unit)) throw usageError(`"${unit}" is no unit of a disk, such as 0`);
      await client.call('vm.disk.remove', { vm, unit: Number(unit), isDeleted });
    },
  ),
  'grow-disk': command(
    ['VM', 'UNIT', 'SIZE'],
    'makes a disk of a VM larger, also while it runs; "vmk vm show" tells the units',
    {},
    async ({ client, words: [vm, unit = '', size = ''] }) => {
      const bytes = parseSize(size);
      if (!/^\d+$/.test(unit)) throw usageError(`"${unit}" is no unit of a disk, such as 0`);
      if (bytes === undefined) throw usageError(`"${size}" is no size, such as 20G`);
      await client.call('vm.disk.grow', { vm, unit: Number(unit), bytes });
    },
  ),
  'disk-allocation': command(
    ['VM', 'UNIT'],
    'says what a disk of a VM is owed, also while it runs',
    {
      shares: count('N', 'against other disks (1000)'),
      reservation: count('N', 'requests a second that are guaranteed (0)'),
      limit: count('N', 'requests a second that are the most; 0: no limit'),
    },
    async ({ client, words: [vm, unit = ''], values: { shares, reservation, limit } }) => {
      if (!/^\d+$/.test(unit)) throw usageError(`"${unit}" is no unit of a disk, such as 0`);
      await client.call('vm.disk.allocate', { vm, unit: Number(unit), shares, reservation, limit });
    },
  ),
  consolidate: each(
    'consolidate',
    'merges delta disks that no snapshot and no copy needs, also while it runs',
  ),
  delete: each('delete', 'removes VMs with their folders'),
  console: command(['VM'], "joins this terminal to a VM's console; Ctrl-] leaves it", {}, showConsole),
};

function questionText({ id, messageId, text: asked, choices, defaultIndex }: Question): string {
  const rows = choices.map(
    ({ key, label }, i) => `   ${key}. ${label}${i === defaultIndex ? ' (default)' : ''}\n`,
  );
  return `Message ${id}:\n${messageId}: ${asked}\n${rows.join('')}`;
}

function describe({ settings: given, lastEnd, nics = [], ...row }: VmDetails): string {
  const { disks, nics: cards, scsiHosts = [], ...values } = given;
  const lines: [string, unknown][] = [
    ...Object.entries(row),
    ...Object.entries(values).filter(([name, value]) => !(name in row) && value !== ''),
    ...cards.map(({ index, networkName }): [string, string] => {
      const { mac = '', address = '', hostName = '' } = nics.find(({ nic }) => nic === `eth${index}`) ?? {};
      return [`eth${index}`, [networkName, mac, address, hostName].filter((part) => part !== '').join(' ')];
    }),
    ...scsiHosts.map(({ number, isSpare }): [string, string] => [
      `scsi${number}`,
      isSpare ? 'for disks that come while it runs' : 'virtio-scsi',
    ]),
    ...disks.map(({ unit, fileName, readOnly }): [string, string] => [
      `disk ${unit}`,
      `${fileName}${readOnly ? ' (read-only)' : ''}`,
    ]),
  ];
  if (lastEnd !== undefined) lines.push(['last end', lastEnd]);
  const width = Math.max(...lines.map(([name]) => name.length));
  return lines
    .map(
      ([name, value]) =>
        `${name.padEnd(width)}  ${Array.isArray(value) ? value.join(', ') : String(value)}\n`,
    )
    .join('');
}

async function showConsole({ client, words: [vm = ''], process }: Invocation<Options>): Promise<number> {
  // The end of what is piped is no word to a guest that goes on.
  const options = { input: true, inputEnd: false, inputAtOnce: true };
  return (await joinConsole(await client.console(vm), process, options)) ?? EXIT_STATUS.ok;
}

/** Joins the terminal to a console until one of them ends; the exit status of a signal that came meanwhile. */
export async function joinConsole(
  stream: Duplex,
  process: Invocation<Options>['process'],
  options: TerminalOptions = { input: true },
): Promise<number | undefined> {
  const terminal = new ProcessTerminal(process, options);
  if (terminal.isInteractive) process.stderr.write('vmk: Ctrl-] leaves the console\n');
  terminal.open();
  try {
    terminal.onInput((bytes) => {
      // What comes between leaving and the host's answer to it is for nobody.
      if (stream.writable) stream.write(bytes);
    });
    terminal.stop.addEventListener('abort', () => leave(stream));
    stream.on('data', (bytes: Uint8Array) => {
      if (terminal.write(bytes)) return;
      stream.pause();
      void terminal.drained().then(() => stream.resume());
    });
    // The machine's side has ended: there is nothing to type to any more.
    stream.on('end', () => stream.destroy());
    await once(stream, 'close');
  } finally {
    await terminal.settle();
    terminal.close();
  }
  return terminal.signalStatus;
}

/** A host that is told of the end has all that was typed before; one that does not listen is left alone. */
function leave(stream: Duplex): void {
  stream.end();
  setTimeout(() => stream.destroy(), LEAVE_MS).unref();
}

/** A line for each; sizes in MiB. */
function describeMemory(told: GuestMemory): string {
  const lines = Object.entries(told).map(([key, value]) => {
    const [name, isSize] = [key.replace(/Bytes$/, ''), key.endsWith('Bytes')];
    const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
    return `${words.padEnd(24)} ${isSize ? `${(value / 2 ** 20).toFixed(1)} MiB` : value}\n`;
  });
  return lines.join('');
}
