/** The door of management: the vmk command line. */
export { main } from './cli/main.ts';
export {
  type Caller as EsxcliCaller,
  coveragePage,
  type EsxcliHost,
  esxcli,
  type Outcome as EsxcliOutcome,
  withSecrets,
} from './esxcli/index.ts';
export type { DiskConfig, RunConfig, RunMachine, RunResult, Terminal } from './run-config.ts';
