/**
 * Address translation of the reference: Bare, Sv39 and Sv48 walked anew for each access, then the page map.
 * A and D are set by the walker (Svadu). Source: Privileged ISA 20241017 §10.3–10.5.
 */
import type { CauseCode } from '../hart/causes.ts';
import { Cause } from '../hart/causes.ts';
import type { Context } from '../hart/context.ts';
import { Exit } from '../hart/exit.ts';
import { MapFlag, PAGE_BYTES, PAGE_SHIFT } from '../hart/page-map.ts';
import { Status } from '../isa/csr.ts';
import { Leave, Trap } from './leave.ts';

export type Access = 'read' | 'write' | 'execute' | 'manage';

/** Causes of an access that may not be, and of one to where nothing is. Cache-block management counts as a store. */
const PAGE_FAULT: Readonly<Record<Access, CauseCode>> = {
  read: Cause.LoadPage,
  write: Cause.StorePage,
  execute: Cause.InstructionPage,
  manage: Cause.StorePage,
};
const ACCESS_FAULT: Readonly<Record<Access, CauseCode>> = {
  read: Cause.LoadAccess,
  write: Cause.StoreAccess,
  execute: Cause.InstructionAccess,
  manage: Cause.StoreAccess,
};

const Pte = { V: 1n, R: 2n, W: 4n, X: 8n, U: 16n, A: 64n, D: 128n } as const;
/** Bits 63:54 belong to Svnapot and Svpbmt, which are not here. */
const PTE_RESERVED_SHIFT = 54n;
const PPN_MASK = (1n << 44n) - 1n;
const PHYSICAL_BITS = 56n;
const VPN_BITS = 9n;
/** Levels by satp.MODE. */
const LEVELS: Readonly<Record<string, bigint>> = { 8: 3n, 9: 4n };

export class Mmu {
  readonly #context: Context;
  readonly #memory: DataView;

  constructor(memory: ArrayBufferLike, context: Context) {
    this.#context = context;
    this.#memory = new DataView(memory);
  }

  /** The guest-physical address behind a virtual one. Throws Trap or Leave. */
  translate(address: bigint, access: Access): bigint {
    const satp = this.#context.get('satp');
    const levels = LEVELS[(satp >> 60n).toString()];
    if (levels !== undefined) return this.#walk(satp & PPN_MASK, levels, address, access);
    if (address >> PHYSICAL_BITS !== 0n) throw this.accessFault(address, access);
    return address;
  }

  /**
   * The machine address of a guest-physical one; undefined outside RAM. Leaves with PageMiss when no machine page
   * is there, or none that may be written.
   */
  ram(physical: bigint, write: boolean): number | undefined {
    const page = (physical >> BigInt(PAGE_SHIFT)) - this.#context.get('ramFirstPage');
    if (page < 0n || page >= this.#context.get('ramPages')) return undefined;
    const entry = this.#memory.getUint32(this.#context.get32('mapBase') + Number(page) * 4, true);
    const needed = write ? MapFlag.Present | MapFlag.Writable : MapFlag.Present;
    if ((entry & needed) !== needed) {
      this.#context.set('exitAddress', physical);
      this.#context.set32('exitWrite', write ? 1 : 0);
      throw new Leave(Exit.PageMiss);
    }
    return ((entry & -PAGE_BYTES) >>> 0) + Number(physical & BigInt(PAGE_BYTES - 1));
  }

  accessFault(address: bigint, access: Access): Trap {
    return new Trap(ACCESS_FAULT[access], address);
  }

  /** Steps are numbered as in §10.3.2. */
  #walk(root: bigint, levels: bigint, address: bigint, access: Access): bigint {
    const fault = new Trap(PAGE_FAULT[access], address);
    const width = Number(12n + VPN_BITS * levels);
    if (BigInt.asUintN(64, BigInt.asIntN(width, address)) !== address) throw fault;
    // 1. a is the root table.
    let table = root << 12n;
    for (let shift = 12n + VPN_BITS * (levels - 1n); shift >= 12n; shift -= VPN_BITS) {
      // 2. pte is at a + va.vpn[i] × 8.
      const place = table + ((address >> shift) & 511n) * 8n;
      const machine = this.ram(place, false);
      if (machine === undefined) throw this.accessFault(address, access);
      const pte = this.#memory.getBigUint64(machine, true);
      // 3. Invalid or reserved.
      const isWriteOnly = (pte & (Pte.R | Pte.W)) === Pte.W;
      if ((pte & Pte.V) === 0n || isWriteOnly || pte >> PTE_RESERVED_SHIFT !== 0n) throw fault;
      // 4. A leaf, or a pointer to the next table.
      if ((pte & (Pte.R | Pte.X)) !== 0n) return this.#leaf(pte, place, shift, address, access, fault);
      if ((pte & (Pte.D | Pte.A | Pte.U)) !== 0n) throw fault;
      table = ((pte >> 10n) & PPN_MASK) << 12n;
    }
    throw fault;
  }

  #leaf(pte: bigint, place: bigint, shift: bigint, address: bigint, access: Access, fault: Trap): bigint {
    // 5. Permissions.
    if (!this.#mayUse(pte, access)) throw fault;
    // 6. A superpage must be aligned.
    const inPage = (1n << shift) - 1n;
    const physical = ((pte >> 10n) & PPN_MASK) << 12n;
    if ((physical & inPage) !== 0n) throw fault;
    // 7. Accessed and dirty.
    const used = pte | Pte.A | (access === 'write' ? Pte.D : 0n);
    if (used !== pte) {
      const machine = this.ram(place, true);
      if (machine !== undefined) this.#memory.setBigUint64(machine, used, true);
    }
    // 8. The translated address.
    return physical | (address & inPage);
  }

  #mayUse(pte: bigint, access: Access): boolean {
    const status = this.#context.get('sstatus');
    const isUserPage = (pte & Pte.U) !== 0n;
    const inUser = this.#context.get('mode') === 0n;
    if (inUser && !isUserPage) return false;
    if (!inUser && isUserPage && (access === 'execute' || (status & Status.SUM) === 0n)) return false;
    if (access === 'write') return (pte & Pte.W) !== 0n;
    if (access === 'execute') return (pte & Pte.X) !== 0n;
    const readable = (status & Status.MXR) !== 0n ? Pte.R | Pte.X : Pte.R;
    return (pte & readable) !== 0n;
  }
}
