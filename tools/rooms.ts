// The rooms of src/: what each is for, which rooms it may import, and whether it is pure.

/** One folder under src/. */
export interface Room {
  readonly what: string;
  /** The rooms it may import through their doors. */
  readonly imports: readonly string[];
  /** Packages from outside that it may import; why each is here stands in docs/decisions. */
  readonly packages?: readonly string[];
  /** Pure rooms run anywhere, a browser too: no Node API, no waiting, no clock, chance or state of their own. */
  readonly pure: boolean;
}

// biome-ignore format: a table reads in columns
export const ROOMS: Readonly<Record<string, Room>> = {
  lib:        { pure: true,  what: 'bytes, clock, random, log, errors; no policy',            imports: [] },
  riscv:      { pure: true,  what: 'one hart: ISA rows, CSRs, traps, MMU, three back ends',   imports: ['lib'] },
  devices:    { pure: true,  what: 'what a guest finds on its bus',                           imports: ['lib'] },
  kernel:     { pure: true,  what: 'machine memory, worlds, scheduling',                      imports: ['lib', 'riscv', 'devices'] },
  storage:    { pure: false, what: 'block back ends',                                         imports: ['lib', 'devices', 'kernel'] },
  net:        { pure: true,  what: 'frames, virtual switches, uplinks',                       imports: ['lib', 'devices', 'kernel'] },
  vmm:        { pure: true,  what: 'one VM: board, boot, SBI, run loop',                      imports: ['lib', 'riscv', 'devices', 'kernel'] },
  system:     { pure: false, what: 'the host as an operating system: accounts, logs, settings, banks', imports: ['lib', 'kernel'], packages: ['pkijs', 'asn1js'] },
  guest:      { pure: false, what: 'the default guest: kernel and initramfs',                 imports: ['lib'] },
  management: { pure: false, what: 'how people and tools get in',                             imports: ['lib', 'riscv', 'devices', 'kernel', 'storage', 'net', 'vmm', 'guest', 'system'], packages: [] },
  host:       { pure: false, what: 'joins everything to a running host',                      imports: ['lib', 'riscv', 'devices', 'kernel', 'storage', 'net', 'vmm', 'guest', 'system', 'management'] },
};

/** Lines a source file may have; longer ones are in LONG_FILES. */
export const MAX_FILE_LINES = 400;

/** Files over MAX_FILE_LINES, each with the reason why it stays in one piece. */
export const LONG_FILES: Readonly<Record<string, string>> = {
  'src/vmm/machine.ts': 'one VM as its owners have it in hand; what it does is in its parts',
  'src/management/vms/vm.ts':
    'all that can be done to a VM, with the power state that each needs, is looked at in one place',
  'src/host/home-vm.ts': 'what a VM has at its home, and the order in which it is looked after there',
  'src/host/pcpu.ts': 'one thread: its mail, its worlds and the VMs at home there are looked at in one order',
  'src/management/vim/table/vim25.d.ts':
    'printed from the same facts as the type table; nothing of it is there at run time',
};
