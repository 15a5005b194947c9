/** Flattened device tree writer: nodes as plain values in, a version 17 blob out. Source: Devicetree Specification 0.4 §5. */
import type { Region } from '../board.ts';

/** Stands for the phandle of the node that carries `label`. */
export interface FdtReference {
  readonly reference: string;
}

/**
 * `true`: present without a value. A number is one 32-bit cell, a bigint a 64-bit value, an array of numbers and
 * references cells, a string (list) NUL-terminated text, a Uint8Array bytes as they are.
 */
export type FdtValue = true | number | bigint | string | readonly string[] | FdtCells | Uint8Array;
export type FdtCells = readonly (number | FdtReference)[];

export interface FdtNode {
  /** With its unit address, as `serial@10000000`; the root's is empty. */
  readonly name: string;
  /** The name that `ref` finds it by; a node with a label that is used gets a phandle. */
  readonly label?: string;
  readonly properties: Readonly<Record<string, FdtValue>>;
  readonly children?: readonly FdtNode[];
}

export interface FdtOptions {
  /** Memory the guest must leave alone besides what the tree says. */
  readonly reservations?: readonly Region[];
  /** Hart that boots. */
  readonly bootHart?: number;
  /** Room at the end for who adds to the tree where it is. */
  readonly spareBytes?: number;
}

/** The phandle of the node labelled `label`, as a cell. */
export function ref(label: string): FdtReference {
  return { reference: label };
}

/** `value` as two 32-bit cells, high first. @throws RangeError when it is not an integer of at most 53 bits. */
export function cells64(value: number): [number, number] {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`Cannot make cells of ${value}`);
  return [Math.floor(value / 2 ** 32), value % 2 ** 32];
}

/** A `reg` value of address and size, two cells each. */
export function reg(...regions: readonly Region[]): number[] {
  return regions.flatMap(({ base, size }) => [...cells64(base), ...cells64(size)]);
}

/** Name with the unit address of `region`. */
export function at(name: string, region: Pick<Region, 'base'>): string {
  return `${name}@${region.base.toString(16)}`;
}

const MAGIC = 0xd00dfeed;
const VERSION = 17;
const LAST_COMPATIBLE_VERSION = 16;
const HEADER_BYTES = 40;
const TOKEN = { beginNode: 1, endNode: 2, prop: 3, end: 9 } as const;

/**
 * The blob of the tree under `root`.
 * @throws RangeError naming the node and property when a name is malformed, a label is unknown or given twice, or a
 * cell has more than 32 bits.
 */
export function flatten(root: FdtNode, options: FdtOptions = {}): Uint8Array {
  const structure = new Structure(numberLabels(root));
  structure.node(root, '');
  structure.token(TOKEN.end);
  return assemble(structure.bytes(), structure.strings(), options);
}

/** The blob's blocks behind their header. Source: §5.2, §5.3. */
function assemble(structure: Uint8Array, strings: Uint8Array, options: FdtOptions): Uint8Array {
  const reservations = [...(options.reservations ?? []), { base: 0, size: 0 }].flatMap((region) =>
    reg(region),
  );
  const structureAt = HEADER_BYTES + 4 * reservations.length;
  const stringsAt = structureAt + structure.length;
  const total = stringsAt + strings.length + (options.spareBytes ?? 0);
  const header = [MAGIC, total, structureAt, stringsAt, HEADER_BYTES, VERSION, LAST_COMPATIBLE_VERSION];
  header.push(options.bootHart ?? 0, strings.length, structure.length);
  const blob = new Uint8Array(total);
  blob.set(bigEndian([...header, ...reservations]));
  blob.set(structure, structureAt);
  blob.set(strings, stringsAt);
  return blob;
}

/** The structure block and the strings it needs, as they grow. Source: §5.4, §5.5. */
class Structure {
  readonly #phandles: ReadonlyMap<string, number>;
  readonly #parts: Uint8Array[] = [];
  readonly #stringOffsets = new Map<string, number>();
  #stringBytes = 0;

  constructor(phandles: ReadonlyMap<string, number>) {
    this.#phandles = phandles;
  }

  node(node: FdtNode, path: string): void {
    this.token(TOKEN.beginNode);
    this.#padded(text(node.name));
    const phandle = node.label === undefined ? undefined : this.#phandles.get(node.label);
    const own = phandle === undefined ? node.properties : { ...node.properties, phandle };
    for (const [name, value] of Object.entries(own)) this.#property(name, value, path || '/');
    for (const child of node.children ?? []) this.node(child, checkedPath(path, child));
    this.token(TOKEN.endNode);
  }

  token(token: number): void {
    this.#parts.push(bigEndian([token]));
  }

  bytes(): Uint8Array {
    return concat(this.#parts);
  }

  strings(): Uint8Array {
    return concat([...this.#stringOffsets.keys()].map(text));
  }

  #property(name: string, value: FdtValue, path: string): void {
    const bytes = this.#encode(value, `property "${name}" of node "${path}"`);
    this.#parts.push(bigEndian([TOKEN.prop, bytes.length, this.#string(name)]));
    this.#padded(bytes);
  }

  #encode(value: FdtValue, where: string): Uint8Array {
    if (value === true) return new Uint8Array(0);
    if (value instanceof Uint8Array) return value;
    if (typeof value === 'string') return text(value);
    if (typeof value === 'number') return bigEndian([checkedCell(value, where)]);
    if (typeof value === 'bigint') return bigEndian([Number(value >> 32n), Number(value & 0xffff_ffffn)]);
    if (isTextList(value)) return concat(value.map(text));
    return bigEndian(value.map((cell) => this.#cell(cell, where)));
  }

  #cell(cell: number | FdtReference, where: string): number {
    if (typeof cell === 'number') return checkedCell(cell, where);
    const phandle = this.#phandles.get(cell.reference);
    if (phandle === undefined) throw new RangeError(`Unknown label "${cell.reference}" in ${where}`);
    return phandle;
  }

  #string(name: string): number {
    const known = this.#stringOffsets.get(name);
    if (known !== undefined) return known;
    const offset = this.#stringBytes;
    this.#stringOffsets.set(name, offset);
    this.#stringBytes += name.length + 1;
    return offset;
  }

  #padded(bytes: Uint8Array): void {
    this.#parts.push(bytes, new Uint8Array(-bytes.length & 3));
  }
}

/** Numbers the labels that somebody refers to, from 1 in tree order. */
function numberLabels(root: FdtNode): Map<string, number> {
  const nodes = [...walk(root)];
  const used = new Set(nodes.flatMap((node) => Object.values(node.properties).flatMap(references)));
  const labels = nodes.flatMap(({ label }) => (label !== undefined && used.has(label) ? [label] : []));
  const phandles = new Map<string, number>();
  for (const label of labels) {
    if (phandles.has(label)) throw new RangeError(`Label "${label}" is on two nodes`);
    phandles.set(label, phandles.size + 1);
  }
  return phandles;
}

function* walk(node: FdtNode): Generator<FdtNode> {
  yield node;
  for (const child of node.children ?? []) yield* walk(child);
}

function references(value: FdtValue): string[] {
  if (!Array.isArray(value)) return [];
  return (value as FdtCells).flatMap((cell) => (typeof cell === 'object' ? [cell.reference] : []));
}

/** Path of `child`. Source: §2.2.1 (characters of node names). */
function checkedPath(parent: string, child: FdtNode): string {
  const path = `${parent}/${child.name}`;
  if (!/^[\w,.+-]+(@[\w,.+-]+)?$/.test(child.name)) throw new RangeError(`Malformed node name "${path}"`);
  return path;
}

function checkedCell(value: number, where: string): number {
  if (!Number.isInteger(value) || value < 0 || value >= 2 ** 32) {
    throw new RangeError(`${value} is no 32-bit cell in ${where}`);
  }
  return value;
}

function isTextList(value: readonly string[] | FdtCells): value is readonly string[] {
  return typeof value[0] === 'string';
}

function text(value: string): Uint8Array {
  return new TextEncoder().encode(`${value}\0`);
}

function bigEndian(cells: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 * cells.length));
  for (const [i, cell] of cells.entries()) view.setUint32(4 * i, cell);
  return new Uint8Array(view.buffer);
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
