/** What the writers of a region hand one another. */
import type { MachineTraits } from '../core/instruction-semantics.ts';
import type { Mode } from '../core/layout.ts';
import type { Label } from '../wasm/function-builder.ts';
import type { Node } from '../wasm/node.ts';
import type { PageCaches } from './page-caches.ts';

/** What a region's code is written with. */
export interface RegionFrame extends MachineTraits {
  readonly context: Node;
  /** 0 U, 1 S. */
  readonly mode: Mode;
  /** i32, counts down. */
  readonly fuel: Node;
  readonly bank: Node;
  /** Leaves with an event: stores Liveness.eventSpill. */
  readonly event: Label;
  /** Machine address of the flag that says that translated code was dropped while the region ran. */
  readonly droppedFlag: number;
  readonly pageCaches: PageCaches;
}

/** How an instruction ended its block. */
export interface Jump {
  /** Absent: always. */
  readonly condition?: Node;
  readonly target: Node;
}
