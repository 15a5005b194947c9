/** What a command of esxcli answers, as the XML of ESXi's executer of methods, and back. Source: answers of ESXi in govmomi's tests. */
import {
  type AnyRow,
  type FieldType,
  type FieldValue,
  type Output,
  programFields,
  type Structure,
  squeezed,
} from '../../esxcli/index.ts';
import { SIMPLE } from '../soap/simple.ts';
import { escapeXml, isTrouble, parseSoapXml, type XmlNode } from '../soap/xml.ts';

const NAMESPACES =
  'xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns="urn:vim25" versionId="5.0"';

/** The wire's name of a method or type: `vim.EsxCLI.vm.process.list` is `VimEsxCLIvmprocesslist`. */
export const wireName = (name: string): string => `V${name.slice(1).replaceAll('.', '')}`;

/** A whole document of one value. */
export const objectXml = (type: string, content: string): string =>
  `<obj ${NAMESPACES} xsi:type="${type}">${content}</obj>`;

export const elementXml = (name: string, value: string): string => `<${name}>${escapeXml(value)}</${name}>`;

/** The answer of a method. What says nothing answers true, as ESXi's do. */
export function answerXml(method: string, output: Output, answer: unknown): string {
  const { kind, structure } = output;
  const type = structure && `${wireName(method)}${squeezed(structure.typeName)}`;
  switch (kind) {
    case 'nothing':
      return objectXml('xsd:boolean', 'true');
    case 'flag':
      return objectXml('xsd:boolean', String(answer));
    case 'text':
      return objectXml('xsd:string', escapeXml(String(answer)));
    case 'texts':
      return objectXml(
        'ArrayOfString',
        (answer as readonly string[]).map((text) => elementXml('string', text)).join(''),
      );
    case 'record':
      return objectXml(type ?? '', rowXml(structure as Structure, answer as AnyRow));
    default:
      return objectXml(
        'ArrayOfDataObject',
        (answer as readonly AnyRow[])
          .map((row) => `<DataObject xsi:type="${type}">${rowXml(structure as Structure, row)}</DataObject>`)
          .join(''),
      );
  }
}

function rowXml(structure: Structure, row: AnyRow): string {
  return programFields(structure, row)
    .flatMap(({ name, value }) => {
      if (value === undefined) return [];
      const values = typeof value === 'object' ? value : [String(value)];
      return values.map((each) => elementXml(name, each));
    })
    .join('');
}

/** The answer in a document; undefined when that is something else. */
export function readAnswer(output: Output, document: string): { readonly answer: unknown } | undefined {
  const root = parseSoapXml(document);
  if (isTrouble(root)) return undefined;
  const { kind, structure } = output;
  switch (kind) {
    case 'nothing':
      return { answer: undefined };
    case 'flag':
      return { answer: SIMPLE['boolean']?.read(root.text) };
    case 'text':
      return { answer: root.text };
    case 'texts':
      return { answer: root.children.map(({ text }) => text) };
    case 'record':
      return { answer: readRow(structure as Structure, root) };
    default:
      return { answer: root.children.map((child) => readRow(structure as Structure, child)) };
  }
}

// biome-ignore format: a table reads in columns
const READ: Readonly<Record<FieldType, (texts: readonly string[]) => FieldValue>> = {
  string:     ([text]) => text,
  integer:    ([text]) => (text === undefined ? undefined : (SIMPLE['long']?.read(text) as FieldValue)),
  boolean:    ([text]) => (text === undefined ? undefined : text === 'true'),
  'string[]': (texts) => texts,
};

function readRow(structure: Structure, { children }: XmlNode): AnyRow {
  return Object.fromEntries(
    Object.entries(structure.fields).map(([key, type]) => {
      const name = squeezed(key);
      return [key, READ[type](children.filter((child) => child.name === name).map(({ text }) => text))];
    }),
  );
}
