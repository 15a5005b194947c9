/** descriptor.xml: what a package says of itself. Source: the descriptor of ESXi's VIB 5.0 packages. */
import { type AcceptanceLevel, levelOfTag, tagOfLevel } from './acceptance.ts';
import { isVersion, RELATIONS, type Relation } from './version.ts';
import { childOf, formatXml, parseXml, type XmlElement, XmlProblem, xml } from './xml.ts';

/** A package that another needs, or cannot be with. */
export interface Constraint {
  readonly name: string;
  readonly relation?: Relation;
  readonly version?: string;
}

/** A layer of a package: a gzipped tar archive. */
export interface PayloadInfo {
  readonly name: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

export interface Descriptor {
  readonly name: string;
  readonly version: string;
  readonly vendor: string;
  readonly summary: string;
  readonly description: string;
  /** ISO 8601. */
  readonly releaseDate: string;
  readonly acceptance: AcceptanceLevel;
  readonly depends: readonly Constraint[];
  readonly conflicts: readonly Constraint[];
  readonly replaces: readonly Constraint[];
  readonly provides: readonly Constraint[];
  /** Paths as in tar. */
  readonly files: readonly string[];
  readonly maintenanceMode: boolean;
  readonly liveInstall: boolean;
  readonly liveRemove: boolean;
  readonly payloads: readonly PayloadInfo[];
}

/** Says what is wrong with a descriptor. */
export class DescriptorProblem {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}

const MAX_TEXT = 4096;
/** A member's name in an ar archive. */
const MAX_PAYLOAD_NAME = 15;
const RELATIONSHIPS = ['depends', 'conflicts', 'replaces', 'provides'] as const;

export function parseDescriptor(text: string): Descriptor | DescriptorProblem {
  const root = parseXml(text);
  if (root instanceof XmlProblem) return new DescriptorProblem(root.reason);
  if (root.name !== 'vib') return new DescriptorProblem(`it is a <${root.name}>, not a <vib>`);
  const descriptor = read(root);
  if (typeof descriptor === 'string') return new DescriptorProblem(descriptor);
  const problem = descriptorProblem(descriptor);
  return problem === undefined ? descriptor : new DescriptorProblem(problem);
}

/** The document; `parseDescriptor` reads the same from it. */
export function formatDescriptor(descriptor: Descriptor): string {
  const flag = (name: string, value: boolean) => xml(name, String(value));
  const { name, version, vendor, summary, description, releaseDate, acceptance } = descriptor;
  return formatXml(
    xml(
      'vib',
      [
        xml('type', 'bootbank'),
        ...[xml('name', name), xml('version', version), xml('vendor', vendor)],
        ...[xml('summary', summary), xml('description', description), xml('release-date', releaseDate)],
        xml('urls'),
        xml(
          'relationships',
          RELATIONSHIPS.map((kind) => xml(kind, descriptor[kind].map(constraintElement))),
        ),
        xml('software-tags'),
        xml('system-requires', [flag('maintenance-mode', descriptor.maintenanceMode)]),
        xml(
          'file-list',
          descriptor.files.map((file) => xml('file', file)),
        ),
        xml('acceptance-level', tagOfLevel(acceptance)),
        ...[
          flag('live-install-allowed', descriptor.liveInstall),
          flag('live-remove-allowed', descriptor.liveRemove),
        ],
        ...[flag('cimom-restart', false), flag('stateless-ready', true), flag('overlay', false)],
        xml('payloads', descriptor.payloads.map(payloadElement)),
      ],
      { version: '5.0' },
    ),
  );
}

/** Why values do not make a descriptor. */
export function descriptorProblem(descriptor: Descriptor): string | undefined {
  const { name, version, vendor, payloads, files } = descriptor;
  if (!isPackageName(name)) return `"${name}" is not a name of letters, digits, "-", "_" and "."`;
  if (!isVersion(version)) return `"${version}" is not a version`;
  if (vendor === '') return 'it names no vendor';
  const constraint = RELATIONSHIPS.flatMap((kind) => descriptor[kind]).find(
    (each) => !isPackageName(each.name) || (each.version !== undefined && !isVersion(each.version)),
  );
  if (constraint !== undefined) return `"${constraint.name} ${constraint.version ?? ''}" is not a package`;
  if (payloads.length === 0) return 'it has no payload';
  if (new Set(payloads.map((payload) => payload.name)).size !== payloads.length)
    return 'it has a payload twice';
  const wrong = payloads.find((payload) => !isPayload(payload));
  if (wrong !== undefined) return `payload "${wrong.name}" has no name of up to 15 characters or no SHA-256`;
  const file = files.find((path) => !isPlainPath(path));
  return file === undefined ? undefined : `file "${file}" is not a plain path`;
}

function isPayload({ name, sha256 }: PayloadInfo): boolean {
  return isPackageName(name) && name.length <= MAX_PAYLOAD_NAME && /^[0-9a-f]{64}$/.test(sha256);
}

export function isPackageName(text: string): boolean {
  return /^[A-Za-z0-9][\w.-]{0,63}$/.test(text);
}

/** Whether a path as in tar names one place: no `..`, no `.`, no empty part. */
export function isPlainPath(path: string): boolean {
  return (
    path.length <= 2048 &&
    path.isWellFormed() &&
    !path.includes('\0') &&
    path.split('/').every((name) => name !== '' && name !== '.' && name !== '..' && name.length <= 85 * 3)
  );
}

function read(root: XmlElement): Descriptor | string {
  const text = (name: string) => childOf(root, name)?.text.slice(0, MAX_TEXT) ?? '';
  const flag = (name: string) => text(name) === 'true';
  const acceptance = levelOfTag(text('acceptance-level'));
  if (acceptance === undefined) return `"${text('acceptance-level')}" is not an acceptance level`;
  const relationships = childOf(root, 'relationships');
  const constraints = (kind: string) => (childOf(relationships, kind)?.children ?? []).map(constraintOf);
  return {
    ...{ name: text('name'), version: text('version'), vendor: text('vendor') },
    ...{ summary: text('summary'), description: text('description'), releaseDate: text('release-date') },
    acceptance,
    ...{ depends: constraints('depends'), conflicts: constraints('conflicts') },
    ...{ replaces: constraints('replaces'), provides: constraints('provides') },
    files: (childOf(root, 'file-list')?.children ?? []).map((file) => file.text),
    maintenanceMode: childOf(childOf(root, 'system-requires'), 'maintenance-mode')?.text === 'true',
    liveInstall: flag('live-install-allowed'),
    liveRemove: flag('live-remove-allowed'),
    payloads: (childOf(root, 'payloads')?.children ?? []).map(payloadOf),
  };
}

function constraintOf({ attributes }: XmlElement): Constraint {
  const { name = '', relation, version } = attributes;
  const known = RELATIONS.find((each) => each === relation);
  return { name, ...(known === undefined || version === undefined ? {} : { relation: known, version }) };
}

function constraintElement({ name, relation, version }: Constraint): XmlElement {
  return xml('constraint', '', {
    name,
    ...(relation === undefined || version === undefined ? {} : { relation, version }),
  });
}

function payloadOf(element: XmlElement): PayloadInfo {
  const { name = '', size = '' } = element.attributes;
  const checksum = element.children.find(
    (child) => child.name === 'checksum' && child.attributes['checksum-type'] === 'sha-256',
  );
  return { name, sizeBytes: /^\d{1,15}$/.test(size) ? Number(size) : 0, sha256: checksum?.text ?? '' };
}

function payloadElement({ name, sizeBytes, sha256 }: PayloadInfo): XmlElement {
  const checksum = xml('checksum', sha256, { 'checksum-type': 'sha-256' });
  return xml('payload', [checksum], { name, type: 'tgz', size: String(sizeBytes) });
}
