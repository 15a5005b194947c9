/** The door of management: the vmk command line. */
export { main } from './cli/main.ts';
export type { DiskConfig, RunConfig, RunMachine, RunResult, Terminal } from './run-config.ts';
