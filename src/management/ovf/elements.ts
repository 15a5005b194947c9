/** Elements of a descriptor by their local names: what prefixes are called is everybody's own. */
import type { XmlNode } from '../vim/soap/xml.ts';

export function attribute(node: XmlNode, name: string): string | undefined {
  const found = node.attributes.find(([known]) => known.slice(known.indexOf(':') + 1) === name);
  return found?.[1].trim();
}

export function children(node: XmlNode, name: string): readonly XmlNode[] {
  return node.children.filter((child) => child.name === name);
}

export function child(node: XmlNode, name: string): XmlNode | undefined {
  return node.children.find((one) => one.name === name);
}

/** The text of a child; undefined when there is none, or it is empty. */
export function textOf(node: XmlNode, name: string): string | undefined {
  const text = child(node, name)?.text.trim();
  return text === '' ? undefined : text;
}
