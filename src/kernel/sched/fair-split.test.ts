// Random trees of pools: what the policy gives on a simulated host, against water poured into the tree.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { ROOT } from './scheduler-state.ts';
import { BUSY, MS, Simulation } from './testing/simulation.ts';
import { fairSplit, type Wanted } from './testing/water-filling.ts';

const MHZ = 2000;
const RUN_MS = 4000;
const TREES = 40;
/** Of what a VM should get, and of all pCPUs. */
const OFF_PART = 0.02;
const OFF_PCPUS = 0.01;
/** Of a pCPU. */
const TIGHT = 0.8;

interface Tree {
  readonly wanted: Wanted;
  readonly pcpus: number;
}

/** A tree of up to three levels; reservations take at most 60 % of what their pool is sure of. Limits on one pCPU only. */
function randomTree(seed: number): Tree {
  const random = new SeededRandom(seed);
  const pcpus = 1 + random.below(4);
  const hasLimits = pcpus === 1;
  const node = (depth: number, sure: number): Wanted => {
    const shares = 250 * 2 ** random.below(5);
    const reservation = random.below(4) === 0 ? sure * 0.6 : 0;
    if (depth === 0 || random.below(3) === 0) {
      const vcpus = 1 + random.below(2);
      const own = Math.min(reservation, vcpus);
      const limit =
        hasLimits && random.below(4) === 0 ? own + (vcpus - own) * (0.1 + random.below(80) / 100) : Infinity;
      return { shares, reservation: own, limit, vcpus };
    }
    const count = 1 + random.below(3);
    const limit = hasLimits && random.below(5) === 0 ? reservation + 0.2 + random.below(100) / 100 : Infinity;
    const children = Array.from({ length: count }, () => node(depth - 1, reservation / count));
    return { shares, reservation, limit, children };
  };
  const count = 2 + random.below(3);
  const children = Array.from({ length: count }, () => node(2, pcpus / count));
  return { pcpus, wanted: { shares: 1, children } };
}

/** Puts the tree on a host; the worlds of each VM in the order of the tree. */
function build(host: Simulation, { children = [] }: Wanted, pool: number): number[][] {
  return children.flatMap((child) => {
    const { shares, reservation = 0, limit = Infinity } = child;
    const allocation = {
      shares,
      reservationMhz: reservation * MHZ,
      ...(limit !== Infinity && { limitMhz: limit * MHZ }),
    };
    if (child.children) return build(host, child, host.pool(pool, allocation));
    const busy = Array.from({ length: child.vcpus ?? 0 }, () => BUSY);
    return [host.vm(busy, allocation, pool).worlds];
  });
}

/** Whether some vCPU would need a pCPU for itself nearly all the time: see the README on that. */
function isTight(wanted: Wanted, amounts: readonly number[]): boolean {
  const vcpus = vcpusOf(wanted);
  return amounts.some((amount, i) => amount > TIGHT * (vcpus[i] as number));
}

function vcpusOf({ children, vcpus = 0 }: Wanted): number[] {
  return children?.flatMap(vcpusOf) ?? [vcpus];
}

for (let seed = 1; seed <= TREES; seed++) {
  const { wanted, pcpus } = randomTree(seed);
  const expected = fairSplit(wanted, pcpus);
  if (pcpus > 1 && isTight(wanted, expected)) continue;
  test(`fair split: random tree ${seed} on ${pcpus} pCPUs gives each VM what water-filling says`, () => {
    const host = new Simulation({ pcpus, skewQuanta: Infinity });
    const vms = build(host, wanted, ROOT);
    host.run(RUN_MS * MS);
    const got = vms.map((worlds) => host.runNs(worlds) / (RUN_MS * MS));
    const text = `got ${got.join(', ')}, not ${expected.join(', ')}, of ${JSON.stringify(wanted)}`;
    for (const [i, amount] of expected.entries()) {
      const off = Math.abs((got[i] as number) - amount);
      assert.ok(off <= OFF_PART * amount + OFF_PCPUS * pcpus, text);
    }
  });
}
