/** esxcli on a host elsewhere: the command line is read and the answer laid out here, the command runs there. */
import { HostError } from '#lib';
import { COMMANDS, type Command, commandLine, failed, type Outcome } from '../../esxcli/index.ts';
import { readAnswer } from '../esxcli/answer.ts';
import { argumentsOf, handlerId, PREFIX, type SoapOutcome } from '../esxcli/execute.ts';
import { isTrouble, parseSoapXml, type XmlNode } from '../soap/xml.ts';
import type { Given, RemoteCall } from './call.ts';
import type { VimClient } from './vim-client.ts';

/** The host asks for privileges by itself. */
const CALLER = { user: '', authorize: () => true };

async function run(vim: VimClient, given: Given): Promise<Outcome> {
  const { words, screenWidth } = given as { words: readonly string[]; screenWidth?: number };
  const caller = screenWidth === undefined ? CALLER : { ...CALLER, screenWidth };
  const executer = await vim.call('HostSystem', 'ha-host', 'RetrieveManagedMethodExecuter', {});
  return await commandLine(words, caller, COMMANDS, async (row, args) => {
    const outcome = await vim.call('ReflectManagedMethodExecuter', executer?.value ?? '', 'ExecuteSoap', {
      ...{ moid: handlerId(row.path), method: PREFIX + row.path.join('.'), version: 'urn:vim25/5.0' },
      argument: argumentsOf(row, args),
    });
    return answerOf(row, outcome ?? {});
  });
}

function answerOf(row: Command, { response, fault }: SoapOutcome): unknown {
  if (fault !== undefined) return failed(messageOf(fault));
  const read = readAnswer(row.output, response ?? '');
  if (read === undefined)
    throw new HostError('host-failed', { message: `The host answered "${row.path.join(' ')}" with no XML` });
  return read.answer;
}

/** What went wrong is in the detail, where there is one. */
function messageOf({ faultMsg, faultDetail = '' }: NonNullable<SoapOutcome['fault']>): string {
  const detail = parseSoapXml(faultDetail);
  if (isTrouble(detail)) return faultMsg;
  const messages = textsOf(detail, 'errMsg');
  const [privilege] = textsOf(detail, 'privilegeId');
  if (privilege !== undefined) return `${faultMsg} Required privilege '${privilege}'`;
  return messages.length === 0 ? faultMsg : messages.join('\n');
}

function textsOf(node: XmlNode, name: string): string[] {
  return [
    ...(node.name === name ? [node.text] : []),
    ...node.children.flatMap((child) => textsOf(child, name)),
  ];
}

export const ESXCLI_CALLS: Readonly<Record<string, RemoteCall>> = { 'esxcli.run': run };
