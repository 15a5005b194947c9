/** A VM in exact steps: its recordings, replays of them, and gdb at its machine or at a recording. */
import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { HostError } from '#lib';
import type { PowerEvent } from './power-states.ts';
import { type RecordingRow, Recordings } from './recordings.ts';
import type { GdbPlace, ReplayedRun, ReplayResult, RunningVm, VmLabs, VmToRun } from './runner.ts';
import type { Snapshot } from './snapshots.ts';
import type { Vm } from './vm.ts';

/** What of a VM it needs. */
export interface ExactVm {
  readonly vm: Vm;
  readonly labs: VmLabs | undefined;
  /** @throws HostError `vm-state` */
  readonly follow: (event: PowerEvent, action: string) => void;
  readonly running: () => RunningVm | undefined;
  readonly toRun: () => VmToRun;
  readonly output: (bytes: Uint8Array) => void;
  /** That is its machine from now on; undefined: none for the moment. */
  readonly become: (running: RunningVm | undefined) => void;
  /** Starts it on the pCPUs from what was saved. */
  readonly goOn: (path: string) => Promise<RunningVm>;
  readonly report: (line: string) => void;
}

/** What a VM is before its exact run. */
type Begin = 'on' | 'suspended' | 'off';

/** Where gdb may connect to what. */
export interface DebugRow {
  readonly address: string;
  /** The recording, when it is one. */
  readonly recording?: string;
}

export class ExactRuns {
  readonly #own: ExactVm;
  readonly #recordings: Recordings;
  /** What is recorded now. */
  #current: string | undefined;
  #address: string | undefined;
  /** Recordings in gdb's hands, and where. */
  readonly #debugged = new Map<string, ReplayedRun>();
  readonly #replays = new Set<ReplayedRun>();

  constructor(own: ExactVm) {
    this.#own = own;
    this.#recordings = new Recordings(own.vm.folder);
  }

  recordings(): readonly RecordingRow[] {
    return this.#recordings.list(this.#current);
  }

  /** Records the run of a VM that is on, or from where it was suspended, or of one that is switched on for it. @throws HostError for what cannot be recorded */
  async record(nowMs: number): Promise<{ readonly recording: string; readonly path: string }> {
    const { vm, follow } = this.#own;
    const labs = this.#labs('record');
    const before = this.#begins('record');
    const recording = this.#recordings.next();
    const path = this.#recordings.pathOf(recording);
    follow('record', 'record');
    const origin = await this.#originOf(before, this.#recordings.statePathOf(recording), 'record');
    let kept: Snapshot | undefined;
    try {
      kept = await this.#keepDisks(recording, nowMs);
      const wish = { path, disks: this.#disksOf(kept), origin };
      const running = await labs.record(this.#own.toRun(), (bytes) => this.#own.output(bytes), wish);
      await this.#begin(running);
    } catch (error) {
      rmSync(path, { force: true });
      if (origin !== undefined) this.#asSaved(origin);
      await this.#giveUp(before, 'record');
      if (kept) await vm.removeSnapshot(String(kept.uid), { isUid: true });
      throw error;
    }
    this.#current = recording;
    const running = this.#own.running();
    void running?.ended.then(() => this.#current === recording && (this.#current = undefined));
    return { recording, path };
  }

  /** The recording ends, the machine goes on where any machine does. @throws HostError */
  async endRecord(): Promise<{ readonly recording: string }> {
    const recording = this.#current;
    if (this.#own.vm.state !== 'recording' || recording === undefined)
      throw this.#refused('end recording', 'it is not being recorded');
    await this.#leave(this.#own.running() as RunningVm);
    return { recording };
  }

  /** Goes through a recording again, and holds it against it. @throws HostError `replay-differs`, `recording-unusable` */
  async replay(
    name: string | undefined,
    until: bigint | undefined,
  ): Promise<ReplayResult & { recording: string }> {
    const recording = this.#find(name);
    const path = this.#recordings.pathOf(recording);
    const run = await this.#labs('replay').replay(path, {
      ...(until !== undefined && { until }),
      ...this.#disksNow(recording),
    });
    this.#replays.add(run);
    try {
      return { recording, ...(await run.ended) };
    } finally {
      this.#replays.delete(run);
    }
  }

  /** Removes a recording, and the snapshot of disks that it begins with. @throws HostError */
  async remove(name: string): Promise<void> {
    const recording = this.#find(name);
    if (this.#debugged.has(recording)) throw this.#refused('remove a recording of', 'gdb is at it');
    const kept = this.#keptOf(recording);
    if (kept) await this.#own.vm.removeSnapshot(String(kept.uid), { isUid: true });
    this.#recordings.remove(recording);
  }

  /** Gives the machine to gdb: it stands still until one comes. A VM that is off begins at power-on. @throws HostError */
  async debug(gdb: GdbPlace): Promise<DebugRow> {
    const { vm, follow } = this.#own;
    const labs = this.#labs('debug');
    if (vm.state === 'debugging' && this.#address !== undefined) return { address: this.#address };
    const before = this.#begins('debug');
    follow('debug', 'debug');
    const saved = await this.#originOf(before, this.#savePath, 'debug');
    try {
      const running = await labs.debug(this.#own.toRun(), (bytes) => this.#own.output(bytes), saved, gdb);
      await this.#begin(running);
      this.#address = running.address;
      return { address: running.address };
    } catch (error) {
      await this.#giveUp(before, 'debug');
      throw error;
    } finally {
      if (saved !== undefined && vm.state === 'debugging') rmSync(saved, { force: true });
    }
  }

  /** gdb goes, the machine goes on where any machine does. @throws HostError */
  async endDebug(): Promise<void> {
    const running = this.#own.running();
    if (this.#own.vm.state !== 'debugging' || running === undefined)
      throw this.#refused('end debugging', 'gdb is not at it');
    await this.#leave(running);
  }

  /** Gives a recording to gdb, which goes through it in both directions. @throws HostError */
  async debugRecording(name: string | undefined, gdb: GdbPlace): Promise<DebugRow> {
    const recording = this.#find(name);
    const known = this.#debugged.get(recording)?.address;
    if (known !== undefined) return { address: known, recording };
    const run = await this.#labs('debug').replay(this.#recordings.pathOf(recording), {
      gdb,
      ...this.#disksNow(recording),
    });
    this.#debugged.set(recording, run);
    const forget = (): void => void this.#debugged.delete(recording);
    run.ended.then(forget, (error: Error) => {
      forget();
      this.#own.report(`debugging ${recording} has ended: ${error.message}`);
    });
    return { address: run.address ?? '', recording };
  }

  async endDebugRecording(name: string | undefined): Promise<void> {
    const recording = this.#find(name);
    const run = this.#debugged.get(recording);
    if (run === undefined) throw this.#refused('end debugging', `gdb is not at ${recording}`);
    run.stop();
    await run.ended.catch(() => undefined);
  }

  /** Where gdb may connect now. */
  get debugged(): readonly DebugRow[] {
    const { vm } = this.#own;
    const own = vm.state === 'debugging' && this.#address !== undefined ? [{ address: this.#address }] : [];
    return [
      ...own,
      ...[...this.#debugged].map(([recording, { address }]) => ({ address: address ?? '', recording })),
    ];
  }

  /** Ends all replays: the host ends. */
  async close(): Promise<void> {
    const runs = [...this.#replays, ...this.#debugged.values()];
    for (const run of runs) run.stop();
    await Promise.all(runs.map(({ ended }) => ended.catch(() => undefined)));
  }

  /** What the VM is before it goes to a lab. @throws HostError */
  #begins(action: string): Begin {
    const { vm } = this.#own;
    if (vm.state === 'on' || vm.state === 'paused') return 'on';
    if (vm.state === 'suspended') vm.requireHere();
    else vm.requireOff(action);
    return vm.state === 'suspended' ? 'suspended' : 'off';
  }

  /** What its run goes on from, at `path`; nothing for one that is switched on. @throws HostError */
  async #originOf(before: Begin, path: string, action: 'debug' | 'record'): Promise<string | undefined> {
    if (before === 'off') return undefined;
    if (before === 'on') return await this.#takeOver(path, action);
    if (path !== this.#savePath) renameSync(this.#savePath, path);
    return path;
  }

  /** It could not go to a lab: it is what it was. Preconditions: what was saved of it is where a suspended machine is. */
  async #giveUp(before: Begin, action: 'debug' | 'record'): Promise<void> {
    if (before === 'on') await this.#goBack(this.#savePath);
    else this.#own.follow(before === 'off' ? 'ended' : 'kept', action);
  }

  /** It may have been stopped meanwhile. */
  async #begin(running: RunningVm): Promise<void> {
    this.#own.become(running);
    if (this.#own.vm.state === 'stopping') await running.stop();
  }

  /** Saves the machine of a lab, ends it there, and goes on on the pCPUs. */
  async #leave(running: RunningVm): Promise<void> {
    const path = this.#savePath;
    try {
      await running.pause();
      await running.snapshot(path, undefined);
    } catch (error) {
      rmSync(path, { force: true });
      await running.resume();
      throw error;
    }
    this.#own.become(undefined);
    await running.stop();
    this.#current = undefined;
    this.#address = undefined;
    await this.#goBack(path);
  }

  /** Saves the machine, and ends it on the pCPUs. */
  async #takeOver(path: string, action: 'debug' | 'record'): Promise<string> {
    const { become, follow } = this.#own;
    const running = this.#own.running() as RunningVm;
    try {
      await running.pause();
      await running.snapshot(path, undefined);
    } catch (error) {
      rmSync(path, { force: true });
      if (this.#own.running() === running) {
        follow('started', action);
        await running.resume();
      }
      throw error;
    }
    become(undefined);
    await running.stop();
    return path;
  }

  async #goBack(path: string): Promise<void> {
    const { become, follow, vm } = this.#own;
    try {
      const running = await this.#own.goOn(path);
      become(running);
      if (vm.state === 'stopping') await running.stop();
      else follow('started', 'go on with');
      rmSync(path, { force: true });
    } catch (error) {
      // What was saved is all that there is of the machine: it is suspended.
      follow('kept', 'go on with');
      throw error;
    }
  }

  /** What a recording was to begin with is where a suspended machine is. */
  #asSaved(path: string): void {
    renameSync(path, this.#savePath);
  }

  /** Where a suspended machine is, too. */
  get #savePath(): string {
    const { folder } = this.#own.vm;
    return join(folder.path, `${folder.name}.vmss`);
  }

  /** What the disks hold now stays as it is: the machine writes into deltas on it. */
  async #keepDisks(recording: string, nowMs: number): Promise<Snapshot | undefined> {
    const { vm } = this.#own;
    if (vm.settings.disks.every(({ readOnly }) => readOnly)) return undefined;
    const description = `what the disks held when ${recording} began`;
    return await vm.keepDisks({ name: snapshotName(recording), description, memory: false, nowMs });
  }

  /** The files with what the disks hold, in the order of the settings. */
  #disksOf(kept: Snapshot | undefined): string[] {
    const { settings, snapshots, folder } = this.#own.vm;
    return settings.disks.map((disk) => {
      const frozen = kept?.disks.find(({ unit }) => unit === disk.unit);
      if (frozen) return folder.resolve(frozen.fileName);
      return kept && !disk.readOnly ? snapshots.copyOf(kept, disk) : folder.resolve(disk.fileName);
    });
  }

  /** Where a recording's disks are now: snapshots are merged, and disks with them. */
  #disksNow(recording: string): { disks?: readonly string[] } {
    const kept = this.#keptOf(recording);
    return kept ? { disks: this.#disksOf(kept) } : {};
  }

  #keptOf(recording: string): Snapshot | undefined {
    return this.#own.vm.snapshots.all.find(({ name }) => name === snapshotName(recording));
  }

  #find(name: string | undefined): string {
    const recording = this.#recordings.find(name);
    if (recording === this.#current) throw this.#refused('use a recording of', `${recording} is being made`);
    return recording;
  }

  #labs(action: string): VmLabs {
    const { labs } = this.#own;
    if (labs === undefined) throw this.#refused(action, 'this host runs nothing in exact steps');
    return labs;
  }

  #refused(action: string, reason: string): HostError {
    return new HostError('vm-refused', { action, vm: this.#own.vm.name, reason });
  }
}

function snapshotName(recording: string): string {
  return `recording ${recording}`;
}
