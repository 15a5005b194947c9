/** XML as SOAP needs it, from strangers: elements, attributes, text, CDATA; bounded; no document types, no entities but the five. Source: XML 1.0 (Fifth Edition), SOAP 1.1 §3. */

/** An element by its local name; prefixes are told apart only where attributes need it. */
export interface XmlNode {
  readonly name: string;
  /** As they were written, with their prefixes. */
  readonly attributes: readonly (readonly [name: string, value: string])[];
  readonly children: readonly XmlNode[];
  readonly text: string;
}

/** Why a text is refused, and where. */
export interface XmlTrouble {
  readonly reason: string;
}

export interface XmlLimits {
  readonly depth: number;
  readonly elements: number;
  readonly attributes: number;
}

// biome-ignore format: a table reads in columns
export const XML_LIMITS: XmlLimits = {
  depth:      96,
  elements:   200_000,
  attributes: 32,
};

/** Of who has not logged in: a login has a dozen elements. */
export const STRANGERS_XML_LIMITS: XmlLimits = { ...XML_LIMITS, elements: 2000 };

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const NAME = '[A-Za-z_][\\w.-]*(?::[A-Za-z_][\\w.-]*)?';
const SLASH = 0x2f;
const BANG = 0x21;
const QUESTION = 0x3f;

interface Open {
  readonly tag: string;
  readonly name: string;
  readonly attributes: (readonly [string, string])[];
  readonly children: Open[];
  text: string;
}

export function parseSoapXml(document: string, limits = XML_LIMITS): XmlNode | XmlTrouble {
  return new Parser(document, limits).parse();
}

export function isTrouble(parsed: XmlNode | XmlTrouble): parsed is XmlTrouble {
  return 'reason' in parsed;
}

/** Each is told where to look before it looks. */
const START_TAG = new RegExp(`<(${NAME})`, 'y');
const ATTRIBUTE = new RegExp(`\\s+(${NAME})\\s*=\\s*(?:"([^"<]*)"|'([^'<]*)')`, 'y');
const TAG_END = /\s*(\/?)>/y;
const END_TAG = new RegExp(`</(${NAME})\\s*>`, 'y');

class Parser {
  readonly #text: string;
  readonly #limits: XmlLimits;
  readonly #open: Open[] = [];
  readonly #top: Open = { tag: '', name: '', attributes: [], children: [], text: '' };
  #inner: Open = this.#top;
  #elements = 0;
  #at = 0;
  #trouble: XmlTrouble | undefined;

  constructor(text: string, limits: XmlLimits) {
    this.#text = text.startsWith('\uFEFF') ? text.slice(1) : text;
    this.#limits = limits;
  }

  parse(): XmlNode | XmlTrouble {
    while (this.#at < this.#text.length && this.#trouble === undefined) this.#step();
    if (this.#trouble !== undefined) return this.#trouble;
    if (this.#open.length > 0) return { reason: `<${this.#inner.tag}> does not end` };
    const [root, ...others] = this.#top.children;
    if (root === undefined || others.length > 0 || this.#top.text.trim() !== '')
      return { reason: 'it is not one element' };
    return root;
  }

  #step(): void {
    const text = this.#text;
    const next = text.indexOf('<', this.#at);
    const end = next < 0 ? text.length : next;
    if (end > this.#at) {
      this.#addText(text.slice(this.#at, end));
      this.#at = end;
    }
    if (next < 0 || this.#trouble !== undefined) return;
    const kind = text.charCodeAt(next + 1);
    if (kind === SLASH) this.#closeElement();
    else if (kind === BANG) this.#special();
    else if (kind === QUESTION) this.#skip('?>');
    else this.#openElement();
  }

  #fail(reason: string): void {
    this.#trouble = { reason: `${reason} at character ${this.#at}` };
  }

  #addText(raw: string): void {
    const decoded = raw.includes('&') ? decode(raw) : raw;
    if (decoded === undefined) this.#fail('an unknown entity');
    else this.#inner.text += decoded;
  }

  #special(): void {
    const text = this.#text;
    if (text.startsWith('<!--', this.#at)) return this.#skip('-->');
    if (!text.startsWith('<![CDATA[', this.#at)) return this.#fail('a document type is not taken');
    const end = text.indexOf(']]>', this.#at);
    if (end < 0) return this.#fail('a CDATA section without an end');
    this.#inner.text += text.slice(this.#at + '<![CDATA['.length, end);
    this.#at = end + 3;
  }

  #skip(mark: string): void {
    const end = this.#text.indexOf(mark, this.#at + 2);
    if (end < 0) this.#fail('a comment or an instruction without an end');
    else this.#at = end + mark.length;
  }

  #openElement(): void {
    const tag = this.#match(START_TAG)?.[1];
    if (tag === undefined) return this.#fail('no XML');
    if (++this.#elements > this.#limits.elements) return this.#fail('too many elements');
    const attributes: (readonly [string, string])[] = [];
    for (let found = this.#match(ATTRIBUTE); found !== null; found = this.#match(ATTRIBUTE)) {
      const [, name = '', double, single] = found;
      const value = decode(double ?? single ?? '');
      if (value === undefined) return this.#fail('an unknown entity');
      if (attributes.some(([known]) => known === name)) return this.#fail(`two attributes ${name}`);
      if (attributes.push([name, value]) > this.#limits.attributes) return this.#fail('too many attributes');
    }
    const end = this.#match(TAG_END);
    if (end === null) return this.#fail(`<${tag}> is not well formed`);
    const element: Open = { tag, name: tag.slice(tag.indexOf(':') + 1), attributes, children: [], text: '' };
    this.#inner.children.push(element);
    if (end[1] === '/') return;
    if (this.#open.push(this.#inner) > this.#limits.depth) return this.#fail('it is nested too deeply');
    this.#inner = element;
  }

  #closeElement(): void {
    const tag = this.#match(END_TAG)?.[1];
    const outer = this.#open.pop();
    if (tag === undefined || outer === undefined || tag !== this.#inner.tag)
      return this.#fail(`</${tag ?? ''}> ends nothing`);
    this.#inner = outer;
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found !== null) this.#at = pattern.lastIndex;
    return found;
  }
}

/** Undefined for an entity that is none of the five, and for characters that XML cannot have. */
function decode(text: string): string | undefined {
  if (!text.includes('&')) return text.isWellFormed() ? text : undefined;
  let isKnown = true;
  const decoded = text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(\w{1,8}));|&/g,
    (_, decimal, hex, name) => {
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      if (name === undefined && code > 0 && code <= 0x10ffff) return String.fromCodePoint(code);
      const isOurs = typeof name === 'string' && Object.hasOwn(ENTITIES, name);
      isKnown &&= isOurs;
      return isOurs ? (ENTITIES[name] as string) : '';
    },
  );
  return isKnown && decoded.isWellFormed() ? decoded : undefined;
}

const SPECIAL = /[<>&"]|[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const SPECIALS = new RegExp(SPECIAL, 'gu');
// biome-ignore format: a table reads in columns
const ESCAPES: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' };

/** Text as it stands in an element or an attribute; what XML cannot have becomes U+FFFD. */
export function escapeXml(text: string): string {
  return SPECIAL.test(text) ? text.replace(SPECIALS, (character) => ESCAPES[character] ?? '\uFFFD') : text;
}
