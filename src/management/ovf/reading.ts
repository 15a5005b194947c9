/** What the readers of a descriptor's parts share: how they refuse, and what they leave out. */
import type { XmlNode } from '../vim/soap/xml.ts';
import { attribute } from './elements.ts';
import { badPackage } from './names.ts';

/** Sections of the envelope and of a machine that are read, or that mean nothing here. */
const KNOWN_SECTIONS: ReadonlySet<string> = new Set([
  ...['References', 'DiskSection', 'NetworkSection', 'DeploymentOptionSection', 'VirtualSystem', 'Strings'],
  ...['VirtualSystemCollection', 'Info', 'Name', 'AnnotationSection', 'ProductSection', 'EulaSection'],
  ...['OperatingSystemSection', 'VirtualHardwareSection', 'ResourceAllocationSection', 'StartupSection'],
  ...['InstallSection', 'BootOrderSection'],
]);

/** The reading of one descriptor. */
export class Reading {
  readonly notes: string[] = [];
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  bad(reason: string): never {
    throw badPackage(this.#path, reason);
  }

  /** The attribute, which must be there. */
  need(node: XmlNode, name: string): string {
    return attribute(node, name) ?? this.bad(`<${node.name}> lacks the attribute "${name}"`);
  }

  /** What is not known may be left out only where the descriptor says so. */
  checkSections(node: XmlNode): void {
    for (const section of node.children) {
      if (KNOWN_SECTIONS.has(section.name)) continue;
      if (attribute(section, 'required')?.toLowerCase() !== 'false')
        this.bad(`<${section.name}> is required, and not known here`);
      this.notes.push(`<${section.name}> is left out`);
    }
  }
}
