/** SOAP 1.1 messages: a request taken out of its envelope; answers and faults put into one. Source: SOAP 1.1 §4, ESXi's answers. */
import type { MoRef, VimFault } from '../model/value.ts';
import type { Method, TypeTable } from '../table/type-table.ts';
import { readReference } from './read-value.ts';
import type { ValueWriter } from './write-value.ts';
import { escapeXml, isTrouble, parseSoapXml, type XmlLimits, type XmlNode, type XmlTrouble } from './xml.ts';

/** What a client asks for, before anything of it is believed. */
export interface SoapRequest {
  readonly method: string;
  readonly self: MoRef;
  readonly args: readonly XmlNode[];
}

const HEAD = `<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenc="http://schemas.xmlsoap.org/soap/encoding/"
 xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"
 xmlns:xsd="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<soapenv:Body>
`;
const TAIL = '\n</soapenv:Body>\n</soapenv:Envelope>\n';

/** The header is for others: it is read over. */
export function openEnvelope(document: string, limits: XmlLimits): SoapRequest | XmlTrouble {
  const root = parseSoapXml(document, limits);
  if (isTrouble(root)) return root;
  if (root.name !== 'Envelope') return { reason: `it is a ${root.name}, not an Envelope` };
  const body = root.children.find(({ name }) => name === 'Body');
  const [call, ...others] = body?.children ?? [];
  if (call === undefined || others.length > 0) return { reason: 'its body is not one call' };
  const self = call.children.find(({ name }) => name === '_this');
  if (self === undefined) return { reason: `${call.name} does not say of which object (_this)` };
  return {
    method: call.name,
    self: readReference(self),
    args: call.children.filter((child) => child !== self),
  };
}

/** The answer to a method; `result` undefined for none. */
export function response(
  method: Pick<Method, 'name' | 'result'>,
  result: unknown,
  writer: ValueWriter,
): string {
  const task = method.name.endsWith('_Task');
  const declared = task ? ({ type: 'Task', kind: 'reference', isArray: false } as const) : method.result;
  const content = declared.type === 'void' ? '' : writer.element('returnval', declared, result);
  return `${HEAD}<${method.name}Response xmlns="urn:vim25">${content}</${method.name}Response>${TAIL}`;
}

/** A value whose element says its type: the answer of Fetch. */
export function rawResponse(name: string, content: string): string {
  return `${HEAD}<${name}Response xmlns="urn:vim25">${content}</${name}Response>${TAIL}`;
}

/** Answered with HTTP 500. The element's name ends in "Fault"; its type is the fault's own. */
export function faultResponse(
  { type, detail, message }: VimFault,
  table: TypeTable,
  writer: ValueWriter,
): string {
  const known = table.known(type, writer.version)?.name ?? 'RuntimeFault';
  const element = writer.stated(
    `${known}Fault`,
    { type: known, kind: 'data', isArray: false },
    { ...detail, _type: known },
  );
  const named = element.replace(' xsi:type=', ' xmlns="urn:vim25" xsi:type=');
  return `${HEAD}<soapenv:Fault><faultcode>ServerFaultCode</faultcode><faultstring>${escapeXml(
    message,
  )}</faultstring><detail>${named}</detail></soapenv:Fault>${TAIL}`;
}
