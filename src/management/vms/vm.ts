/** A VM as an object: its settings on the datastore, its power state, its console, and what can be done to it. */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { HostError, reasonOf } from '#lib';
import type { VmSettings } from '#vmm';
import { realAgentClock } from './agent/clock.ts';
import { GuestAgent } from './agent/guest-agent.ts';
import { ConsoleHub } from './console-hub.ts';
import { nextPowerState, type PowerEvent, type PowerState, STATE_TEXT } from './power-states.ts';
import type { RunningVm, SavedState, VmEnd, VmOrigin, VmRunner } from './runner.ts';
import { copyFile, Snapshots, writableDisks } from './snapshots.ts';
import type { VmFolder } from './vm-folder.ts';

/** Hears of what becomes of a VM, for logs and events. */
export type VmListener = (vm: Vm, line: string) => void;

export class Vm {
  /** Small and never used again on this host; it names the VM for programs. */
  readonly id: number;
  readonly folder: VmFolder;
  readonly console: ConsoleHub;
  readonly snapshots: Snapshots;
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
      this.snapshots.keepDisks(snapshot, writableDisks(this.#settings.disks));
      const saved = await running.snapshot(path, base && this.snapshots.pathOf(base));
      this.snapshots.add(snapshot);
      this.#savedUid = snapshot.uid;
      this.#listener(this, `snapshot "${name}": ${saved.pages} pages in ${Math.round(saved.ms)} ms`);
      return saved;
    });
  }

  /** Goes back to a snapshot: the machine is on after that. @throws HostError */
  async restoreSnapshot(name: string): Promise<void> {
    const snapshot = this.snapshots.find(name);
    if (this.#state !== 'off') await this.stop();
    this.snapshots.bringDisksBack(snapshot, writableDisks(this.#settings.disks));
    await this.#start({ kind: 'snapshot', path: this.snapshots.pathOf(snapshot) });
    this.#listener(this, `went back to snapshot "${name}"`);
  }

  /** @throws HostError */
  removeSnapshot(name: string): void {
    const snapshot = this.snapshots.find(name);
    this.snapshots.remove(snapshot, this.#settings.disks);
    if (this.#savedUid === snapshot.uid) this.#savedUid = 0;
  }

  /** Starts `children` as copies of this machine, which goes on. @throws HostError */
  async forkInto(children: readonly Vm[]): Promise<void> {
    const parent = this.#requireRunning('fork');
    await this.#whilePaused(parent, async () => {
      for (const child of children) {
        for (const { fileName } of writableDisks(this.#settings.disks)) {
          copyFile(this.folder.resolve(fileName), child.folder.resolve(fileName));
        }
        await child.#start({ kind: 'fork', parent });
      }
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
