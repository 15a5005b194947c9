/** What each VM of a tree should get, worked out the plain way: water rises in siblings until all is given out. */

/** A pool (with children) or a VM (with vCPUs that want all they can get); amounts in pCPUs. */
export interface Wanted {
  readonly shares: number;
  readonly reservation?: number;
  readonly limit?: number;
  readonly vcpus?: number;
  readonly children?: readonly Wanted[];
}

const ROUNDS = 200;

/** pCPUs for each VM, in the order of the tree. */
export function fairSplit(root: Wanted, pcpus: number): number[] {
  return split(root, Math.min(pcpus, most(root)));
}

function split(node: Wanted, amount: number): number[] {
  if (node.children === undefined) return [amount];
  const parts = pour(node.children, amount);
  return node.children.flatMap((child, i) => split(child, parts[i] as number));
}

/** Each gets level × shares, at least what is guaranteed to it and at most what it can use; the level by halving. */
function pour(children: readonly Wanted[], amount: number): number[] {
  const at = (level: number) =>
    children.map((child) => Math.min(most(child), Math.max(least(child), level * child.shares)));
  let low = 0;
  let high = 64;
  for (let round = 0; round < ROUNDS; round++) {
    const level = (low + high) / 2;
    if (at(level).reduce((a, b) => a + b, 0) > amount) high = level;
    else low = level;
  }
  return at(low);
}

function most({ limit = Infinity, vcpus = 0, children }: Wanted): number {
  return Math.min(limit, children?.reduce((sum, child) => sum + most(child), 0) ?? vcpus);
}

function least(node: Wanted): number {
  const inside = node.children?.reduce((sum, child) => sum + least(child), 0) ?? 0;
  return Math.min(Math.max(node.reservation ?? 0, inside), most(node));
}
