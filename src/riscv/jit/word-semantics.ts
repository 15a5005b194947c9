/** Arithmetic of a region where registers are known to hold words, which need no extension. */
import { InstructionSemantics } from '../core/instruction-semantics.ts';
import { extendSigned, type Node, wrap } from '../wasm/node.ts';
import { Op } from '../wasm/opcodes.ts';

export abstract class WordSemantics extends InstructionSemantics {
  /** Whether a value is a register that holds a word; `isMade`: that this block has made by arithmetic of 32 bits. */
  protected abstract isWord(a: Node, isMade: boolean): boolean;

  override and(a: Node, b: Node): Node {
    return super.and(this.#asWord(a, b), this.#asWord(b, a));
  }
  override or(a: Node, b: Node): Node {
    return super.or(this.#asWord(a, b), this.#asWord(b, a));
  }
  override xor(a: Node, b: Node): Node {
    return super.xor(this.#asWord(a, b), this.#asWord(b, a));
  }
  override sext32(a: Node): Node {
    return this.isWord(a, false) ? a : super.sext32(a);
  }

  /**
   * A register as a word, where it and the other operand are: what is made of them is one too. Only those that were made here: what
   * comes from memory or from other blocks has 64 bits, and would have to be extended again.
   */
  #asWord(a: Node, other: Node): Node {
    if (!this.isWord(a, true)) return a;
    const isBoth = other.isConst || other.op === Op.i64_extend_i32_s || this.isWord(other, true);
    return isBoth ? extendSigned(wrap(a)) : a;
  }
}
