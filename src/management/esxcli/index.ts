/** esxcli: a table of commands, their options and formatters, and running a command line. */
export { coveragePage } from './coverage.ts';
export { type Caller, esxcli, type Outcome, withSecrets } from './esxcli.ts';
export type { EsxcliHost } from './host.ts';
export { type RamdisksPort, ramdisksPort, type SoftwarePort } from './ports/files.ts';
export { accountPorts } from './ports/from-accounts.ts';
