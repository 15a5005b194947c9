/** What the other rooms use of booting: banks, state, the root file system, the order of things. */
export { type BankDisk, machineDisk } from './bank-disk.ts';
export {
  type Bank,
  type BankHome,
  type BankName,
  type ChosenBank,
  chooseBank,
  confirmBoot,
  type FirstImage,
  otherBank,
  pendingBank,
  postponeTrial,
  readBank,
} from './banks.ts';
export { type BaseFile, baseLayer } from './base-image.ts';
export { type BootCfg, BootState, formatBootCfg, parseBootCfg } from './boot-cfg.ts';
export { BootSequence, type BootStep } from './boot-sequence.ts';
export { makeRoot, type RootFileSystem, type RootOptions } from './booted-host.ts';
export { applyState, captureState, packState, type SavedState, unpackState } from './state.ts';
export {
  type Repeat,
  SAVE_INTERVAL_MS,
  StateKeeper,
  type StateKeeperOptions,
  stateChanges,
} from './state-keeper.ts';
