/** What the writers of a region hand one another. */
import type { MachineTraits } from '../core/instruction-semantics.ts';
import type { Mode } from '../core/layout.ts';
import type { Label } from '../wasm/function-builder.ts';
import { i64, type Node } from '../wasm/node.ts';
import type { PageCaches } from './page-caches.ts';

/** What a region's code is written with. */
export interface RegionFrame extends MachineTraits {
  readonly context: Node;
  /** Virtual address of the region's page. */
  readonly page: bigint;
  /** 0 U, 1 S. */
  readonly mode: Mode;
  /** i32, counts down. */
  readonly fuel: Node;
  readonly bank: Node;
  /** Leaves with an event: stores Liveness.eventSpill. */
  readonly event: Label;
  /** Leaves behind a store that has dropped translated code; pc is the store's. */
  readonly dropped: Label;
  /** i32: what the instruction that leaves by one of these has noted, see ExitNote. */
  readonly note: Node;
  readonly pageCaches: PageCaches;
}

/** An instruction that leaves notes its length, and above it the steps that are given back: those behind it in its block. */
export const ExitNote = { lengthMask: 7, stepsShift: 3 } as const;

/** i64: the address at an offset from the start of a page. */
export function addressIn(page: bigint, offset: number): Node {
  const near = Number(BigInt.asIntN(64, page)) + offset;
  return i64(Number.isSafeInteger(near) ? near : page + BigInt(offset));
}

/** How an instruction ended its block. */
export interface Jump {
  /** Absent: always. */
  readonly condition?: Node;
  readonly target: Node;
}
