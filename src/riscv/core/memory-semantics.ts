/**
 * How meanings reach memory from interpreter and JIT: through the TLB in line, by a function of the core when it
 * misses. Machine memory is touched nowhere else.
 */
import { PAGE_BYTES, PAGE_SHIFT } from '../hart/page-map.ts';
import type { AmoOperation, Bytes, CacheBlockOperation } from '../isa/semantics.ts';
import { CACHE_BLOCK_BYTES } from '../isa/zicbo.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';
import { call, i32, i64, load, type Node, op, wrap } from '../wasm/node.ts';
import { Op } from '../wasm/opcodes.ts';
import { WasmArithmetic } from './arithmetic.ts';
import { singleAmo } from './atomics.ts';
import * as L from './layout.ts';
import { CACHE_BLOCK_OPERATIONS } from './memory.ts';
import { CACHED_LIMIT, middleOf, type PageCache, type SharedPage } from './page-cache.ts';
import { MISSES_A_LOOK } from './reach.ts';

/** Indices, in the module being written, of the core's functions that instructions call. */
export interface InstructionCalls {
  readonly mulhu: number;
  readonly load: number;
  readonly store: number;
  readonly loadQuick: number;
  readonly storeQuick: number;
  readonly reach: number;
  readonly reachBoth: number;
  readonly loadReserved: number;
  readonly storeConditional: number;
  readonly atomicAddress: number;
  readonly cacheBlock: number;
  readonly illegal: number;
  readonly raise: number;
  readonly csrRead: number;
  readonly csrWrite: number;
  readonly flush: number;
  readonly flushPage: number;
  readonly fenceCode: number;
  readonly sret: number;
  readonly float: number;
  amo(operation: AmoOperation, bytes: 4 | 8): number;
}

const LOADS: Record<Bytes, number> = {
  1: Op.i64_load8_u,
  2: Op.i64_load16_u,
  4: Op.i64_load32_u,
  8: Op.i64_load,
};
const STORES: Record<Bytes, number> = {
  1: Op.i64_store8,
  2: Op.i64_store16,
  4: Op.i64_store32,
  8: Op.i64_store,
};

export abstract class MemorySemantics extends WasmArithmetic {
  readonly calls: InstructionCalls;

  constructor(f: FunctionBuilder, context: Node, calls: InstructionCalls) {
    super(f, context, calls);
    this.calls = calls;
  }

  /** i32: the data TLB's bank for the present mode. */
  protected abstract get bank(): Node;
  /** Makes the context exact before a function is called that may trap: pc is this instruction's address. */
  protected abstract saveState(): void;
  /** Leaves the instruction when that function has left an event. */
  protected abstract checkEvent(): void;
  /** The look into the TLB that the present access shares with others. */
  protected sharedPage(): SharedPage | undefined {
    return undefined;
  }
  /** i32: fuel, where pages are kept. */
  protected get fuelLeft(): Node {
    return i32(0);
  }
  /** The page kept for the present instruction's accesses through this half of the TLB. */
  protected pageCache(_half: number): PageCache | undefined {
    return undefined;
  }
  /** Where the present load's result is chased (see middleOf): what is to become its middle, which is loaded with it. */
  protected get loadedMiddle(): Node | undefined {
    return undefined;
  }
  /** The middle of the present access's base register, where it has one and the access is near it. */
  protected get baseMiddle(): Node | undefined {
    return undefined;
  }
  /** Behind a store, or an atomic access, that may have met code. */
  protected afterStoreMiss(): void {}
  protected afterAtomic(): void {}

  load(address: Node, bytes: Bytes, signed: boolean): Node {
    const result = this.scratch('i64');
    const middle = bytes < 4 ? undefined : this.loadedMiddle;
    const hit = (machine: Node, offset = 0): void => {
      const at = middle ? this.scratch('i32') : machine;
      if (middle) this.f.set(at, machine);
      this.f.set(result, this.#loaded(at, offset, bytes, signed));
      if (middle) this.f.set(middle, load('i32', Op.i32_load16_u, at, offset + 1));
    };
    const missed = (value: Node): void => {
      this.f.set(result, this.#extend(value, bytes, signed));
      if (middle) this.f.set(middle, middleOf(result));
    };
    const shared = this.sharedPage();
    if (shared) {
      this.#throughShared(
        shared,
        () => hit(shared.base, shared.offset),
        () => {
          missed(call('i64', this.calls.loadQuick, [this.context, address, i32(bytes), this.bank]));
        },
      );
      return result;
    }
    this.#throughTlb(address, bytes, 0, hit, (ea) => {
      missed(call('i64', this.calls.load, [this.context, ea, i32(bytes)]));
      this.checkEvent();
    });
    return result;
  }

  store(address: Node, bytes: Bytes, value: Node): void {
    const shared = this.sharedPage();
    if (shared) {
      this.#throughShared(
        shared,
        () => this.f.store(STORES[bytes], shared.base, shared.offset, value),
        () => {
          this.f.call(this.calls.storeQuick, [this.context, address, i32(bytes), value, this.bank]);
        },
        () => this.afterStoreMiss(),
      );
      return;
    }
    this.#throughTlb(
      address,
      bytes,
      L.TLB_WRITE,
      (machine) => this.f.store(STORES[bytes], machine, 0, value),
      (ea) => {
        this.f.call(this.calls.store, [this.context, ea, i32(bytes), value]);
        this.checkEvent();
        this.afterStoreMiss();
      },
    );
  }

  loadReserved(address: Node, bytes: 4 | 8): Node {
    const machine = this.#atomicMachine(address, bytes, false);
    return this.let(call('i64', this.calls.loadReserved, [this.context, machine, i32(bytes)]));
  }
  storeConditional(address: Node, bytes: 4 | 8, value: Node): Node {
    const machine = this.#atomicMachine(address, bytes, true);
    const result = this.let(
      call('i64', this.calls.storeConditional, [this.context, machine, i32(bytes), value]),
    );
    this.afterAtomic();
    return result;
  }
  amo(operation: AmoOperation, address: Node, bytes: 4 | 8, value: Node): Node {
    const machine = this.#atomicMachine(address, bytes, true);
    const result = this.let(
      singleAmo(operation, bytes, machine, value) ??
        call('i64', this.calls.amo(operation, bytes), [machine, value]),
    );
    this.afterAtomic();
    return result;
  }

  /** Zeroing is what a kernel clears pages with; the others have no cache to work on and only check. */
  cacheBlock(operation: CacheBlockOperation, address: Node): void {
    const slow = (ea: Node): void => {
      const number = i32(CACHE_BLOCK_OPERATIONS.indexOf(operation));
      this.f.call(this.calls.cacheBlock, [this.context, number, ea]);
      this.checkEvent();
      this.afterStoreMiss();
    };
    const isFast = operation === 'zero' ? this.get32('mode') : i32(0);
    const ea = this.let(address);
    this.f.if(
      isFast,
      () => {
        const block = this.and(ea, i64(-BigInt(CACHE_BLOCK_BYTES)));
        const zero = (machine: Node): void => {
          for (let at = 0; at < CACHE_BLOCK_BYTES; at += 8) this.f.store(Op.i64_store, machine, at, i64(0n));
        };
        this.#throughTlb(block, CACHE_BLOCK_BYTES, L.TLB_WRITE, (machine) => zero(this.let(machine)), slow);
      },
      () => {
        this.saveState();
        slow(ea);
      },
    );
  }

  /** One look for all accesses from `address` on within `span` bytes; `offset` is set by who uses it. */
  protected look(address: Node, span: number, half: number): Omit<SharedPage, 'offset'> {
    const { f } = this;
    const ea = this.scratch('i64');
    f.set(ea, address);
    const { offset, machine } = this.find(ea, half);
    const [isHit, base] = [this.scratch('i32'), this.scratch('i32')];
    f.set(isHit, op('i32', Op.i64_le_u, offset, i64(BigInt(PAGE_BYTES - span))));
    f.set(base, machine);
    return { isHit, base };
  }

  /**
   * The entry of the TLB where the page of an address would be. Where the offset from its tag is one in a page, the
   * address is in the machine page `host`, at `machine`.
   * @param middle bits 8 to 23 of an address near it, where they are known already.
   */
  protected find(
    ea: Node,
    half: number,
    middle?: Node,
  ): { entry: Node; offset: Node; host: Node; machine: Node } {
    const { f } = this;
    const entry = this.scratch('i32');
    const place = middle
      ? op('i32', Op.i32_and, middle, i32((L.TLB_ENTRIES - 1) << L.TLB_ENTRY_SHIFT))
      : this.index(ea, L.TLB_ENTRIES, L.TLB_ENTRY_SHIFT, PAGE_SHIFT);
    f.set(entry, op('i32', Op.i32_add, this.bank, place));
    // The machine address waits for one load, not for the tag as well; in a chase it is the first load.
    const wanted = load('i32', Op.i32_load, entry, half + L.TLB_DELTA);
    const delta = middle ? this.scratch('i32') : wanted;
    if (middle) f.set(delta, wanted);
    const offset = this.scratch('i64');
    f.set(offset, this.sub(ea, load('i64', Op.i64_load, entry, half + L.TLB_TAG)));
    const host = load('i32', Op.i32_load, entry, half + L.TLB_HOST);
    return { entry, offset, host, machine: op('i32', Op.i32_add, wrap(ea), delta) };
  }

  #throughShared({ isHit }: SharedPage, hit: () => void, miss: () => void, after?: () => void): void {
    if (isHit.isConst) return hit();
    this.f.likely(isHit, hit, () => {
      this.saveState();
      miss();
      this.checkEvent();
      after?.();
    });
  }

  #throughTlb(
    address: Node,
    bytes: number,
    half: number,
    hit: (machine: Node) => void,
    miss: (address: Node) => void,
    also?: (offset: Node) => Node,
  ): void {
    const { f } = this;
    const ea = this.scratch('i64');
    f.set(ea, address);
    const cache = also || bytes > 8 ? undefined : this.pageCache(half);
    if (!cache) return this.#lookUp(ea, bytes, half, hit, miss, also);
    const { slots, tag, delta, limit } = cache;
    const apart = this.sub(ea, tag);
    // What is not aligned has its lowest bits on top then.
    const place = slots ? op('i64', Op.i64_rotr, apart, i64(BigInt(Math.log2(slots.bytes)))) : apart;
    const low = slots ? op('i32', Op.i32_xor, wrap(ea), slots.flip) : wrap(ea);
    f.likely(
      op('i32', Op.i64_lt_u, place, limit),
      () => hit(op('i32', Op.i32_add, low, delta)),
      () => this.#lookUp(ea, bytes, half, hit, miss, undefined, cache),
    );
  }

  /** Through the TLB's entry; `cache` keeps the page of a hit. */
  #lookUp(
    ea: Node,
    bytes: number,
    half: number,
    hit: (machine: Node) => void,
    miss: (address: Node) => void,
    also?: (offset: Node) => Node,
    cache?: PageCache,
  ): void {
    const { f } = this;
    const { entry, offset, machine } = this.find(ea, half, this.baseMiddle);
    const isWithin = op('i32', Op.i64_le_u, offset, i64(BigInt(PAGE_BYTES - bytes)));
    f.likely(
      also ? this.both(isWithin, also(offset)) : isWithin,
      () => {
        hit(machine);
        if (cache) this.#keep(cache, entry, half);
      },
      () => {
        this.saveState();
        miss(ea);
      },
    );
  }

  /**
   * Keeps the page of a TLB entry that has just allowed an access; where that happens often, what lies beside it as well.
   * Programs that go over many pages at random would wait for wrong guesses of the machine: then nothing is kept.
   */
  #keep(cache: PageCache, entry: Node, half: number): void {
    const { f } = this;
    const misses = this.scratch('i32');
    f.set(misses, load('i32', Op.i32_load, this.context, cache.misses));
    f.unlikely(op('i32', Op.i32_ge_s, misses, i32(0)), () => {
      f.set(misses, op('i32', Op.i32_add, misses, i32(1)));
      f.store(Op.i32_store, this.context, cache.misses, misses);
      f.if(
        op('i32', Op.i32_and, misses, i32(MISSES_A_LOOK - 1)),
        () => f.if(this.#isOnePage(cache), () => this.#keepPage(cache, entry, half)),
        () => this.#lookAround(cache, entry, half),
      );
    });
  }

  /** i32: whether a cache has one page, or none. */
  #isOnePage({ limit, slots }: PageCache): Node {
    return op('i32', Op.i64_le_u, limit, i64(BigInt(slots ? PAGE_BYTES / slots.bytes : CACHED_LIMIT)));
  }

  #lookAround({ tag, delta, limit, misses, slots }: PageCache, entry: Node, half: number): void {
    const { f } = this;
    const args = [this.context, this.bank, entry, i32(half), i32(misses), this.fuelLeft];
    if (!slots) return f.call(this.calls.reach, args, [tag, delta, limit]);
    const found = (['i64', 'i32', 'i32', 'i64'] as const).map((type) => this.scratch(type));
    f.call(this.calls.reachBoth, [...args, i32(Math.log2(slots.bytes)), limit], found);
    const [newTag, newDelta, newFlip, newLimit] = found as [Node, Node, Node, Node];
    f.if(op('i32', Op.i64_ne, newLimit, i64(0n)), () => {
      f.set(limit, newLimit);
      f.set(slots.flip, newFlip);
      f.set(delta, newDelta);
      f.set(tag, newTag);
    });
  }

  #keepPage({ tag, delta, limit, slots }: PageCache, entry: Node, half: number): void {
    const { f } = this;
    f.set(tag, load('i64', Op.i64_load, entry, half + L.TLB_TAG));
    f.set(delta, load('i32', Op.i32_load, entry, half + L.TLB_DELTA));
    if (slots) f.set(slots.flip, i32(0));
    f.set(limit, i64(BigInt(slots ? PAGE_BYTES / slots.bytes : CACHED_LIMIT)));
  }

  /** Words are extended as they are loaded; for what is narrower V8 would load a second time. */
  #loaded(machine: Node, offset: number, bytes: Bytes, signed: boolean): Node {
    if (bytes === 4 && signed) return load('i64', Op.i64_load32_s, machine, offset);
    return this.#extend(load('i64', LOADS[bytes], machine, offset), bytes, signed);
  }

  #extend(raw: Node, bytes: Bytes, signed: boolean): Node {
    if (!signed || bytes === 8) return raw;
    if (bytes === 4) return this.sext32(raw);
    return bytes === 2 ? this.sext16(raw) : this.sext8(raw);
  }

  /** i32: machine address for an atomic access; misaligned ones miss and trap. */
  #atomicMachine(address: Node, bytes: 4 | 8, writes: boolean): Node {
    const machine = this.scratch('i32');
    const isWrite = i32(writes ? 1 : 0);
    this.#throughTlb(
      address,
      bytes,
      L.TLB_WRITE,
      (found) => this.f.set(machine, found),
      (ea) => {
        this.f.set(machine, call('i32', this.calls.atomicAddress, [this.context, ea, i32(bytes), isWrite]));
        this.checkEvent();
      },
      (offset) => this.eq(this.and(offset, i64(BigInt(bytes - 1))), i64(0n)),
    );
    return machine;
  }
}
