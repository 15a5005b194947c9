/** A command of esxcli as a method with arguments: what ExecuteSoap runs. */
import { HostError } from '#lib';
import {
  type Args,
  available,
  COMMANDS,
  type Command,
  type EsxcliHost,
  type FieldValue,
  isFailed,
  parseArgs,
  squeezed,
} from '../../esxcli/index.ts';
import { isTrouble, parseSoapXml } from '../soap/xml.ts';
import { answerXml, elementXml, objectXml } from './answer.ts';
import { namespaceXml } from './command-info.ts';

/** Where the descriptions of commands are asked for. */
export const CLI_INFO = 'ha-dynamic-type-manager-local-cli-cliinfo';
const FETCH_INFO = 'vim.CLIInfo.FetchCLIInfo';
export const PREFIX = 'vim.EsxCLI.';
export const handlerId = (path: readonly string[]): string => `ha-cli-handler-${path.slice(0, -1).join('-')}`;

export interface SoapArgument {
  readonly name: string;
  /** One element, or one for each value of a list. */
  readonly val: string;
}

export interface SoapCommand {
  readonly moid: string;
  readonly method: string;
  readonly argument?: readonly SoapArgument[] | undefined;
}

export interface SoapOutcome {
  readonly response?: string | undefined;
  readonly fault?: { readonly faultMsg: string; readonly faultDetail?: string | undefined } | undefined;
}

export interface SoapCaller {
  readonly user: string;
  /** Whether the caller has this privilege on the host. */
  allows(privilege: string): boolean;
}

/** Runs it. Never throws for what can be sent. */
export async function execute(
  host: EsxcliHost,
  { moid, method, argument = [] }: SoapCommand,
  caller: SoapCaller,
): Promise<SoapOutcome> {
  const commands = available(COMMANDS, host);
  const given = readArguments(argument);
  if (typeof given === 'string') return cliFault([given]);
  if (moid === CLI_INFO && method === FETCH_INFO) return info(given, commands);
  const row = commands.find(({ path }) => method === PREFIX + path.join('.') && moid === handlerId(path));
  if (row === undefined) return NOT_FOUND;
  const words = wordsOf(row, given);
  if (typeof words === 'string') return cliFault([words]);
  const parsed = parseArgs(row.options, words);
  if (parsed.kind !== 'args') return cliFault(parsed.kind === 'wrong' ? parsed.messages : ['No help here']);
  if (!caller.allows(row.privilege)) return denied(row.privilege);
  return await perform(row, method, parsed.args, { host, user: caller.user, commands });
}

async function perform(
  row: Command,
  method: string,
  args: Args,
  { host, user, commands }: { host: EsxcliHost; user: string; commands: readonly Command[] },
): Promise<SoapOutcome> {
  try {
    const answer = await row.run(host, args, { user, commands });
    if (isFailed(answer)) return cliFault([answer.failed]);
    return { response: answerXml(method, row.output, answer) };
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    return cliFault([error.message]);
  }
}

type Given = readonly { readonly name: string; readonly values: readonly string[] }[];

/** The values in the elements of each argument; what is wrong, when it is. */
function readArguments(argument: readonly SoapArgument[]): Given | string {
  const given = [];
  for (const { name, val } of argument) {
    const parsed = parseSoapXml(`<a>${val}</a>`);
    if (isTrouble(parsed)) return `The value of '${name}' is no XML: ${parsed.reason}`;
    if (parsed.children.some((child) => child.name !== name))
      return `The value of '${name}' has an element of another name`;
    given.push({ name, values: parsed.children.map(({ text }) => text) });
  }
  return given;
}

function info(given: Given, commands: readonly Command[]): SoapOutcome {
  const [typeName = ''] = given.find(({ name }) => name === 'typeName')?.values ?? [];
  const response = typeName.startsWith(PREFIX)
    ? namespaceXml(typeName.slice(PREFIX.length), commands)
    : undefined;
  return response === undefined ? NOT_FOUND : { response };
}

/** The same as words of a command line, which one parser judges. */
function wordsOf({ options }: Command, given: Given): string[] | string {
  const words = [];
  for (const { name, values } of given) {
    const found = Object.entries(options).find(([each]) => squeezed(each) === name);
    if (found === undefined) return `Invalid option --${name}`;
    const [option, { type }] = found;
    const isFlag = type === 'flag';
    if (!isFlag) words.push(...values.map((value) => `--${option}=${value}`));
    else if (values.some((value) => value !== 'true' && value !== 'false'))
      return `The value of '${name}' is true or false`;
    else if (values.at(-1) === 'true') words.push(`--${option}`);
  }
  return words;
}

/** Arguments of a command as its method takes them. */
export function argumentsOf({ options }: Command, args: Args): SoapArgument[] {
  return Object.keys(options).flatMap((option) => {
    const value = args[option] as FieldValue;
    const values = typeof value === 'object' ? value : value === undefined ? [] : [String(value)];
    const name = squeezed(option);
    const isUnset = value === false && options[option]?.type === 'flag';
    if (isUnset || values.length === 0) return [];
    return [{ name, val: values.map((each) => elementXml(name, each)).join('') }];
  });
}

function faultXml(type: string, content: string, message: string): string {
  const fault = `<fault xsi:type="${type}">${content}</fault>`;
  return objectXml('LocalizedMethodFault', fault + elementXml('localizedMessage', message));
}

function soapFault(type: string, content: string, faultMsg: string): SoapOutcome {
  return { fault: { faultMsg, faultDetail: faultXml(type, content, faultMsg) } };
}

const NOT_FOUND = soapFault('NotFound', '', 'The object or item referred to could not be found.');

/** What esxcli's clients show is in the detail. */
const cliFault = (messages: readonly string[]): SoapOutcome =>
  soapFault(
    'VimEsxCLICLIFault',
    messages.map((message) => elementXml('errMsg', message)).join(''),
    'EsxCLI.CLIFault.summary',
  );

const denied = (privilege: string): SoapOutcome =>
  soapFault(
    'NoPermission',
    `<object type="HostSystem">ha-host</object>${elementXml('privilegeId', privilege)}`,
    'Permission to perform this operation was denied.',
  );
