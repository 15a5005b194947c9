/** XML as descriptors need it: elements, attributes and text. No document types, no entities but the five. Source: XML 1.0 (Fifth Edition). */

/** One element. Text is all of it that is not in children, without surrounding space. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

/** Why a text is not XML of this kind, and where. */
export class XmlProblem {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const NAME = '[A-Za-z_][\\w.:-]*';
const MAX_DEPTH = 32;
/** Text, a comment or instruction, an end tag, a start tag with its attributes. */
const TOKEN = new RegExp(
  `([^<]+)|<!--[\\s\\S]*?-->|<\\?[\\s\\S]*?\\?>|</(${NAME})\\s*>|<(${NAME})((?:\\s+${NAME}\\s*=\\s*(?:"[^"<]*"|'[^'<]*'))*)\\s*(/?)>`,
  'y',
);
const ATTRIBUTE = new RegExp(`(${NAME})\\s*=\\s*(?:"([^"<]*)"|'([^'<]*)')`, 'g');

interface Open {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: XmlElement[];
  text: string;
}

/** The root element of a document. */
export function parseXml(document: string): XmlElement | XmlProblem {
  const open: Open[] = [];
  const top: Open = { name: '', attributes: {}, children: [], text: '' };
  const token = new RegExp(TOKEN);
  let inner: Open = top;
  for (let at = 0; at < document.length; at = token.lastIndex) {
    token.lastIndex = at;
    const match = token.exec(document);
    if (match === null) return new XmlProblem(`what stands at character ${at} is no XML`);
    const [, text, endName, startName, attributes = '', slash] = match;
    if (text !== undefined) {
      const decoded = decode(text);
      if (decoded === undefined)
        return new XmlProblem(`an unknown entity before character ${token.lastIndex}`);
      inner.text += decoded;
    } else if (startName !== undefined) {
      const found = attributesOf(attributes);
      if (found === undefined) return new XmlProblem(`wrong attributes of <${startName}>`);
      const next: Open = { name: startName, attributes: found, children: [], text: '' };
      if (slash === '/') inner.children.push(next);
      else if (open.push(inner) > MAX_DEPTH) return new XmlProblem('it is nested too deeply');
      else inner = next;
    } else if (endName !== undefined) {
      const outer = open.pop();
      if (outer === undefined || inner.name !== endName) return new XmlProblem(`</${endName}> ends nothing`);
      outer.children.push(closed(inner));
      inner = outer;
    }
  }
  if (open.length > 0) return new XmlProblem(`<${inner.name}> does not end`);
  const [root, ...others] = top.children;
  if (root === undefined || others.length > 0 || top.text.trim() !== '')
    return new XmlProblem('it is not one element');
  return root;
}

/** A document of an element, a line for each element. */
export function formatXml(element: XmlElement, indent = ''): string {
  const { name, attributes, children, text } = element;
  const start = Object.entries(attributes).map(([key, value]) => ` ${key}="${encode(value)}"`);
  const tag = `${indent}<${name}${start.join('')}`;
  if (children.length === 0 && text === '') return `${tag}/>\n`;
  if (children.length === 0) return `${tag}>${encode(text)}</${name}>\n`;
  const inner = children.map((child) => formatXml(child, `${indent}  `)).join('');
  return `${tag}>\n${inner}${indent}</${name}>\n`;
}

/** An element with text or children. */
export function xml(
  name: string,
  content: string | readonly XmlElement[] = '',
  attributes: Readonly<Record<string, string>> = {},
): XmlElement {
  const isText = typeof content === 'string';
  return { name, attributes, children: isText ? [] : content, text: isText ? content : '' };
}

/** The first child of a name. */
export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}

function closed(element: Open): XmlElement {
  return { ...element, text: element.text.trim() };
}

function attributesOf(text: string): Record<string, string> | undefined {
  const found: Record<string, string> = {};
  for (const [, name = '', double, single] of text.matchAll(ATTRIBUTE)) {
    const value = decode(double ?? single ?? '');
    if (value === undefined || Object.hasOwn(found, name)) return undefined;
    Object.defineProperty(found, name, { value, enumerable: true });
  }
  return found;
}

function decode(text: string): string | undefined {
  let isKnown = true;
  const decoded = text.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(\w+));|&/g, (_, decimal, hex, name) => {
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    if (name === undefined && code > 0 && code <= 0x10ffff) return String.fromCodePoint(code);
    const character = ENTITIES[name as string];
    isKnown &&= character !== undefined;
    return character ?? '';
  });
  return isKnown && decoded.isWellFormed() ? decoded : undefined;
}

function encode(text: string): string {
  return text.replace(/[<>&"]/g, (character) => {
    const name = Object.keys(ENTITIES).find((each) => ENTITIES[each] === character);
    return `&${name};`;
  });
}
