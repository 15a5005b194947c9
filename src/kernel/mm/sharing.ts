/**
 * Page sharing: looks through the pages of all VMs for equal ones, and leaves one of them, copied on write; a page of zeros
 * becomes the zero page. A hash finds the pair, a comparison of all bytes decides.
 *
 * A scan has three parts, so that harts are stopped once a batch: candidates are chosen by hints; their rights are taken
 * away and translations flushed; those that nobody touched meanwhile are merged.
 */
import type { GuestMap } from './guest-map.ts';
import { type Hint, HintTable } from './hint-table.ts';
import type { MachineMemory } from './machine-memory.ts';
import { EntryBit, entryCode, entryNumber, withBits } from './map-entry.ts';
import { PageHash } from './page-hash.ts';
import { PageState } from './page-states.ts';

/** What `Mem.ShareForceSalting` makes of a VM's own salt (`sched.mem.pshare.salt`) and its identity. */
export function saltOf(setting: number, own: string | undefined, identity: string): number {
  if (setting === 0) return 0;
  return textHash(own ?? (setting === 1 ? '' : identity));
}

/** FNV-1a; 0 for no text. */
function textHash(text: string): number {
  let hash = text === '' ? 0 : 0x811c_9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x0100_0193);
  return hash | 0;
}

/** A VM as the scanner sees it. */
export interface SharedVm {
  readonly map: GuestMap;
  /** VMs of one salt share pages with each other. */
  readonly salt: number;
}

interface Member extends SharedVm {
  readonly number: number;
  salt: number;
  /** Index of the page that is looked at next. */
  hand: number;
  /** Its pages may be changed now. */
  isClaimed: boolean;
}

/** What to do with a page, found by its content: all that is hashed here may have changed since. */
interface Candidate {
  readonly vm: Member;
  readonly index: number;
  readonly low: number;
  readonly high: number;
  /** Where an equal page is said to be; undefined: the page is all zeros. */
  readonly hint: Hint | undefined;
  /** The entries as they were left, with rights taken away. */
  entry: number;
  other: number;
}

export interface ScanResult {
  readonly scanned: number;
  /** Pages that gave their machine page back: for an equal one, for the zero page. */
  readonly merged: number;
  readonly zeroed: number;
}

export class PageSharing {
  readonly #machine: MachineMemory;
  readonly #hash: PageHash;
  readonly #hints: HintTable;
  readonly #vms = new Map<number, Member>();
  #lastNumber = 0;

  constructor(machine: MachineMemory, hintedPages = machine.pages) {
    this.#machine = machine;
    this.#hash = new PageHash(machine.memory.buffer);
    this.#hints = new HintTable(hintedPages);
  }

  /** Takes a VM in; the number is for `scan` and `remove`. */
  add(vm: SharedVm): number {
    const number = ++this.#lastNumber;
    this.#vms.set(number, { ...vm, number, hand: 0, isClaimed: false });
    return number;
  }

  /** Pages that are looked at from now on are shared with those of VMs of that salt. */
  setSalt(number: number, salt: number): void {
    const vm = this.#vms.get(number);
    if (vm !== undefined) vm.salt = salt;
  }

  remove(number: number): void {
    this.#vms.delete(number);
    this.#hints.forget(number);
  }

  /** Looks at the next `pages` pages of a VM, and merges what it can; VMs that stand still are left alone. */
  scan(number: number, pages: number): ScanResult {
    const vm = this.#vms.get(number);
    for (const one of this.#vms.values()) one.isClaimed = one.map.changer.table.claim();
    try {
      return vm?.isClaimed === true ? this.#scan(vm, pages) : { scanned: 0, merged: 0, zeroed: 0 };
    } finally {
      for (const one of this.#vms.values()) if (one.isClaimed) one.map.changer.table.unclaim();
    }
  }

  #scan(vm: Member, pages: number): ScanResult {
    const candidates = this.#choose(vm, pages);
    for (const one of candidates) this.#takeRights(one);
    const maps = new Set(candidates.flatMap((one) => [one.vm.map, ...this.#otherMap(one)]));
    for (const map of maps) map.changer.quiesce();
    let [merged, zeroed] = [0, 0];
    for (const one of candidates) {
      if (!this.#merge(one)) continue;
      if (one.hint === undefined) zeroed++;
      else merged++;
    }
    return { scanned: Math.min(pages, vm.map.layout.ramPages), merged, zeroed };
  }

  #choose(vm: Member, pages: number): Candidate[] {
    const candidates: Candidate[] = [];
    const { ramPages } = vm.map.layout;
    const { table } = vm.map.changer;
    for (let left = Math.min(pages, ramPages); left > 0; left--) {
      const index = vm.hand;
      vm.hand = index + 1 === ramPages ? 0 : index + 1;
      const entry = table.load(index);
      if (entryCode(entry) !== PageState.private || (entry & EntryBit.Busy) !== 0) continue;
      const found = this.#look(vm, index, entryNumber(entry));
      if (found !== undefined) candidates.push(found);
    }
    return candidates;
  }

  #look(vm: Member, index: number, mpn: number): Candidate | undefined {
    if (this.#hash.isZero(mpn)) return candidate(vm, index, 0, 0, undefined);
    this.#hash.hash(mpn, vm.salt);
    const { low, high } = this.#hash;
    const hint = this.#hints.find(low, high);
    if (hint !== undefined && !(hint.vm === vm.number && hint.page === index)) {
      return candidate(vm, index, low, high, hint);
    }
    this.#hints.set(low, high, { vm: vm.number, page: index });
    return undefined;
  }

  /** All rights of the page that may go, the right to write of the one that may stay. */
  #takeRights(one: Candidate): void {
    one.entry = mark(one.vm.map, one.index, EntryBit.Withdrawn);
    for (const map of this.#otherMap(one)) {
      one.other = mark(map, (one.hint as Hint).page, EntryBit.Protected);
    }
  }

  /** The map of the other page, if that is a page of a VM that is still there. */
  #otherMap({ hint }: Candidate): GuestMap[] {
    const other = hint?.vm === undefined ? undefined : this.#vms.get(hint.vm);
    return other?.isClaimed === true ? [other.map] : [];
  }

  /** Ends what was begun with a page; true when its machine page was given back. */
  #merge(one: Candidate): boolean {
    const { changer } = one.vm.map;
    const { index, entry, hint } = one;
    if (entry === 0 || !changer.table.lock(index, entry)) {
      this.#giveBack(one);
      return false;
    }
    const bits = entry & EntryBit.Dirty;
    if (hint === undefined) {
      if (this.#hash.isZero(entryNumber(entry))) {
        changer.unlock(index, entry, 'zero', this.#machine.zeroPage, bits);
        changer.forget(entry);
        return true;
      }
    } else {
      const common = this.#commonPage(one, hint);
      if (common !== 0) {
        this.#hints.set(one.low, one.high, { vm: undefined, page: common });
        changer.unlock(index, entry, 'shared', common, bits);
        changer.forget(entry);
        return true;
      }
      this.#hints.set(one.low, one.high, { vm: one.vm.number, page: one.index });
    }
    changer.table.unlock(index, entry, withBits(entry, entry & (EntryBit.Dirty | EntryBit.Protected)));
    this.#giveBack(one);
    return false;
  }

  /** A machine page with the same bytes that has the page as one user more; else 0. */
  #commonPage(one: Candidate, hint: Hint): number {
    // An earlier candidate of this batch may have made it common.
    const now = this.#hints.find(one.low, one.high) ?? hint;
    return now.vm === undefined ? this.#join(one, now.page) : this.#makeCommon(one, hint);
  }

  #join(one: Candidate, mpn: number): number {
    if (!this.#machine.frames.join(mpn)) return 0;
    if (this.#hash.isEqual(mpn, entryNumber(one.entry))) return mpn;
    one.vm.map.changer.drop(mpn);
    return 0;
  }

  /** Makes the machine page of another page common, if nobody has written it. */
  #makeCommon(one: Candidate, hint: Hint): number {
    const [map] = this.#otherMap(one);
    if (map === undefined || one.other === 0 || !map.changer.table.lock(hint.page, one.other)) return 0;
    const mpn = entryNumber(one.other);
    if (!this.#hash.isEqual(mpn, entryNumber(one.entry))) {
      map.changer.table.unlock(hint.page, one.other, one.other);
      return 0;
    }
    this.#machine.frames.shareWithOther(mpn);
    map.changer.unlock(hint.page, one.other, 'shared', mpn, one.other & EntryBit.Dirty);
    return mpn;
  }

  /** The other page may be written again without an exit. */
  #giveBack(one: Candidate): void {
    if (one.other === 0) return;
    for (const map of this.#otherMap(one)) {
      const bits = one.other & (EntryBit.Dirty | EntryBit.Withdrawn);
      map.changer.table.exchange((one.hint as Hint).page, one.other, withBits(one.other, bits));
    }
  }
}

function candidate(vm: Member, index: number, low: number, high: number, hint: Hint | undefined): Candidate {
  return { vm, index, low, high, hint, entry: 0, other: 0 };
}

/** Sets a bit that takes rights away from a private page that no device uses; its entry from then on, else 0. */
function mark(map: GuestMap, index: number, bit: number): number {
  const { table } = map.changer;
  const entry = table.load(index);
  const isFree = (entry & (EntryBit.Busy | EntryBit.Viewed)) === 0;
  if (!isFree || entryCode(entry) !== PageState.private) return 0;
  const bits = (entry & (EntryBit.Dirty | EntryBit.Protected | EntryBit.Withdrawn)) | bit;
  const marked = withBits(entry, bits);
  return table.exchange(index, entry, marked) ? marked : 0;
}
