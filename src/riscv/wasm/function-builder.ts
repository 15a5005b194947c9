/** Writes the body of one WebAssembly function: locals, statements, structured control. */
import { Bytes, type Mark } from './bytes.ts';
import { localGet, type Node } from './node.ts';
import { Op, TYPE_CODE, type ValueType } from './opcodes.ts';

/** A place to branch to: the end of a block or the start of a loop. */
export interface Label {
  readonly depth: number;
}

export interface Signature {
  readonly params: readonly ValueType[];
  readonly results: readonly ValueType[];
}

const EMPTY_BLOCK = 0x40;
const LOCAL_GET = Op.local_get;
const LOCAL_SET = Op.local_set;

/** What is expected of an `if`: V8 keeps the unlikely side out of the way, its registers too. */
export interface BranchHint {
  /** Bytes from the start of the body to the instruction. */
  readonly at: number;
  readonly isLikely: boolean;
}

/** A function that is written. */
export interface FunctionBody {
  readonly signature: Signature;
  /** As the section of branch hints wants them, behind the function's index; no bytes when there are none. */
  readonly encodedHints: Uint8Array<ArrayBuffer>;
  /** The body as the code section wants it. */
  finish(): Bytes;
}

export class FunctionBuilder implements FunctionBody {
  readonly signature: Signature;
  #code = new Bytes();
  #front = new Bytes();
  readonly #locals: ValueType[] = [];
  readonly #free = new Map<ValueType, number[]>();
  #depth = 0;
  /** Places count from the start of the code behind the prologue. */
  readonly #hints: BranchHint[] = [];

  constructor(signature: Signature) {
    this.signature = signature;
  }

  param(index: number): Node {
    const type = this.signature.params[index];
    if (type === undefined) throw new RangeError(`function has no parameter ${index}`);
    return localGet(type, index);
  }

  local(type: ValueType): Node {
    const reused = this.#free.get(type)?.pop();
    return reused === undefined ? this.freshLocal(type) : localGet(type, reused);
  }

  /** A local that nothing has used before: the prologue may set it. */
  freshLocal(type: ValueType): Node {
    this.#locals.push(type);
    return localGet(type, this.signature.params.length + this.#locals.length - 1);
  }

  /** Locals there are so far, parameters not counted. */
  get localCount(): number {
    return this.#locals.length;
  }

  /** Gives a local back for the next `local` of its type; its value must not be used any more. */
  release(local: Node): void {
    const free = this.#free.get(local.type);
    if (free) free.push(local.value as number);
    else this.#free.set(local.type, [local.value as number]);
  }

  set(local: Node, value: Node): void {
    value.write(this.#code);
    this.#code.indexed(LOCAL_SET, local.value as number);
  }

  /** A fresh local that holds the value. */
  let(value: Node): Node {
    const local = this.local(value.type);
    this.set(local, value);
    return local;
  }

  setGlobal(index: number, value: Node): void {
    value.write(this.#code);
    this.#code.byte(Op.global_set);
    this.#code.u32(index);
  }

  store(code: number, address: Node, offset: number, value: Node): void {
    address.write(this.#code);
    value.write(this.#code);
    this.#code.access(code, 0, offset);
  }

  /** Loads a local from where another one points to, and stores it there: a region's registers, of which there are many. */
  loadLocal(local: Node, code: number, address: Node, offset: number): void {
    this.#code.indexed(LOCAL_GET, address.value as number);
    this.#code.access(code, 0, offset);
    this.#code.indexed(LOCAL_SET, local.value as number);
  }
  storeLocal(code: number, address: Node, offset: number, local: Node): void {
    this.#code.indexed(LOCAL_GET, address.value as number);
    this.#code.indexed(LOCAL_GET, local.value as number);
    this.#code.access(code, 0, offset);
  }

  /** An expression for its effect only. */
  run(expression: Node): void {
    expression.write(this.#code);
    this.#code.byte(Op.drop);
  }

  /** A call without result, or whose results `into` takes (in order). */
  call(index: number, args: readonly Node[], into: readonly Node[] = []): void {
    for (const arg of args) arg.write(this.#code);
    this.#code.indexed(Op.call, index);
    this.#take(into);
  }

  callIndirect(type: number, args: readonly Node[], entry: Node, into: readonly Node[]): void {
    for (const arg of args) arg.write(this.#code);
    entry.write(this.#code);
    this.#code.byte(Op.call_indirect);
    this.#code.u32(type);
    this.#code.u32(0);
    this.#take(into);
  }

  /** Leaves the function for another one of the table, whose results are this one's. */
  returnCallIndirect(type: number, args: readonly Node[], entry: Node): void {
    for (const arg of args) arg.write(this.#code);
    entry.write(this.#code);
    this.#code.byte(Op.return_call_indirect);
    this.#code.u32(type);
    this.#code.u32(0);
  }

  fillMemory(address: Node, value: Node, bytes: Node): void {
    for (const arg of [address, value, bytes]) arg.write(this.#code);
    this.#code.opcode(Op.memory_fill);
    this.#code.u32(0);
  }

  if(condition: Node, then: () => void, otherwise?: () => void): void {
    condition.write(this.#code);
    this.#branch(then, otherwise);
  }

  /** As `if`, where the condition nearly always holds. */
  likely(condition: Node, then: () => void, otherwise?: () => void): void {
    condition.write(this.#code);
    this.#hints.push({ at: this.#code.length, isLikely: true });
    this.#branch(then, otherwise);
  }

  /** As `if`, where the condition hardly ever holds. */
  unlikely(condition: Node, then: () => void, otherwise?: () => void): void {
    condition.write(this.#code);
    this.#hints.push({ at: this.#code.length, isLikely: false });
    this.#branch(then, otherwise);
  }

  /** An expression with two sides of which only one is evaluated. */
  ifElse(type: ValueType, condition: Node, then: () => Node, otherwise: () => Node): Node {
    const result = this.local(type);
    this.if(
      condition,
      () => this.set(result, then()),
      () => this.set(result, otherwise()),
    );
    return result;
  }

  /** The label is behind the body. */
  block(body: (end: Label) => void): void {
    this.#open(Op.block, body);
  }

  /** The label is at the start; the body falls out of the loop at its end. */
  loop(body: (start: Label) => void): void {
    this.#open(Op.loop, body);
  }

  br(label: Label): void {
    this.#code.byte(Op.br);
    this.#code.u32(this.#depth - label.depth);
  }

  brIf(label: Label, condition: Node): void {
    condition.write(this.#code);
    this.#code.byte(Op.br_if);
    this.#code.u32(this.#depth - label.depth);
  }

  brTable(selector: Node, labels: readonly Label[], otherwise: Label): void {
    selector.write(this.#code);
    this.#code.byte(Op.br_table);
    this.#code.u32(labels.length);
    for (const label of labels) this.#code.u32(this.#depth - label.depth);
    this.#code.u32(this.#depth - otherwise.depth);
  }

  return(...values: Node[]): void {
    for (const value of values) value.write(this.#code);
    this.#code.byte(Op.return);
  }

  unreachable(): void {
    this.#code.byte(Op.unreachable);
  }

  /** Writes code that runs before all other. */
  prologue(body: () => void): void {
    [this.#code, this.#front] = [this.#front, this.#code];
    body();
    [this.#code, this.#front] = [this.#front, this.#code];
  }

  finish(): Bytes {
    const body = new Bytes();
    body.u32(this.#locals.length);
    for (const type of this.#locals) body.indexed(1, TYPE_CODE[type]);
    body.append(this.#front);
    body.append(this.#code);
    body.end();
    return body;
  }

  /** In the order of their places in the finished body. */
  get hints(): readonly BranchHint[] {
    const before = this.#before();
    return this.#hints.map(({ at, isLikely }) => ({ at: before + at, isLikely }));
  }

  get encodedHints(): Uint8Array<ArrayBuffer> {
    const out = new Bytes();
    const before = this.#before();
    if (this.#hints.length > 0) out.u32(this.#hints.length);
    for (const { at, isLikely } of this.#hints) {
      out.u32(before + at);
      out.indexed(1, isLikely ? 1 : 0);
    }
    return out.finish();
  }

  /** In the order of their places in the finished body; there are none in prologues. */
  get marks(): readonly Mark[] {
    const before = this.#before();
    return this.#code.marks.map(({ at, kind }) => ({ at: before + at, kind }));
  }

  /** Bytes in front of the code proper. */
  #before(): number {
    const count = new Bytes();
    count.u32(this.#locals.length);
    return count.length + 2 * this.#locals.length + this.#front.length;
  }

  #branch(then: () => void, otherwise?: () => void): void {
    this.#code.indexed(Op.if, EMPTY_BLOCK);
    this.#depth++;
    then();
    if (otherwise) {
      this.#code.byte(Op.else);
      otherwise();
    }
    this.#depth--;
    this.#code.byte(Op.end);
  }

  #open(code: number, body: (label: Label) => void): void {
    this.#code.indexed(code, EMPTY_BLOCK);
    this.#depth++;
    body({ depth: this.#depth });
    this.#depth--;
    this.#code.byte(Op.end);
  }

  #take(into: readonly Node[]): void {
    for (let i = into.length - 1; i >= 0; i--)
      this.#code.indexed(LOCAL_SET, (into[i] as Node).value as number);
  }
}
