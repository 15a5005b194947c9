/** Which operands and powers a meaning uses, found by running it once over a vocabulary that only takes notes. */
import type { Instruction } from './instruction.ts';
import type { Semantics } from './semantics.ts';

/** Names of the vocabulary that a meaning touches: rs1, rs2, f1, f2, f3, rd, fd, imm, load, store, amo, float, csr, … */
export type Usage = ReadonlySet<keyof Semantics<0, 0>>;

/** Bodies of conditions are run, whatever the condition. */
function noteTaker(used: Set<string>): Semantics<0, 0> {
  const word = (...given: unknown[]): 0 => {
    for (const body of given) if (typeof body === 'function') body();
    return 0;
  };
  const handler: ProxyHandler<object> = {
    get: (_target, name) => {
      used.add(String(name));
      return word;
    },
  };
  // Whatever is asked for is a word that takes anything: a value, or a function that gives one.
  return new Proxy({}, handler) as Semantics<0, 0>;
}

/** Asked for all rows by each who makes a table of them. */
const KNOWN = new Map<Instruction, Usage>();

export function usageOf(row: Instruction): Usage {
  const known = KNOWN.get(row);
  if (known) return known;
  const used = new Set<string>();
  row.meaning(noteTaker(used));
  KNOWN.set(row, used as Set<keyof Semantics<0, 0>>);
  return used as Set<keyof Semantics<0, 0>>;
}
