/**
 * Proves of a translated module that it touches no machine memory but the hart's context, the dropped flag, the TLB,
 * and pages that the TLB has just allowed: a second pair of eyes on what the writer wrote. For tests and debugging.
 *
 * Each body is run over abstract values. An address in a page is host + offset of one TLB entry, or what the
 * offset is of + the entry's delta, used where `offset ≤ 4096 - size` holds; stores need the half of the TLB for stores. Whatever is not understood is a finding.
 */
import * as L from '../core/layout.ts';
import { PAGE_BYTES } from '../hart/page-map.ts';
import { IMPORT_MODULE } from '../wasm/module-builder.ts';
import { type Instruction, ModuleReader } from '../wasm/module-reader.ts';
import { Op } from '../wasm/opcodes.ts';
import { DROPPED_IMPORT } from './region-body.ts';
import { Caches } from './verify-caches.ts';
import { AMO_CALL, CALLS, type CallShape } from './verify-calls.ts';
import {
  computed,
  constant64,
  isContext,
  isOneCache,
  join,
  loaded,
  machineOf,
  UNKNOWN,
  type Value,
} from './verify-values.ts';
import { accessOf, arityOf } from './wasm-shapes.ts';

const VOID = -0x40;
const DROPPED = `${IMPORT_MODULE}.${DROPPED_IMPORT}`;
const [CONTEXT, BANK] = [0, 2];

interface Frame {
  readonly op: number;
  readonly before: Map<number, Value>;
  /** Locals that are set in it. */
  readonly sets: ReadonlySet<number>;
  /** What the condition of an `if` says, and locals where its first side ended. */
  readonly fact?: Value;
  after?: Map<number, Value> | 'never';
}

/** @returns what is wrong, a line each; nothing when the module is safe. */
export function verifyModule(bytes: Uint8Array): string[] {
  const { imports, globals, bodies } = new ModuleReader(bytes).read();
  return bodies.flatMap((body, place) =>
    new Proof(imports, globals).run(body).map((finding) => `function ${imports.length + place}, ${finding}`),
  );
}

class Proof {
  readonly #imports: readonly string[];
  readonly #globals: readonly string[];
  readonly #findings: string[] = [];
  readonly #frames: Frame[] = [];
  #stack: Value[] = [];
  #locals = new Map<number, Value>([
    [CONTEXT, { kind: 'context', first: 0, last: 0 }],
    [BANK, { kind: 'bank' }],
  ]);
  /** Offsets that are known to be at most so large here. */
  readonly #facts: { offset: Value; limit: number }[] = [];
  /** 32-bit values that are known to be at most so large here. */
  readonly #small: Extract<Value, { kind: 'below' }>[] = [];
  /** Addresses that are known to be in a cached page here. */
  readonly #near: Extract<Value, { address: Value }>[] = [];
  #caches = new Caches([]);
  #sets: ReadonlyMap<number, ReadonlySet<number>> = new Map();
  #isReached = true;
  #at = 0;

  constructor(imports: readonly string[], globals: readonly string[]) {
    this.#imports = imports;
    this.#globals = globals;
  }

  run(body: readonly Instruction[]): string[] {
    this.#caches = new Caches(body);
    this.#sets = localsSetIn(body);
    if (this.#caches.isConfused) this.#find('a local of two page caches');
    for (const one of body) {
      this.#at = one.at;
      this.#step(one);
    }
    return this.#findings;
  }

  #step({ op, value, blockType }: Instruction): void {
    if (blockType !== undefined) return this.#open(op, blockType);
    switch (op) {
      case Op.else:
        return this.#otherwise();
      case Op.end:
        return this.#close();
      case Op.br:
      case Op.br_table:
      case Op.return:
      case Op.unreachable:
        if (this.#caches.isFilling) this.#find('a page cache half filled');
        this.#stack = [];
        this.#isReached = false;
        return;
      case Op.br_if:
        return this.#branchIf();
      case Op.local_get:
        return this.#push(this.#caches.read(Number(value)) ?? this.#get(Number(value)));
      case Op.local_set:
        return this.#set(Number(value), this.#pop());
      case Op.global_get:
        return this.#push(this.#globals[Number(value)] === DROPPED ? { kind: 'droppedFlag' } : UNKNOWN);
      case Op.i32_const:
        return this.#push({ kind: 'constant', value: Number(value) });
      case Op.i64_const:
        return this.#push(constant64(value));
      case Op.call:
        return this.#call(this.#imports[Number(value)]);
      case Op.call_indirect:
      case Op.return_call_indirect:
        return this.#callRegion(op === Op.call_indirect);
      default:
        return accessOf(op) ? this.#access(op, Number(value)) : this.#compute(op);
    }
  }

  #open(op: number, blockType: number): void {
    if (this.#caches.isFilling) this.#find('a page cache half filled');
    if (blockType !== VOID) this.#find('a block with a value');
    const condition = op === Op.if ? this.#pop() : UNKNOWN;
    const sets = this.#sets.get(this.#at) ?? new Set();
    // What a loop does to locals is not known where it begins.
    if (op === Op.loop) this.#locals = lasting(this.#locals, sets);
    this.#frames.push({ op, before: new Map(this.#locals), sets, fact: condition });
    if (condition.kind === 'within') this.#facts.push(condition);
    if (condition.kind === 'below') this.#small.push(condition);
    if (condition.kind === 'near') this.#near.push(condition);
    if (this.#stack.length > 0) this.#find('a value left in front of a block');
  }

  #branchIf(): void {
    if (this.#caches.isFilling) this.#find('a page cache half filled');
    // As behind `if (exit) leave`.
    if (this.#pop().kind === 'event') this.#checkMachines(this.#locals);
    if (this.#stack.length > 0) this.#find('a value left in front of a branch');
  }

  #otherwise(): void {
    const frame = this.#frames.at(-1);
    if (frame?.op !== Op.if) return this.#find('else without if');
    this.#leaveFact(frame);
    frame.after = this.#isReached ? this.#locals : 'never';
    this.#locals = new Map(frame.before);
    this.#isReached = true;
  }

  #close(): void {
    const frame = this.#frames.pop();
    if (this.#caches.isFilling) this.#find('a page cache half filled');
    this.#stack = [];
    if (!frame) return;
    if (frame.op !== Op.if) {
      this.#locals = lasting(frame.before, frame.sets);
      this.#isReached = true;
      return;
    }
    if (frame.after === undefined) {
      this.#leaveFact(frame);
      // `if (exit) leave`: behind it the helper's result may be used.
      if (frame.fact?.kind === 'event' && !this.#isReached) this.#checkMachines(frame.before);
      frame.after = frame.before;
    }
    const [one, other] = [frame.after, this.#isReached ? this.#locals : ('never' as const)];
    this.#locals = join(one, other) ?? frame.before;
    this.#isReached = one !== 'never' || other !== 'never';
  }

  #leaveFact({ fact }: Frame): void {
    if (fact?.kind === 'within') this.#facts.pop();
    if (fact?.kind === 'near') this.#near.pop();
    if (fact?.kind === 'below') this.#small.pop();
  }

  #checkMachines(locals: ReadonlyMap<number, Value>): void {
    for (const value of locals.values()) if (value.kind === 'machine') value.isChecked = true;
  }

  /** A local of which nothing is known is one value all the same, as long as it is not set. */
  #get(local: number): Value {
    const known = this.#locals.get(local) ?? { kind: 'unknown' };
    this.#locals.set(local, known);
    return known;
  }

  #set(local: number, value: Value): void {
    if (local === CONTEXT || local === BANK) return this.#find(`parameter ${local} is changed`);
    if (this.#caches.has(local)) {
      const isFill = this.#caches.fill(local, value, (entry, half) => this.#isAllowed(entry, half));
      if (!isFill) this.#find(`local ${local} of a page cache is set`);
      return;
    }
    // What is in a local is one value, even if nothing else is known of it.
    this.#locals.set(local, value === UNKNOWN ? { kind: 'unknown' } : this.#settled(value));
  }

  /** An address whose offset is known to be small is one for good: the page does not move. */
  #settled(value: Value): Value {
    if (value.kind === 'host' && this.#isAllowed(value.entry, value.half))
      return { kind: 'page', mayStore: value.half === L.TLB_WRITE };
    if (value.kind === 'inPage') return this.#inPage(value);
    if (value.kind !== 'place') return value;
    const limit = this.#limitOf(value);
    return limit === undefined
      ? value
      : { kind: 'machine', bytes: PAGE_BYTES - limit, mayStore: value.half === L.TLB_WRITE, isChecked: true };
  }

  #inPage(value: Extract<Value, { kind: 'inPage' }>): Value {
    const limit = this.#small.find(({ of }) => of === value.of)?.limit;
    if (limit === undefined || limit >= PAGE_BYTES) return value;
    return { kind: 'machine', bytes: PAGE_BYTES - limit, mayStore: value.mayStore, isChecked: true };
  }

  /** Whether an access through this entry of the TLB is known to be allowed here. */
  #isAllowed(entry: Value, half: number): boolean {
    return this.#facts.some(
      ({ offset }) => offset.kind === 'offset' && offset.entry === entry && offset.half === half,
    );
  }

  /** The largest offset that a place in an entry's page can have here: by its offset, or by the address that it is of. */
  #limitOf({
    offset: own,
    address,
    entry,
    half,
  }: Extract<Value, { kind: 'place' | 'offset' }>): number | undefined {
    return this.#facts.find(({ offset }) => {
      if (own) return offset === own;
      if (offset.kind !== 'offset' || address === undefined || address === UNKNOWN) return false;
      return offset.address === address && offset.entry === entry && offset.half === half;
    })?.limit;
  }

  #access(op: number, offset: number): void {
    const access = accessOf(op);
    if (!access) return;
    const { bytes, operands, isStore, isLoad } = access;
    for (let i = 1; i < operands; i++) this.#pop();
    const address = this.#settled(this.#pop());
    if (this.#isReached && !this.#mayAccess(address, offset, bytes, isStore)) {
      this.#find(`${isStore ? 'store' : 'load'} of ${bytes} bytes at ${address.kind} + ${offset}`);
    }
    if (isLoad) this.#push(loaded(address, offset));
  }

  #mayAccess(address: Value, offset: number, bytes: number, isStore: boolean): boolean {
    switch (address.kind) {
      case 'context':
        return address.first + offset >= 0 && address.last + offset + bytes <= L.CONTEXT_BYTES;
      case 'droppedFlag':
        return !isStore && offset === 0 && bytes === 4;
      case 'decodedPage':
        return !isStore && offset === L.DECODED_CONTENT && bytes === 4;
      case 'entry':
        return !isStore && address.maximum + offset + bytes <= L.BANK_BYTES;
      case 'cached':
        return (
          this.#near.some((near) => near.address === address.address && isOneCache(near, address)) &&
          offset + bytes <= (address.slots === 0 ? 8 : address.slots) &&
          (address.mayStore || !isStore)
        );
      case 'machine':
        return address.isChecked && offset + bytes <= address.bytes && (address.mayStore || !isStore);
      default:
        return false;
    }
  }

  #compute(op: number): void {
    const arity = arityOf(op);
    if (arity === undefined) return this.#find(`opcode 0x${op.toString(16)} is not known`);
    const args = Array.from({ length: arity.operands }, () => this.#pop()).toReversed();
    if (arity.results > 0) this.#push(computed(op, args[0] ?? UNKNOWN, args[1] ?? UNKNOWN, args[2]));
  }

  #call(name: string | undefined): void {
    const known = name?.startsWith('amo.') ? AMO_CALL : CALLS[name ?? ''];
    if (!known) return this.#find(`call of ${name ?? 'a function of this module'}`);
    if (name === 'reach') return this.#reach(0);
    if (name === 'reachBoth') return this.#reachBoth();
    const args = Array.from({ length: known.arguments }, () => this.#settled(this.#pop())).toReversed();
    if (known.context !== undefined && !isContext(args[known.context]))
      this.#find(`${name} with another context`);
    if (known.bank !== undefined && args[known.bank]?.kind !== 'bank')
      this.#find(`${name} with another bank`);
    if (known.machine !== undefined) this.#checkMachine(name ?? '', args[known.machine], args[2], known);
    if (name === 'atomicAddress') this.#push(machineOf(args));
    else if (known.results > 0) this.#push(UNKNOWN);
  }

  /** What lies around the page of an entry that was checked, for a page cache. */
  #reach(slots: number): void {
    const [, place, half, entry, bank, context] = Array.from({ length: 6 }, () => this.#pop());
    const isGood =
      isContext(context) &&
      place?.kind === 'constant' &&
      isCacheSlot(place.value) &&
      bank?.kind === 'bank' &&
      half?.kind === 'constant' &&
      entry !== undefined &&
      this.#isAllowed(entry, half.value);
    if (!isGood) return this.#find('reach from an entry that was not checked');
    for (const part of slots === 0 ? REACHED : REACHED_SLOTS)
      this.#push({ kind: 'reached', part, entry, half: half.value, slots, at: this.#at });
  }

  /** The limit that is kept is only compared. */
  #reachBoth(): void {
    this.#pop();
    const shift = this.#pop();
    this.#reach(shift.kind === 'constant' ? 1 << shift.value : 1);
  }

  #checkMachine(name: string, address: Value | undefined, bytes: Value | undefined, call: CallShape): void {
    const wanted = call.machineBytes ?? (bytes?.kind === 'constant' ? bytes.value : PAGE_BYTES);
    const isGood = address && this.#mayAccess(address, 0, wanted, call.isStore ?? false);
    if (this.#isReached && !isGood) this.#find(`${name} at ${address?.kind}`);
  }

  /** (context, fuel, bank, depth) and the function's index, which only the jump cache knows. */
  #callRegion(returns: boolean): void {
    const [index, , bank, , context] = Array.from({ length: 5 }, () => this.#pop());
    const isGood = index?.kind === 'region' && bank?.kind === 'bank' && isContext(context);
    if (this.#isReached && !isGood) this.#find('a call of another region is not as the jump cache says');
    if (returns) this.#stack.push(UNKNOWN, UNKNOWN);
    else this.#isReached = false;
  }

  #push(value: Value): void {
    this.#stack.push(value);
  }
  #pop(): Value {
    return this.#stack.pop() ?? UNKNOWN;
  }
  #find(what: string): void {
    this.#findings.push(`byte ${this.#at}: ${what}`);
  }
}

/** Whether the misses of a page cache may stand there. */
const isCacheSlot = (place: number): boolean =>
  place >= L.MISSES_OFFSET && place + 4 <= L.MISSES_OFFSET + L.MISSES_FUEL;

/** The locals that each block, loop and if sets, by where it stands. */
function localsSetIn(body: readonly Instruction[]): ReadonlyMap<number, ReadonlySet<number>> {
  const sets = new Map<number, Set<number>>();
  const open: Set<number>[] = [];
  for (const { op, value, blockType, at } of body) {
    if (blockType !== undefined) {
      const set = new Set<number>();
      sets.set(at, set);
      open.push(set);
    } else if (op === Op.end) {
      for (const local of open.pop() ?? []) open.at(-1)?.add(local);
    } else if (op === Op.local_set || op === Op.local_tee) {
      open.at(-1)?.add(Number(value));
    }
  }
  return sets;
}

/** What belongs to one state of a page cache, or to one moment: it says nothing of later ones. */
const PASSING: ReadonlySet<Value['kind']> = new Set([
  ...(['kept', 'apart', 'slot', 'near', 'turned', 'cached', 'event'] as const),
]);
const REACHED = ['tag', 'delta', 'limit'] as const;
const REACHED_SLOTS = ['tag', 'delta', 'flip', 'limit'] as const;

/** What is still known of locals where these may have been set. What waits for a check may have missed it. */
function lasting(locals: ReadonlyMap<number, Value>, sets: ReadonlySet<number>): Map<number, Value> {
  const isLasting = (value: Value): boolean =>
    !PASSING.has(value.kind) && (value.kind !== 'machine' || value.isChecked);
  return new Map([...locals].filter(([local, value]) => !sets.has(local) && isLasting(value)));
}
