/** Where on a machine's way one of its harts did its last instruction: the others have their turns between. */

/** A machine on its way, and one of its harts. */
export interface HartWay {
  /** Steps of all harts so far. */
  step(): bigint;
  /** Instructions of the one hart so far. */
  done(): bigint;
  /** Goes to a step, from the beginning of this part of the way. */
  goTo(step: bigint): void;
  /** Goes on to a later step. */
  goOnTo(step: bigint): void;
}

/** How finely the last turn of the hart is looked for before its instructions are gone through one by one. */
const SEARCH_STEPS = 4096n;

/**
 * The last step between `begin` and `end`, both of them included, at which the hart did the instruction that made them
 * `done`; undefined: it did none on this part of the way. The machine is anywhere on it after that.
 */
export function lastStepOf(
  way: HartWay,
  { begin, end, done }: { readonly begin: bigint; readonly end: bigint; readonly done: bigint },
): bigint | undefined {
  way.goTo(end);
  // Mostly the hart that was stopped at is the one that ran.
  if (way.done() < done) return end;
  way.goTo(begin);
  if (way.done() >= done) return undefined;
  let before = begin;
  for (let at = begin; at < end; ) {
    at = at + SEARCH_STEPS < end ? at + SEARCH_STEPS : end;
    way.goOnTo(at);
    if (way.done() >= done) break;
    before = at;
  }
  way.goTo(before);
  for (;;) {
    const at = way.step();
    way.goOnTo(at + 1n);
    if (way.done() >= done || way.step() <= at) return at;
  }
}
