/** esxcli: a table of commands, their options and formatters, and running a command line. */
export { type Command, failed, isFailed } from './command.ts';
export { COMMANDS } from './commands.ts';
export { coveragePage } from './coverage.ts';
export { available, type Caller, commandLine, esxcli, type Outcome, withSecrets } from './esxcli.ts';
export type { EsxcliHost } from './host.ts';
export { type Args, type Option, type Options } from './option.ts';
export {
  type AnyRow,
  type FieldType,
  type FieldValue,
  type Output,
  programFields,
  type Structure,
  squeezed,
} from './output.ts';
export { parseArgs } from './parse.ts';
export { type RamdisksPort, ramdisksPort, type SoftwarePort } from './ports/files.ts';
export { accountPorts } from './ports/from-accounts.ts';
export { networkPort } from './ports/from-networks.ts';
