/** A VM as an object: its settings on the datastore, its power state, its console, and what can be done to it. */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { HostError, reasonOf } from '#lib';
import { growImage } from '#storage';
import type { VmDisk, VmSettings } from '#vmm';
import { realAgentClock } from './agent/clock.ts';
import { GuestAgent } from './agent/guest-agent.ts';
import { ConsoleHub } from './console-hub.ts';
import { nextPowerState, type PowerEvent, type PowerState, STATE_TEXT } from './power-states.ts';
import type { RunningVm, SavedState, VmEnd, VmOrigin, VmRunner } from './runner.ts';
import { Snapshots } from './snapshots.ts';
import { copyFile, type FrozenDisk, isVmdk, VmDisks, writableDisks } from './vm-disks.ts';
import type { VmFolder } from './vm-folder.ts';

/** Hears of what becomes of a VM, for logs and events. */
export type VmListener = (vm: Vm, line: string) => void;

export class Vm {
  /** Small and never used again on this host; it names the VM for programs. */
  readonly id: number;
  readonly folder: VmFolder;
  readonly console: ConsoleHub;
  readonly snapshots: Snapshots;
  readonly disks: VmDisks;
  /** What its guest says through its agent, and what can be asked of it. */
  readonly guest: GuestAgent;
  readonly #runner: VmRunner;
  readonly #listener: VmListener;
  #settings: VmSettings;
  #state: PowerState = 'off';
  #running: RunningVm | undefined;
  #lastEnd: VmEnd | undefined;
  #hasAgent = false;
  /** It ends because its state is in a file. */
  #isSaved = false;
  /** The snapshot that this run was saved as last: the next one builds on it. */
  #savedUid = 0;

  constructor(id: number, folder: VmFolder, settings: VmSettings, runner: VmRunner, listener: VmListener) {
    this.id = id;
    this.folder = folder;
    this.#settings = settings;
    this.#runner = runner;
    this.#listener = listener;
    this.snapshots = new Snapshots(folder);
    this.disks = new VmDisks(folder);
    if (existsSync(this.#suspendPath)) this.#state = 'suspended';
    this.guest = new GuestAgent(this.name, realAgentClock, () => this.#guestChanged());
    this.console = new ConsoleHub((bytes) => this.#running?.input(bytes));
  }

  get name(): string {
    return this.#settings.name;
  }

  get settings(): VmSettings {
    return this.#settings;
  }

  get state(): PowerState {
    return this.#state;
  }

  /** How its last run ended; undefined before the first one did. */
  get lastEnd(): VmEnd | undefined {
    return this.#lastEnd;
  }

  /** Resolves when the VM is on: switched on, or where it was suspended. @throws HostError */
  async start(): Promise<void> {
    if (this.#state !== 'suspended') return this.#start(undefined);
    await this.#start({ kind: 'snapshot', path: this.#suspendPath });
    rmSync(this.#suspendPath, { force: true });
  }

  async #start(origin: VmOrigin | undefined): Promise<void> {
    const before = this.#state;
    this.#follow('start', 'start');
    let running: RunningVm;
    try {
      running = await this.#runner.start(
        { id: this.id, name: this.name, settings: this.#settings, folder: this.folder.path },
        (bytes) => this.console.output(bytes),
        origin,
      );
    } catch (error) {
      this.#follow(before === 'suspended' ? 'kept' : 'ended', 'start');
      this.#listener(this, `cannot be started: ${reasonOf(error)}`);
      throw error;
    }
    this.#running = running;
    if (running.agent) this.guest.connect(running.agent);
    void running.ended.then((end) => this.#end(end));
    if (this.#state === 'stopping') await running.stop();
    else this.#follow('started', 'start');
  }

  /** Resolves when the VM is off; what was suspended is given up. @throws HostError */
  async stop(): Promise<void> {
    this.#follow('stop', 'stop');
    rmSync(this.#suspendPath, { force: true });
    await this.#running?.stop();
    await this.#running?.ended;
  }

  async pause(): Promise<void> {
    this.#follow('pause', 'pause');
    await this.#running?.pause();
  }

  async resume(): Promise<void> {
    this.#follow('resume', 'resume');
    await this.#running?.resume();
  }

  /** Saves the machine and ends it; `start` goes on where it was. @throws HostError */
  async suspend(): Promise<void> {
    const wasPaused = this.#state === 'paused';
    this.#follow('suspend', 'suspend');
    const running = this.#running as RunningVm;
    try {
      if (!wasPaused) await running.pause();
      await running.snapshot(this.#suspendPath, undefined);
    } catch (error) {
      this.#follow('resume', 'suspend');
      await running.resume();
      throw error;
    }
    this.#isSaved = true;
    await running.stop();
    await running.ended;
  }

  /** Saves memory and disks under a name, and goes on. @throws HostError */
  async saveSnapshot(name: string, nowMs: number): Promise<SavedState> {
    const running = this.#requireRunning('save a snapshot of');
    const base = this.snapshots.all.find(({ uid }) => uid === this.#savedUid);
    const snapshot = this.snapshots.plan(name, nowMs, base);
    return this.#whilePaused(running, async () => {
      const path = this.snapshots.pathOf(snapshot);
      this.snapshots.keepDisks(snapshot, this.#settings.disks);
      const saved = await running.snapshot(path, base && this.snapshots.pathOf(base));
      this.snapshots.add({ ...snapshot, disks: await this.#freezeDisks(running) });
      this.#savedUid = snapshot.uid;
      this.#listener(this, `snapshot "${name}": ${saved.pages} pages in ${Math.round(saved.ms)} ms`);
      return saved;
    });
  }

  /** Goes back to a snapshot: the machine is on after that. @throws HostError */
  async restoreSnapshot(name: string): Promise<void> {
    const snapshot = this.snapshots.find(name);
    if (this.#state !== 'off') await this.stop();
    this.snapshots.bringDisksBack(snapshot, this.#settings.disks);
    const kept = this.#frozenNames();
    for (const frozen of snapshot.disks) {
      const disk = this.#settings.disks.find(({ unit }) => unit === frozen.unit);
      if (disk) this.#replaceDisk(this.disks.restart(disk, frozen, kept));
    }
    await this.#start({ kind: 'snapshot', path: this.snapshots.pathOf(snapshot) });
    this.#listener(this, `went back to snapshot "${name}"`);
  }

  /** Its disks are merged into those that come after it, also while the machine runs. @throws HostError */
  async removeSnapshot(name: string): Promise<void> {
    const snapshot = this.snapshots.find(name);
    this.snapshots.remove(snapshot, this.#settings.disks);
    if (this.#savedUid === snapshot.uid) this.#savedUid = 0;
    for (const disk of snapshot.disks) await this.#forgetDisk(disk);
  }

  /** Merges what is left of snapshots and copies that are gone; what others need stays. @throws HostError */
  async consolidate(): Promise<void> {
    for (const { unit, fileName } of writableDisks(this.#settings.disks).filter(isVmdk)) {
      for (const frozen of this.disks.chainOf(fileName).slice(1))
        await this.#forgetDisk({ unit, fileName: frozen });
    }
  }

  /** Makes a disk larger; a machine that runs is told. @throws HostError */
  async growDisk(unit: number, sizeBytes: number): Promise<void> {
    const index = this.#settings.disks.findIndex((disk) => disk.unit === unit);
    const disk = this.#settings.disks[index];
    if (disk === undefined || disk.readOnly) {
      const reason = `it has no disk ${unit} that can be written`;
      throw new HostError('vm-refused', { action: 'grow a disk of', vm: this.name, reason });
    }
    if (this.#running) await this.#running.disk(index, { do: 'resize', bytes: sizeBytes });
    else growImage(this.folder.resolve(disk.fileName), sizeBytes);
    this.#listener(this, `disk ${unit} has ${sizeBytes} bytes now`);
  }

  /** Starts `children` as copies of this machine, which goes on. @throws HostError */
  async forkInto(children: readonly Vm[]): Promise<void> {
    const parent = this.#requireRunning('fork');
    await this.#whilePaused(parent, async () => {
      const frozen = await this.#freezeDisks(parent);
      for (const child of children) {
        this.#giveDisks(child, frozen);
        await child.#start({ kind: 'fork', parent });
      }
    });
  }

  /** A copy has disks of its own: deltas on frozen ones, copies of raw images. */
  #giveDisks(child: Vm, frozen: readonly FrozenDisk[]): void {
    for (const disk of writableDisks(child.#settings.disks)) {
      const base = frozen.find(({ unit }) => unit === disk.unit);
      if (base) child.#replaceDisk(this.disks.deriveFor(child.folder, disk, base));
      else copyFile(this.folder.resolve(disk.fileName), child.folder.resolve(disk.fileName));
    }
  }

  /** All VMDKs that may be written are frozen under delta disks. Preconditions: the machine is paused. */
  async #freezeDisks(running: RunningVm): Promise<FrozenDisk[]> {
    const frozen: FrozenDisk[] = [];
    for (const [index, disk] of this.#settings.disks.entries()) {
      if (disk.readOnly || !isVmdk(disk)) continue;
      this.#replaceDisk(await this.disks.freeze(index, disk, running));
      frozen.push({ unit: disk.unit, fileName: disk.fileName });
    }
    return frozen;
  }

  #replaceDisk(next: VmDisk): void {
    const disks = this.#settings.disks.map((disk) => (disk.unit === next.unit ? next : disk));
    this.#settings = { ...this.#settings, disks };
    this.folder.write(this.#settings);
  }

  /** Files that snapshots need. */
  #frozenNames(): ReadonlySet<string> {
    return new Set(this.snapshots.all.flatMap(({ disks }) => disks.map(({ fileName }) => fileName)));
  }

  /** A frozen disk that no snapshot needs takes in the one that is built on it, unless others build on it too. */
  async #forgetDisk({ unit, fileName }: FrozenDisk): Promise<void> {
    const index = this.#settings.disks.findIndex((disk) => disk.unit === unit);
    const current = this.#settings.disks[index]?.fileName;
    const known = this.#frozenNames();
    if (current === undefined || current === fileName || known.has(fileName)) return;
    if (!this.disks.isFree(fileName)) return;
    const files = [
      ...new Set([...this.disks.chainOf(current), ...[...known].flatMap((name) => this.disks.chainOf(name))]),
    ];
    const builtOn = (parent: string) => files.filter((name) => this.disks.parentOf(name) === parent);
    const [child, ...others] = builtOn(fileName);
    if (child === undefined) {
      if (this.disks.parentOf(fileName) !== undefined) this.disks.remove(fileName);
      return;
    }
    const [heir, ...others2] = builtOn(child);
    if (others.length > 0 || others2.length > 0 || !this.disks.isFree(child)) return;
    await this.#merge(index, { child, into: fileName, heir: heir ?? child });
  }

  async #merge(
    index: number,
    { child, into, heir }: { readonly child: string; readonly into: string; readonly heir: string },
  ): Promise<void> {
    const running = this.#running;
    const { fileName: current } = this.#settings.disks[index] as VmDisk;
    const copied = () => {
      this.snapshots.renameDisk(child, into);
      const disk = this.#settings.disks[index] as VmDisk;
      if (disk.fileName === child) this.#replaceDisk({ ...disk, fileName: into });
    };
    if (running === undefined || !this.disks.chainOf(current).includes(child)) {
      this.disks.mergeOffline(heir, child, copied);
    } else if (child !== current) {
      await this.disks.mergeBelow(index, child, running, copied);
    } else {
      await this.#mergeWritten(index, child, into, running);
    }
    this.#listener(this, `disk "${child}" was merged into "${into}"`);
  }

  /** A small delta takes the writes meanwhile; only to merge that one the machine is paused. */
  async #mergeWritten(index: number, child: string, into: string, running: RunningVm): Promise<void> {
    await this.#whilePaused(running, async () => {
      this.#replaceDisk(await this.disks.freeze(index, this.#settings.disks[index] as VmDisk, running));
    });
    await this.disks.mergeBelow(index, child, running, () => this.snapshots.renameDisk(child, into));
    await this.#whilePaused(running, async () => {
      const disk = this.#settings.disks[index] as VmDisk;
      await this.disks.mergeTop(index, running, () => this.#replaceDisk({ ...disk, fileName: into }));
    });
  }

  #requireRunning(action: string): RunningVm {
    if (this.#running && (this.#state === 'on' || this.#state === 'paused')) return this.#running;
    throw this.#cannot(action);
  }

  async #whilePaused<T>(running: RunningVm, action: () => Promise<T>): Promise<T> {
    const wasPaused = this.#state === 'paused';
    if (!wasPaused) await running.pause();
    try {
      return await action();
    } finally {
      if (!wasPaused) await running.resume();
    }
  }

  get #suspendPath(): string {
    return join(this.folder.path, `${this.folder.name}.vmss`);
  }

  async reset(): Promise<void> {
    const wasPaused = this.#state === 'paused';
    this.#follow('reset', 'reset');
    await this.#running?.reset();
    if (wasPaused) await this.#running?.resume();
  }

  /** Changes settings; those of the hardware only while the VM is off. @throws HostError */
  reconfigure(change: Partial<VmSettings>): void {
    this.requireOff('change');
    this.#settings = { ...this.#settings, ...change };
    this.folder.write(this.#settings);
    this.#listener(this, 'reconfigured');
  }

  /** @throws HostError `vm-state` unless the VM is off: `action` needs that. */
  requireOff(action: string): void {
    if (this.#state !== 'off') throw this.#cannot(action);
  }

  #guestChanged(): void {
    if (this.guest.isThere === this.#hasAgent) return;
    this.#hasAgent = this.guest.isThere;
    this.#listener(this, `the guest's agent ${this.#hasAgent ? 'answers' : 'is gone'}`);
  }

  #follow(event: PowerEvent, action: string): void {
    const next = nextPowerState(this.#state, event);
    if (next === undefined) throw this.#cannot(action);
    this.#listener(this, `${STATE_TEXT[this.#state]} -> ${STATE_TEXT[next]} (${event})`);
    this.#state = next;
  }

  #cannot(action: string): HostError {
    return new HostError('vm-state', { action, vm: this.name, state: STATE_TEXT[this.#state] });
  }

  #end(end: VmEnd): void {
    this.#lastEnd = end;
    this.#running = undefined;
    this.guest.disconnect();
    this.#savedUid = 0;
    this.#follow(this.#isSaved ? 'saved' : 'ended', 'end');
    this.#isSaved = false;
    if (end.kind === 'fault') this.#listener(this, `ended by a fault: ${end.reason}`);
    this.console.close();
  }
}
