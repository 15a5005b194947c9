/** A VM as an object: its settings on the datastore, its power state, its console, and what can be done to it. */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { HostError, reasonOf } from '#lib';
import type { DiskStatsSample } from '#storage';
import { type DiskAllocation, type VmDisk, type VmSettings, type Vmx } from '#vmm';
import { realAgentClock } from './agent/clock.ts';
import { copiedCards } from './agent/copied-cards.ts';
import { GuestAgent } from './agent/guest-agent.ts';
import { writeGuestInfo } from './agent/guest-info.ts';
import { discIn } from './cdrom.ts';
import { ConsoleHub } from './console-hub.ts';
import { DiskMerging, type MergedVm } from './disk-merging.ts';
import { ExactRuns, type ExactVm } from './exact-runs.ts';
import { changeDisks, diskChange, requireHot } from './hot-disks.ts';
import { OutsideFiles } from './outside-files.ts';
import { nextPowerState, type PowerEvent, type PowerState, STATE_TEXT } from './power-states.ts';
import { Questions } from './questions.ts';
import type { GuestMemory, RunningVm, SavedState, VmEnd, VmOrigin, VmRunner, VmToRun } from './runner.ts';
import { type Snapshot, Snapshots, type SnapshotWish } from './snapshots.ts';
import { fullMessage, isDiskFull, troubleMessage, type VmTrouble } from './troubles.ts';
import { copyFile, type FrozenDisk, isVmdk, VmDisks, writableDisks } from './vm-disks.ts';
import type { VmFolder } from './vm-folder.ts';
import type { VmListener, VmWatcher } from './vm-listener.ts';

/** Settings that may change while a VM is on: what it is owed, and how it starts and ends with the host. */
const LIVE: ReadonlySet<string> = new Set<keyof VmSettings>([
  ...(['cpuShares', 'cpuReservationMhz', 'cpuLimitMhz'] as const),
  ...(['memShares', 'memReservationMib', 'memLimitMib'] as const),
  ...(['annotation', 'pool'] as const),
]);

/** Settings that name files: who changes these by himself is the host's owner. */
const NAMES_FILES: ReadonlySet<string> = new Set<keyof VmSettings>([
  ...(['kernel', 'firmware', 'initrds', 'disks'] as const),
]);

export class Vm {
  /** Small and never used again on this host; it names the VM for programs. */
  readonly id: number;
  readonly folder: VmFolder;
  readonly console: ConsoleHub;
  readonly snapshots: Snapshots;
  readonly disks: VmDisks;
  /** What its guest says through its agent, and what can be asked of it. */
  readonly guest: GuestAgent;
  /** What it asks a person. */
  readonly questions: Questions;
  /** Its recordings, and gdb. */
  readonly exact: ExactRuns;
  /** What it may have that is on no datastore. */
  readonly outside: OutsideFiles;
  readonly #runner: VmRunner;
  readonly #listener: VmListener;
  readonly #watch: VmWatcher;
  readonly #merging: DiskMerging;
  #settings: VmSettings;
  #vmx: Vmx | undefined;
  #state: PowerState = 'off';
  #running: RunningVm | undefined;
  /** Those of the machine that runs, in the order in which it has them. */
  #startedDisks: readonly VmDisk[] = [];
  #startedHosts: NonNullable<VmSettings['scsiHosts']> = [];
  #lastEnd: VmEnd | undefined;
  #failure: string | undefined;
  #hasAgent = false;
  #bootMs: number | undefined;
  /** It stands still, whatever its state, until a question is answered. */
  #isStanding = false;
  /** It ends because its state is in a file. */
  #isSaved = false;
  /** The snapshot that this run was saved as last: the next one builds on it. */
  #savedUid = 0;

  /** @param known - its .vmx, where it is known already: it may be written later; what it may have outside of the datastores */
  constructor(
    id: number,
    folder: VmFolder,
    settings: VmSettings,
    runner: VmRunner,
    listener: VmListener,
    watch: VmWatcher = () => {},
    known: { readonly vmx?: Vmx | undefined; readonly outside?: OutsideFiles } = {},
  ) {
    this.id = id;
    this.folder = folder;
    this.#settings = settings;
    this.#vmx = known.vmx;
    this.outside = known.outside ?? new OutsideFiles(undefined, [], () => {});
    this.#runner = runner;
    this.#listener = (vm, line) => {
      listener(vm, line);
      // The line comes before the change.
      queueMicrotask(() => this.#watch(this, 'changed'));
    };
    this.#watch = watch;
    this.snapshots = new Snapshots(folder, this.outside);
    this.disks = new VmDisks(folder);
    if (!folder.isNew && existsSync(this.#suspendPath)) this.#state = 'suspended';
    this.guest = new GuestAgent(this.name, realAgentClock, () => this.#guestChanged());
    this.questions = new Questions(this.name, (line) => this.#listener(this, line));
    this.console = new ConsoleHub((bytes) => this.#running?.input(bytes));
    this.#merging = new DiskMerging(this.#mergedVm());
    this.exact = new ExactRuns(this.#exactVm());
  }

  #exactVm(): ExactVm {
    return {
      ...{ vm: this, labs: this.#runner.labs },
      ...{ follow: (event, action) => this.#follow(event, action), running: () => this.#running },
      toRun: () => this.#toRun(),
      output: (bytes) => this.console.output(bytes),
      become: (running) => this.#become(running),
      goOn: (path) => this.#launch({ kind: 'snapshot', path }),
      report: (line) => this.#listener(this, line),
    };
  }

  #mergedVm(): MergedVm {
    return {
      ...{ disks: this.disks, snapshots: this.snapshots },
      ...{ running: () => this.#running, attached: () => this.#settings.disks },
      replaceDisk: (disk) => this.#replaceDisk(disk),
      whilePaused: (action) => this.#whilePaused(this.#requireRunning('merge disks of'), action),
      report: (line) => this.#listener(this, line),
    };
  }

  get name(): string {
    return this.#settings.name;
  }

  get settings(): VmSettings {
    return this.#settings;
  }

  /** The lines of its .vmx, not to be changed. */
  get vmx(): Vmx {
    return (this.#vmx ??= this.#readVmx());
  }

  /** Somebody may have put another in its place. @throws HostError */
  #readVmx(): Vmx {
    const vmx = this.folder.readVmx();
    this.outside.require(vmx, this.folder);
    return vmx;
  }

  /** When it was switched on; undefined while it is not. Milliseconds since 1970. */
  get bootMs(): number | undefined {
    return this.#bootMs;
  }

  get state(): PowerState {
    return this.#state;
  }

  /** Why it could not be started or suspended the last time that it could not. */
  get failure(): string | undefined {
    return this.#failure;
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
      running = await this.#launch(origin);
    } catch (error) {
      this.#follow(before === 'suspended' ? 'kept' : 'ended', 'start');
      this.#failure = reasonOf(error);
      this.#listener(this, `cannot be started: ${this.#failure}`);
      throw error;
    }
    this.#become(running, { isNew: origin === undefined });
    if (this.#state === 'stopping') await running.stop();
    else this.#follow('started', 'start');
  }

  #launch(origin: VmOrigin | undefined): Promise<RunningVm> {
    return this.#runner.start(
      this.#toRun(),
      (bytes) => this.console.output(bytes),
      origin,
      (trouble) => void this.#askAbout(trouble),
    );
  }

  #toRun(): VmToRun {
    const { id, name, folder } = this;
    return {
      id,
      name,
      settings: folder.resolved(this.#settings),
      folder: folder.path,
      datastores: folder.datastores,
    };
  }

  /** That is its machine from now on; undefined: for the moment there is none, and it is not off. */
  #become(running: RunningVm | undefined, { isNew = false } = {}): void {
    this.#running = running;
    this.#startedDisks = this.#settings.disks;
    this.#startedHosts = this.#settings.scsiHosts ?? [];
    if (running === undefined) {
      this.guest.disconnect();
      return;
    }
    this.#bootMs ??= Date.now();
    if (running.agent) this.guest.connect(running.agent, this.vmx.entries(), { isNew });
    void running.ended.then((end) => {
      if (this.#running === running) this.#end(end);
    });
  }

  /** Resolves when the VM is off; what was suspended is given up. @throws HostError */
  async stop(): Promise<void> {
    this.#follow('stop', 'stop');
    rmSync(this.#suspendPath, { force: true });
    await this.#running?.stop();
    await this.#running?.ended;
  }

  /**
   * Asks the guest to end, or to begin anew: its agent, else by a button of the machine.
   * @returns whether there is anybody who hears it. @throws HostError
   */
  async askDown(how: 'poweroff' | 'reboot'): Promise<boolean> {
    const running = this.#running;
    if (running === undefined) throw this.#cannot('ask the guest of');
    const isByAgent = this.guest.isThere;
    if (isByAgent) await this.guest.down(how);
    else if (!(await running.press?.(how === 'poweroff' ? 'power' : 'restart'))) return false;
    this.#watch(this, how === 'poweroff' ? 'asked to power off' : 'asked to reboot');
    this.#listener(this, `its guest is asked to ${how} by ${isByAgent ? 'its agent' : 'a button'}`);
    return true;
  }

  /** Resolves when no machine runs. */
  async whenOff(): Promise<void> {
    await this.#running?.ended;
  }

  async pause(): Promise<void> {
    this.#follow('pause', 'pause');
    await this.#running?.pause();
  }

  async resume(): Promise<void> {
    this.#follow('resume', 'resume');
    await this.#goOn();
  }

  /** Lets the vCPUs run, unless somebody is to say first whether they may. */
  async #goOn(): Promise<void> {
    if (!this.#isStanding) await this.#running?.resume();
  }

  /** It stands still until a person has said what to do. */
  async #askAbout(trouble: VmTrouble): Promise<void> {
    const running = this.#running;
    const { id, text } = troubleMessage(trouble);
    if (running === undefined || this.questions.isAsked(id)) return;
    this.#isStanding = true;
    await running.pause();
    const isRetry = await this.questions.askToRetry(id, text);
    if (this.#running !== running) return;
    this.#isStanding = false;
    if (!isRetry) {
      await this.stop().catch(() => undefined);
      return;
    }
    running.retry();
    if (this.#state === 'on') await running.resume();
  }

  /** Does something that needs space on a disk; when there is none, a person is asked whether to try again. */
  async #withSpace<T>(what: string, action: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await action();
      } catch (error) {
        if (!isDiskFull(error)) throw error;
        const { id, text } = fullMessage(what, error.message);
        if (!(await this.questions.askToRetry(id, text))) throw error;
      }
    }
  }

  /** Saves the machine and ends it; `start` goes on where it was. @throws HostError */
  async suspend(): Promise<void> {
    const wasPaused = this.#state === 'paused';
    this.#follow('suspend', 'suspend');
    const running = this.#running as RunningVm;
    try {
      if (!wasPaused) await running.pause();
      await this.#withSpace('suspending', () => running.snapshot(this.#suspendPath, undefined));
    } catch (error) {
      this.#failure = reasonOf(error);
      if (this.#running === running) {
        this.#follow('resume', 'suspend');
        await this.#goOn();
      }
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
    const saved = await this.#whilePaused(running, () => this.#saveRunning(running, snapshot, base));
    this.#savedUid = snapshot.uid;
    this.#listener(this, `snapshot "${name}": ${saved.pages} pages in ${Math.round(saved.ms)} ms`);
    return saved;
  }

  /** The same of a VM in any state but suspended, also without memory; it builds on no other. @throws HostError */
  async takeSnapshot(asked: SnapshotWish): Promise<Snapshot> {
    if (this.#running === undefined) this.requireOff('save a snapshot of');
    else this.#requireRunning('save a snapshot of');
    return await this.keepDisks(asked);
  }

  /** The same, whatever its state. Preconditions: no machine, or one that runs on pCPUs. @throws HostError */
  async keepDisks(asked: SnapshotWish): Promise<Snapshot> {
    const running = this.#running;
    const { memory, description } = asked;
    const isWithMemory = memory && running !== undefined;
    const planned = this.snapshots.plan(asked.name, asked.nowMs, undefined, { isNameFree: true });
    const snapshot = { ...planned, description, hasMemory: isWithMemory };
    const save = async () => {
      if (isWithMemory) await this.#saveRunning(running, snapshot, undefined);
      else await this.#saveDisks(running, snapshot);
    };
    if (running) await this.#whilePaused(running, save);
    else await save();
    this.#listener(this, `snapshot "${asked.name}"`);
    return this.snapshots.find(String(snapshot.uid), { isUid: true });
  }

  async #saveRunning(
    running: RunningVm,
    snapshot: Snapshot,
    base: Snapshot | undefined,
  ): Promise<SavedState> {
    const path = this.snapshots.pathOf(snapshot);
    try {
      return await this.#withSpace('the snapshot', async () => {
        const saved = await running.snapshot(path, base && this.snapshots.pathOf(base));
        await this.#saveDisks(running, snapshot);
        return saved;
      });
    } catch (error) {
      rmSync(path, { force: true });
      throw error;
    }
  }

  async #saveDisks(running: RunningVm | undefined, snapshot: Snapshot): Promise<void> {
    this.snapshots.keepDisks(snapshot, this.#settings.disks);
    this.snapshots.add({ ...snapshot, disks: await this.#freezeDisks(running) });
  }

  /** Goes back to a snapshot, with the settings of then: if it has memory the machine is on after that. @throws HostError */
  async restoreSnapshot(name: string, { isOff = false, isUid = false } = {}): Promise<void> {
    const snapshot = this.snapshots.find(name, { isUid });
    await this.#requireWhole(snapshot, isOff);
    if (this.#state !== 'off') await this.stop();
    const vmx = this.snapshots.settingsOf(snapshot, this.#settings.disks);
    if (vmx) this.replaceVmx(vmx);
    this.snapshots.bringDisksBack(snapshot, this.#settings.disks);
    const kept = this.snapshots.frozenNames;
    for (const frozen of snapshot.disks) {
      const disk = this.#settings.disks.find(({ unit }) => unit === frozen.unit);
      if (disk) this.#replaceDisk(this.disks.restart(disk, frozen, kept));
    }
    this.snapshots.setCurrent(snapshot.uid);
    if (snapshot.hasMemory && !isOff)
      await this.#start({ kind: 'snapshot', path: this.snapshots.pathOf(snapshot) });
    this.#listener(this, `went back to snapshot "${snapshot.name}"`);
  }

  /** Whether all is there that a snapshot needs: nothing is given up for one that cannot be gone back to. @throws HostError */
  async #requireWhole(snapshot: Snapshot, isOff: boolean): Promise<void> {
    for (const { fileName } of snapshot.disks) this.disks.requireWhole(fileName);
    const vmx = this.snapshots.settingsOf(snapshot, this.#settings.disks);
    this.snapshots.requireCopies(snapshot, vmx ? this.folder.settingsOf(vmx).disks : this.#settings.disks);
    if (snapshot.hasMemory && !isOff) await this.#runner.check(this.snapshots.pathOf(snapshot));
  }

  /** Its disks are merged into those that come after it, also while the machine runs. @throws HostError */
  async removeSnapshot(name: string, { isUid = false } = {}): Promise<void> {
    this.#requirePlain('remove a snapshot of');
    const snapshot = this.snapshots.find(name, { isUid });
    this.snapshots.remove(snapshot, this.#settings.disks);
    if (this.#savedUid === snapshot.uid) this.#savedUid = 0;
    for (const disk of snapshot.disks) await this.#merging.forget(disk);
  }

  /** Merges what is left of snapshots and copies that are gone; what others need stays. @throws HostError */
  async consolidate(): Promise<void> {
    this.#requirePlain('consolidate the disks of');
    for (const { unit, fileName } of writableDisks(this.#settings.disks).filter(isVmdk)) {
      for (const frozen of this.disks.chainOf(fileName).slice(1))
        await this.#merging.forget({ unit, fileName: frozen });
    }
  }

  /** What the guest says of its memory. @throws HostError `vm-state` unless it runs, `vm-refused` when it says nothing */
  async guestMemory(): Promise<GuestMemory> {
    const action = 'tell about the memory of';
    const told = await this.#requireRunning(action).guestMemory?.();
    if (told) return told;
    throw new HostError('vm-refused', {
      action,
      vm: this.name,
      reason: 'its guest has no driver for its balloon that answers',
    });
  }

  /** What the disk of that place did in this run. @throws HostError `vm-state` unless it runs */
  async diskStats(unit: number): Promise<DiskStatsSample> {
    const running = this.#requireRunning('tell what a disk did of');
    this.#diskAt(unit);
    return (await running.disk(unit, { do: 'stats' })) as DiskStatsSample;
  }

  /** What a disk is owed from now on, also while the machine runs. @throws HostError */
  async allocateDisk(unit: number, allocation: DiskAllocation): Promise<void> {
    const disk = this.#diskAt(unit);
    await this.#running?.disk(unit, { do: 'allocate', allocation });
    this.#replaceDisk({ ...disk, allocation });
  }

  /** @throws HostError `vm-refused` when there is none */
  #diskAt(unit: number): VmDisk {
    const found = this.#settings.disks.find((disk) => disk.unit === unit);
    if (found) return found;
    throw new HostError('vm-refused', {
      action: 'use a disk of',
      vm: this.name,
      reason: `it has no disk ${unit}`,
    });
  }

  /** Its disks keep which blocks are changed, or not, as the settings say; while it is off they will when it starts. @throws HostError */
  async applyChangeTracking(): Promise<void> {
    const { disks, trackChanges: isOn } = this.#settings;
    for (const disk of disks)
      if (!disk.readOnly && isVmdk(disk)) await this.#running?.disk(disk.unit, { do: 'track-changes', isOn });
  }

  /** Makes a disk larger; a machine that runs is told. @throws HostError */
  async growDisk(unit: number, sizeBytes: number): Promise<void> {
    this.#requirePlain('grow a disk of');
    if (this.#state === 'off') this.requireOff('grow a disk of');
    const disk = this.#settings.disks.find((one) => one.unit === unit);
    if (disk === undefined || disk.readOnly) {
      const details = { action: 'grow a disk of', vm: this.name };
      throw new HostError('vm-refused', { ...details, reason: `it has no disk ${unit} that can be written` });
    }
    await this.disks.grow(disk, this.#running, sizeBytes);
    this.#listener(this, `disk ${unit} has ${sizeBytes} bytes now`);
  }

  /**
   * Starts `children` as copies of this machine, which goes on.
   * @param meanwhile - is called when they are under way, and has its time while another thread makes them
   * @throws HostError, also what `meanwhile` throws: then those that could be started are on
   */
  async forkInto(children: readonly Vm[], meanwhile: () => Promise<unknown>): Promise<void> {
    const parent = this.#requireRunning('fork');
    const fork = async (): Promise<void> => {
      const frozen = await this.#freezeDisks(parent);
      for (const child of children) {
        this.#giveDisks(child, frozen);
        child.guest.beginAs(this.guest.facts, copiedCards(this.#settings.nics, child.#settings.nics));
      }
      const started = children.map((child) => child.#start({ kind: 'fork', parent }));
      const work = [...started, setImmediate().then(meanwhile)];
      for (const end of await Promise.allSettled(work)) if (end.status === 'rejected') throw end.reason;
    };
    // Where nothing but memory is copied, and only once, its pCPU holds it up by itself.
    const isAlone = children.length === 1 && writableDisks(this.#settings.disks).length === 0;
    await (isAlone ? fork() : this.#whilePaused(parent, fork));
  }

  /** Writes its .vmx, if nothing was written yet. @throws HostError */
  saveDraft(): void {
    if (!existsSync(this.folder.vmxPath)) this.folder.writeFirst(this.vmx);
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
  async #freezeDisks(running: RunningVm | undefined): Promise<FrozenDisk[]> {
    const frozen: FrozenDisk[] = [];
    for (const disk of this.#settings.disks) {
      if (disk.readOnly || !isVmdk(disk)) continue;
      this.#replaceDisk(await this.disks.freeze(disk, running));
      frozen.push({ unit: disk.unit, fileName: disk.fileName });
    }
    return frozen;
  }

  #replaceDisk(next: VmDisk): void {
    const disks = this.#settings.disks.map((disk) => (disk.unit === next.unit ? next : disk));
    this.#settings = { ...this.#settings, disks };
    this.#save();
  }

  #save(): void {
    this.folder.write(this.#settings);
    this.#vmx = undefined;
    this.#watch(this, 'changed');
  }

  #requireRunning(action: string): RunningVm {
    if (this.#running && (this.#state === 'on' || this.#state === 'paused')) return this.#running;
    throw this.#cannot(action);
  }

  /** Disks of a machine in exact steps are not touched. */
  #requirePlain(action: string): void {
    if (this.#state === 'recording' || this.#state === 'debugging') throw this.#cannot(action);
  }

  async #whilePaused<T>(running: RunningVm, action: () => Promise<T>): Promise<T> {
    const wasPaused = this.#state === 'paused';
    if (!wasPaused) await running.pause();
    try {
      return await action();
    } finally {
      if (!wasPaused && this.#running === running) await this.#goOn();
    }
  }

  get #suspendPath(): string {
    return join(this.folder.path, `${this.folder.name}.vmss`);
  }

  async reset(): Promise<void> {
    const wasPaused = this.#state === 'paused';
    this.#follow('reset', 'reset');
    this.#watch(this, 'reset');
    await this.#running?.reset();
    if (wasPaused) await this.#goOn();
  }

  /** Changes settings; what it is owed at any time, all else only while the VM is off. @throws HostError */
  reconfigure(change: Partial<VmSettings>): void {
    const isLive = this.isOn && Object.keys(change).every((key) => LIVE.has(key));
    if (!isLive) this.requireOff('change');
    const settings = { ...this.#settings, ...change };
    if (isLive) this.#running?.allocate(settings);
    this.#settings = settings;
    this.#save();
    if (Object.keys(change).some((key) => NAMES_FILES.has(key)))
      this.outside.give(this.folder.readVmx(), this.folder);
    // Where its disks are follows from its controllers.
    if (!isLive) this.#settings = this.folder.settingsOf(this.vmx);
    this.#listener(this, 'reconfigured');
  }

  /** The resource pool that it is in is called so now. */
  notePool(pool: string): void {
    this.#settings = { ...this.#settings, pool };
    this.#save();
  }

  /** Whether a machine runs, or stands still in memory. */
  get isOn(): boolean {
    return this.#state === 'on' || this.#state === 'paused';
  }

  /** Replaces the .vmx; what a machine that runs has is as it was. @throws HostError `vm-settings` */
  replaceVmx(vmx: Vmx): void {
    this.outside.require(vmx, this.folder);
    const settings = this.folder.settingsOf(vmx);
    // What it is owed counts at once; when it cannot be had, nothing is changed.
    if (this.isOn) this.#running?.allocate({ ...this.#settings, ...owed(settings) });
    else if (this.#state === 'off') this.requireOff('change');
    this.folder.writeVmx(vmx);
    this.#settings = settings;
    this.#vmx = undefined;
    this.#listener(this, 'reconfigured');
  }

  /** Whether a machine that runs, and can have its disc changed, would have another one by that .vmx. */
  hasOtherDisc(vmx: Vmx): boolean {
    const hasDrive = this.isOn && this.#startedDisks.some(({ scsi }) => scsi?.kind === 'cdrom');
    return (
      hasDrive && discIn(vmx, this.folder.settingsOf(vmx).disks) !== discIn(this.vmx, this.#settings.disks)
    );
  }

  /**
   * Replaces the .vmx, and what is in the CD drive of a machine that runs: one that was started with a disc in a drive of a
   * SCSI controller. @throws HostError
   */
  async changeDisc(vmx: Vmx): Promise<void> {
    const running = this.#running;
    if (!this.isOn || running === undefined) {
      this.requireOff('change the disc of');
      return this.replaceVmx(vmx);
    }
    const drive = this.#startedDisks.find(({ scsi }) => scsi?.kind === 'cdrom');
    if (drive === undefined) {
      const reason = 'it was not started with a disc in a drive of a SCSI controller';
      throw new HostError('vm-refused', { action: 'change the disc of', vm: this.name, reason });
    }
    const disc = discIn(vmx, this.folder.settingsOf(vmx).disks);
    await running.disk(drive.unit, { do: 'disc', path: disc && this.folder.resolve(disc) });
    return this.replaceVmx(vmx);
  }

  /**
   * Replaces the .vmx; a machine that runs gets and loses the disks of its SCSI controllers that come and go by that, and
   * another disc. All of it or nothing. @throws HostError
   */
  async changeHardware(vmx: Vmx): Promise<void> {
    const { disks } = this.folder.settingsOf(vmx);
    const change = diskChange(this.#settings.disks, disks);
    const running = this.#running;
    const isSame = change.in.length + change.out.length === 0;
    if (running === undefined || isSame) return await this.#replaceWithDisc(vmx);
    if (!this.isOn) throw this.#cannot('change a disk of');
    requireHot(this.name, running, this.#startedHosts, change);
    this.outside.require(vmx, this.folder);
    const undo = await changeDisks(running, change, (disk) => this.folder.resolvedDisk(disk));
    try {
      await this.#replaceWithDisc(vmx);
    } catch (error) {
      await undo();
      throw error;
    }
    for (const { unit } of change.out) this.#listener(this, `disk ${unit} was taken out`);
    for (const { unit } of change.in) this.#listener(this, `disk ${unit} was put in`);
  }

  async #replaceWithDisc(vmx: Vmx): Promise<void> {
    if (this.hasOtherDisc(vmx)) await this.changeDisc(vmx);
    else this.replaceVmx(vmx);
  }

  /** Whether it runs, and disks can be put into that SCSI controller, and taken out. */
  isHot(controller: number): boolean {
    return this.isOn && this.#startedHosts.some(({ number }) => number === controller);
  }

  /** Sets a guestinfo.* value in its .vmx and in the guest that runs. @throws HostError `usage` */
  setGuestInfo(key: string, value: string): void {
    this.guest.setInfo(key, value);
    const vmx = this.#readVmx();
    writeGuestInfo(vmx, key, value);
    this.replaceVmx(vmx);
  }

  /** Reads the .vmx again: somebody has changed it. @throws HostError */
  reload(): void {
    this.requireOff('reload');
    this.replaceVmx(this.folder.readVmx());
  }

  /** @throws HostError `vm-state` unless the VM is off on this host: `action` needs that. */
  requireStopped(action: string): void {
    if (this.#state !== 'off') throw this.#cannot(action);
  }

  /** @throws HostError `vm-state` unless the VM is off: `action` needs that; `vm-locked` when it may run on another host */
  requireOff(action: string): void {
    this.requireStopped(action);
    this.requireHere();
  }

  /** @throws HostError `vm-locked` when it may run on another host */
  requireHere(): void {
    const { path } = this.folder;
    const host = this.#runner.holder?.(path);
    if (host !== undefined) throw new HostError('vm-locked', { path, host });
  }

  #guestChanged(): void {
    this.#watch(this, 'changed');
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
    this.#isStanding = false;
    this.questions.giveUp();
    this.#bootMs = undefined;
    this.guest.disconnect();
    this.#savedUid = 0;
    this.#follow(this.#isSaved ? 'saved' : 'ended', 'end');
    this.#isSaved = false;
    if (end.kind === 'fault') this.#listener(this, `ended by a fault: ${end.reason}`);
    this.console.close();
  }
}

/** What of settings counts while a machine runs. */
function owed(settings: VmSettings): Partial<VmSettings> {
  return Object.fromEntries(Object.entries(settings).filter(([key]) => LIVE.has(key)));
}
