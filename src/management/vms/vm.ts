/** A VM as an object: its settings on the datastore, its power state, its console, and what can be done to it. */
import { HostError } from '#lib';
import type { VmSettings } from '#vmm';
import { ConsoleHub } from './console-hub.ts';
import { isRunning, nextPowerState, type PowerEvent, type PowerState, STATE_TEXT } from './power-states.ts';
import type { RunningVm, VmEnd, VmRunner } from './runner.ts';
import type { VmFolder } from './vm-folder.ts';

/** Hears of what becomes of a VM, for logs and events. */
export type VmListener = (vm: Vm, line: string) => void;

export class Vm {
  /** Small and never used again on this host; it names the VM for programs. */
  readonly id: number;
  readonly folder: VmFolder;
  readonly console: ConsoleHub;
  readonly #runner: VmRunner;
  readonly #listener: VmListener;
  #settings: VmSettings;
  #state: PowerState = 'off';
  #running: RunningVm | undefined;
  #lastEnd: VmEnd | undefined;

  constructor(id: number, folder: VmFolder, settings: VmSettings, runner: VmRunner, listener: VmListener) {
    this.id = id;
    this.folder = folder;
    this.#settings = settings;
    this.#runner = runner;
    this.#listener = listener;
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

  /** Resolves when the VM is on. @throws HostError */
  async start(): Promise<void> {
    this.#follow('start', 'start');
    let running: RunningVm;
    try {
      running = await this.#runner.start(
        { id: this.id, name: this.name, settings: this.#settings, folder: this.folder.path },
        (bytes) => this.console.output(bytes),
      );
    } catch (error) {
      this.#state = 'off';
      this.#listener(this, `cannot be started: ${error instanceof Error ? error.message : String(error)}`);
      throw error;
    }
    this.#running = running;
    void running.ended.then((end) => this.#end(end));
    if (this.#state === 'stopping') await running.stop();
    else this.#follow('started', 'start');
  }

  /** Resolves when the VM is off. @throws HostError */
  async stop(): Promise<void> {
    this.#follow('stop', 'stop');
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

  async reset(): Promise<void> {
    const wasPaused = this.#state === 'paused';
    this.#follow('reset', 'reset');
    await this.#running?.reset();
    if (wasPaused) await this.#running?.resume();
  }

  /** Changes settings; those of the hardware only while the VM is off. @throws HostError */
  reconfigure(change: Partial<VmSettings>): void {
    if (isRunning(this.#state)) throw this.#cannot('change');
    this.#settings = { ...this.#settings, ...change };
    this.folder.write(this.#settings);
    this.#listener(this, 'reconfigured');
  }

  /** @throws HostError `vm-state` unless the VM is off: `action` needs that. */
  requireOff(action: string): void {
    if (this.#state !== 'off') throw this.#cannot(action);
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
    this.#follow('ended', 'end');
    if (end.kind === 'fault') this.#listener(this, `ended by a fault: ${end.reason}`);
    this.console.close();
  }
}
