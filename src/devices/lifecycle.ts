/** What every device can do besides answering its bus: reset, pause, and travel to another host as data. */
export interface Lifecycle<State> {
  /** As after power-on. */
  reset(): void;
  /** Stops producing work (interrupts, DMA, output), but still accepts it. */
  pause(): void;
  /** Undoes `pause` and produces what was held back. */
  resume(): void;
  /** Plain, structured-cloneable, versioned data, which shares nothing that the device will change. Preconditions: paused. */
  save(): State;
  /** Takes over a saved state; the device stays paused or running as it is. @throws RangeError on another version. */
  restore(state: State): void;
}

/** @throws RangeError when `state` is not of the `version` that `device` understands. */
export function expectVersion(device: string, state: { readonly version: number }, version: number): void {
  if (state.version !== version) {
    throw new RangeError(`Cannot restore ${device}: state version ${state.version} is not ${version}`);
  }
}
