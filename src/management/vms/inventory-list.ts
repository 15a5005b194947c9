/** The list of VMs as a file: whole in the first line, and a line for each change since, so that a change costs the same however many there are. */
import { HostError } from '#lib';
import type { KeptLog } from './kept-file.ts';

export interface ListedVm {
  readonly id: number;
  readonly vmx: string;
  /** Files outside of the datastores that its owner gave it; undefined in lists of before they were noted. */
  readonly outside?: readonly string[] | undefined;
}

interface Kept {
  readonly nextId: number;
  readonly vms: readonly ListedVm[];
}

/** Changes that are kept before the list is written anew: so many, or as many as there are VMs. */
const MIN_CHANGES = 1000;

export class InventoryList {
  readonly #file: KeptLog;
  readonly #vms = new Map<number, Omit<ListedVm, 'id'>>();
  #nextId = 1;
  /** Lines after the first one; undefined before there is a file of this form. */
  #changes: number | undefined;

  constructor(file: KeptLog) {
    this.#file = file;
  }

  /** @throws HostError `archive-damaged` for a list that cannot be read. */
  load(): void {
    const text = this.#file.read();
    if (text === undefined) return;
    const whole = parseWhole(text);
    const [first = '', ...lines] = text.trimEnd().split('\n');
    const kept = whole ?? parseWhole(first);
    if (kept === undefined) throw damaged('it does not have the shape {nextId, vms: [{id, vmx}]}');
    for (const { id, ...vm } of kept.vms) this.#vms.set(id, vm);
    this.#nextId = kept.nextId;
    if (whole !== undefined) return;
    for (const line of lines) this.#apply(parseChange(line));
    this.#changes = lines.length;
  }

  /** By id. */
  get vms(): readonly ListedVm[] {
    return [...this.#vms].map(([id, vm]) => ({ id, ...vm })).sort((a, b) => a.id - b.id);
  }

  /** An id that no VM ever had. */
  claimId(): number {
    return this.#nextId++;
  }

  add(...vms: readonly ListedVm[]): void {
    if (vms.length > 0) this.#change(vms);
  }

  remove(id: number): void {
    if (this.#vms.has(id)) this.#change([{ id }]);
  }

  /** Resolves when what was changed before is safe. */
  saved(): Promise<void> {
    return this.#file.saved();
  }

  /** What cannot be written is not changed. */
  #change(changes: readonly Change[]): void {
    const before = changes.map(({ id }): Change => ({ id, ...this.#vms.get(id) }));
    for (const change of changes) this.#apply(change);
    try {
      this.#write(changes);
    } catch (error) {
      for (const one of before) this.#apply(one);
      throw error;
    }
  }

  #write(changes: readonly Change[]): void {
    const room = Math.max(MIN_CHANGES, this.#vms.size);
    if (this.#changes === undefined || this.#changes >= room) {
      const kept: Kept = { nextId: this.#nextId, vms: this.vms };
      this.#file.replace(`${JSON.stringify(kept)}\n`);
      this.#changes = 0;
    } else {
      this.#file.append(changes.map((change) => `${JSON.stringify(change)}\n`).join(''));
      this.#changes += changes.length;
    }
  }

  #apply({ id, vmx, outside }: Change): void {
    if (vmx === undefined) this.#vms.delete(id);
    else this.#vms.set(id, { vmx, outside });
    this.#nextId = Math.max(this.#nextId, id + 1);
  }
}

/** A VM that is there from now on; without `vmx`, one that is not. */
interface Change {
  readonly id: number;
  readonly vmx?: string;
  readonly outside?: readonly string[] | undefined;
}

const isOutside = (outside: unknown): boolean =>
  outside === undefined || (Array.isArray(outside) && outside.every((path) => typeof path === 'string'));

function parseWhole(text: string): Kept | undefined {
  let kept: Partial<Kept> | null;
  try {
    kept = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { nextId, vms } = kept ?? {};
  const isWhole =
    Number.isSafeInteger(nextId) &&
    Array.isArray(vms) &&
    vms.every((vm) => Number.isSafeInteger(vm?.id) && typeof vm?.vmx === 'string' && isOutside(vm.outside));
  return isWhole ? (kept as Kept) : undefined;
}

function parseChange(line: string): Change {
  let change: Partial<Change> | null;
  try {
    change = JSON.parse(line);
  } catch (cause) {
    throw damaged(`"${line}": ${(cause as Error).message}`);
  }
  const { id, vmx, outside } = change ?? {};
  const isVmx = vmx === undefined || typeof vmx === 'string';
  if (Number.isSafeInteger(id) && isVmx && isOutside(outside)) return change as Change;
  throw damaged(`"${line}" is not {id, vmx}`);
}

const damaged = (reason: string) => new HostError('archive-damaged', { what: 'the list of VMs', reason });
