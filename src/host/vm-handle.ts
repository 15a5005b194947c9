/** A VM on the CPUs of a host, as the main thread has it in hand. */
import { setTimeout } from 'node:timers/promises';
import { deserialize } from 'node:v8';
import type { Button, ScsiSlot } from '#devices';
import { type CpuAllocation, GuestMap, type MemoryAllocation, WorldState } from '#kernel/machine';
import type { DiskConfig, GuestMemory, RunResult, VmTrouble } from '#management';
import type { DiskAction } from '#storage';
import type { MachineStateV1 } from '#vmm';
import { deviceUses, exitCounts } from '#vmm/size';
import type { ControlBlock } from './control-block.ts';
import type { Cpus } from './cpus.ts';
import type { GuestMemoryAnswer } from './home-vm.ts';
import type { VmPart } from './host-memory.ts';
import type { KeptState, PcpuRequest, RunStats, VmMessage, VmSeat } from './messages.ts';
import type { PcpuLink } from './pcpu-link.ts';
import type { SavedSnapshot, ToSave } from './snapshot-write.ts';

/** A guest that runs answers in a few milliseconds. */
const ANSWER_MS = 2000;
const ANSWER_POLL_MS = 10;

/** The person's, or the program's, side of a VM's console. */
export interface VmConsole {
  /** Shows output. False: wait for `drained` before more. */
  write(bytes: Uint8Array): boolean;
  drained(): Promise<void>;
  /** Lines for the log: traces, reports. Calls `done` when they are written. */
  lines(text: string, done: () => void): void;
  /** There is room for input again. */
  inputRoom?(): void;
  /** It cannot go on until somebody says what to do. */
  trouble?(trouble: VmTrouble): void;
  /** What the guest's agent says. */
  agent?(bytes: Uint8Array): void;
  /** Whether there is an agent. */
  agentOpened?(isOpen: boolean): void;
  /** There is room for what is said to the agent. */
  agentRoom?(): void;
}

/** How a VM ended, and what its run took. */
export interface VmEnding {
  readonly result: RunResult;
  readonly stats: RunStats | undefined;
}

type VmFacts = Pick<VmHandle, 'vm' | 'name' | 'memoryBytes' | 'group' | 'home' | 'part' | 'disks'>;

/** With what its home was asked to start it. */
export type StartRequest = Extract<PcpuRequest, { kind: 'start' }>;

/** A VM that runs. Everything may be called at any time. */
export class VmHandle {
  readonly vm: number;
  readonly name: string;
  readonly memoryBytes: number;
  /** What its worlds are scheduled as part of. */
  readonly group: number;
  /** pCPU that has its devices. */
  readonly home: number;
  /** Its part of the host's memory, where that is managed. */
  readonly part: VmPart | undefined;
  /** By number; what was taken out leaves its number. */
  readonly #disks: (DiskConfig | undefined)[];
  /** Resolves when the VM is gone, its disks are closed and its memory is given back; never rejects. */
  readonly ended: Promise<VmEnding>;
  seat: VmSeat | undefined;
  readonly #control: ControlBlock;
  readonly #console: VmConsole;
  readonly #cpus: Cpus;
  readonly #end = Promise.withResolvers<VmEnding>();
  #isEnded = false;
  #request: StartRequest | undefined;
  /** A state of its devices that found no room in the control block. */
  #posted: KeptState | undefined;
  /** When its pages are not being saved any more: they stay as they are, and the VM's, until then. */
  #isStill: Promise<void> = Promise.resolve();
  /** Output is written one message after the other. */
  #writing: Promise<void> = Promise.resolve();

  constructor(
    { vm, name, memoryBytes, group, home, part, disks }: VmFacts,
    control: ControlBlock,
    console: VmConsole,
    cpus: Cpus,
  ) {
    this.vm = vm;
    this.name = name;
    this.memoryBytes = memoryBytes;
    this.group = group;
    this.home = home;
    this.part = part;
    this.#disks = [...disks];
    this.#control = control;
    this.#console = console;
    this.#cpus = cpus;
    this.ended = this.#end.promise;
  }

  /** Its worlds in the table, by hart. */
  get rows(): readonly number[] {
    return this.seat?.rows ?? [];
  }

  get harts(): number {
    return this.seat?.rows.length ?? 1;
  }

  /** Types on the console. @returns how many bytes found room; see VmConsole.inputRoom. */
  input(bytes: Uint8Array): number {
    const count = this.#control.offer(bytes);
    this.#cpus.bells.ring(this.home);
    return count;
  }

  /** Says something to the guest's agent. @returns how many bytes found room; see VmConsole.agentRoom. */
  async tellAgent(bytes: Uint8Array): Promise<number> {
    const { vm } = this;
    return (await this.#cpus.link(this.home).request({ kind: 'agent', vm, bytes })) as number;
  }

  /** Presses a button. @returns whether the guest has a driver that takes it */
  async press(button: Button): Promise<boolean> {
    const { vm } = this;
    return (await this.#cpus.link(this.home).request({ kind: 'press', vm, button })) as boolean;
  }

  /** Resolves when no hart runs and nothing changes any more. */
  async pause(): Promise<void> {
    await this.#ask('pause');
  }

  async resume(): Promise<void> {
    await this.#isStill;
    await this.#ask('resume');
  }

  /** What it is owed from now on, and in which pool. @throws HostError `cpu-admission`, `memory-admission`: then all is as it was */
  allocate(cpu: CpuAllocation, memory: MemoryAllocation, place: { group: number; pool: number }): void {
    const { resources } = this.#cpus;
    this.part?.admit(memory, place.pool);
    if (resources.poolOf(this.group) === place.group) resources.configure(this.group, cpu);
    else resources.move(this.group, place.group, cpu);
    this.part?.allocate(memory, place.pool);
  }

  /** For Cpus. */
  trouble(trouble: VmTrouble): void {
    this.#console.trouble?.(trouble);
  }

  /** What it is in trouble for is tried again. */
  retry(): void {
    this.part?.retry();
  }

  /** Starts the machine anew. */
  async reset(): Promise<void> {
    await this.#isStill;
    await this.#ask('reset');
  }

  /** Ends it without asking the guest; disks are flushed. Resolves when it is gone. */
  async powerOff(result: RunResult = { kind: 'left' }): Promise<void> {
    await this.#cpus
      .link(this.home)
      .request({ kind: 'end', vm: this.vm, result })
      .catch(() => undefined);
    await this.ended;
  }

  /** Everything as plain data, the content of disks excepted. Preconditions: paused. */
  async save(): Promise<MachineStateV1> {
    return (await this.#ask('save')) as MachineStateV1;
  }

  /**
   * Writes a snapshot to a file; with a base, if that was saved last, only what was written since. Its pCPU is not held up.
   * Preconditions: paused; it goes on after that only. @throws HostError
   */
  async snapshot(path: string, base: string | undefined): Promise<SavedSnapshot> {
    const saved = this.#save(path, base);
    this.#isStill = Promise.allSettled([this.#isStill, saved]).then(() => {});
    return await saved;
  }

  /**
   * The home makes the pages stand still, where it waits for the memory manager: here that would be for ever if that died,
   * which is found out here. When the home dies before it answers, the map goes with it.
   */
  async #save(path: string, base: string | undefined): Promise<SavedSnapshot> {
    const { vm } = this;
    const map = this.part?.map ?? this.#attachMap();
    const state = await this.#cpus.link(this.home).request({ kind: 'snapshot', vm, path, base });
    try {
      const { writeSnapshot } = await import('./snapshot-write.ts');
      return await writeSnapshot(path, map, state as ToSave);
    } finally {
      map.goOn();
    }
  }

  #attachMap(): GuestMap {
    const { place } = this.seat as VmSeat;
    return GuestMap.attach(this.#cpus.memory, place.map, { onHostWrite: () => {} });
  }

  /** Does something to the disk of that number. @throws HostError */
  async disk(index: number, action: DiskAction): Promise<unknown> {
    return await this.#cpus.link(this.home).request({ kind: 'disk', vm: this.vm, index, action });
  }

  /** Those that it has now. */
  get disks(): readonly DiskConfig[] {
    return this.#disks.filter((disk) => disk !== undefined);
  }

  /** Puts a disk into a SCSI controller. @returns its number. @throws HostError */
  async plug(disk: DiskConfig & { readonly scsi: ScsiSlot }): Promise<number> {
    const { vm } = this;
    const index = (await this.#cpus.link(this.home).request({ kind: 'plug', vm, disk })) as number;
    this.#disks[index] = disk;
    return index;
  }

  /** Takes the disk of that number out of its SCSI controller. */
  async unplug(index: number): Promise<void> {
    const slot = this.#disks[index]?.scsi;
    if (slot === undefined) throw new TypeError(`disk ${index} of VM ${this.vm} is on no SCSI bus`);
    await this.#cpus.link(this.home).request({ kind: 'unplug', vm: this.vm, index, slot });
    this.#disks[index] = undefined;
  }

  /** Plugs the cable of a network card in or out. */
  async setLink(nic: number, isUp: boolean): Promise<void> {
    await this.#cpus.link(this.home).request({ kind: 'nic-link', vm: this.vm, nic, isUp });
  }

  /** What the guest says of its memory by its balloon's driver; undefined: there is none, or it does not answer. */
  async guestMemory(): Promise<GuestMemory | undefined> {
    const { vm } = this;
    const ask = async (isAsked: boolean) =>
      (await this.#cpus.link(this.home).request({ kind: 'guest-memory', vm, isAsked })) as GuestMemoryAnswer;
    const { answers } = await ask(true);
    for (let waited = 0; waited < ANSWER_MS; waited += ANSWER_POLL_MS) {
      await setTimeout(ANSWER_POLL_MS);
      const now = await ask(false);
      if (now.answers > answers) return now.statistics;
    }
    return undefined;
  }

  async stats(): Promise<RunStats> {
    return (await this.#ask('stats')) as RunStats;
  }

  /** For Cpus. Other pCPUs hear of it before they hear anything else of it. */
  started(seat: VmSeat, request: StartRequest): void {
    this.seat = seat;
    this.#request = request;
    void this.#cpus.tellOthers(this.home, { kind: 'attach', seat });
    if (!this.#isEnded) this.part?.manage(seat.place, this.home);
  }

  /** Whether all of it is there without its home: its devices as they are. */
  get isKept(): boolean {
    const { seat } = this;
    if (seat === undefined || this.#isEnded) return false;
    return this.#kept?.uses === deviceUses(exitCounts(this.#cpus.memory.memory.buffer, seat.place));
  }

  /** The state of its devices that nobody but harts has changed since. */
  get #kept(): KeptState | undefined {
    const number = this.#control.kept;
    if (number === 0) return undefined;
    if (this.#posted?.number === number) return this.#posted;
    return deserialize(this.#control.readKept()) as KeptState;
  }

  /** For Cpus: another thread is its home, in place of one that has died. Preconditions: kept when that was seen to be dead. */
  async rehome(link: PcpuLink): Promise<void> {
    const { seat } = this;
    const devices = this.#kept?.devices;
    if (seat === undefined || devices === undefined || this.#request === undefined) return;
    await link.request({ ...this.#request, origin: { kind: 'kept', seat, devices } });
  }

  /** For Cpus: a new pCPU gets to know the VM. */
  async introduce(link: PcpuLink): Promise<void> {
    if (this.seat === undefined || this.#isEnded || link.index === this.home) return;
    await link.request({ kind: 'attach', seat: this.seat }).catch(() => undefined);
  }

  /** For Cpus. */
  take(message: VmMessage): void {
    switch (message.kind) {
      case 'output':
        this.#write(message.bytes);
        return;
      case 'lines':
        this.#console.lines(message.text, () => this.#wasRead(message.text.length));
        return;
      case 'agent':
        this.#console.agent?.(message.bytes);
        this.#wasRead(message.bytes.length);
        return;
      case 'agent-open':
        this.#console.agentOpened?.(message.isOpen);
        return;
      case 'agent-room':
        this.#console.agentRoom?.();
        return;
      case 'input-room':
        this.#console.inputRoom?.();
        return;
      case 'kept':
        this.#posted = message.state;
        return;
      case 'trouble':
        this.trouble(message.trouble);
        return;
      case 'fault':
        void this.powerOff({ kind: 'fault', message: `${this.name}: ${message.reason}` });
        return;
      case 'ended':
        void this.#finish(message.result, message.stats);
    }
  }

  /** For Cpus: its home is dead, and with it all that it knew. */
  async abandon(result: RunResult): Promise<void> {
    if (this.#isEnded) return;
    this.#isEnded = true;
    await this.#cpus.tellOthers(this.home, { kind: 'detach', vm: this.vm });
    await Promise.all([this.part?.leave(), this.#isStill]);
    this.part?.salvage();
    this.part?.close();
    for (const row of this.rows) {
      this.#cpus.worlds.exchange(row, this.#cpus.worlds.state(row), WorldState.stopped, 0);
      this.#cpus.worlds.remove(row);
    }
    this.#cpus.forget(this.vm);
    await this.#writing;
    this.#end.resolve({ result, stats: undefined });
  }

  async #finish(result: RunResult, stats: RunStats): Promise<void> {
    if (this.#isEnded) return;
    this.#isEnded = true;
    await this.#cpus.tellOthers(this.home, { kind: 'detach', vm: this.vm });
    await Promise.all([this.part?.leave(), this.#isStill]);
    await this.#ask('release').catch(() => undefined);
    this.part?.close();
    this.#cpus.forget(this.vm);
    // The result counts when all output has been shown.
    await this.#writing;
    this.#end.resolve({ result, stats });
  }

  #ask(kind: 'pause' | 'resume' | 'reset' | 'save' | 'stats' | 'release'): Promise<unknown> {
    return this.#cpus.link(this.home).request({ kind, vm: this.vm });
  }

  #write(bytes: Uint8Array): void {
    this.#writing = this.#writing.then(async () => {
      if (!this.#console.write(bytes)) await this.#console.drained();
      this.#wasRead(bytes.length);
    });
  }

  #wasRead(bytes: number): void {
    this.#control.read(bytes);
    this.#cpus.bells.ring(this.home);
  }
}
