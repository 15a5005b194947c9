/** Guesses what a mistyped word was meant to be. */

/** `; did you mean "x"?` for the known word nearest to `typed`; empty when none is near. */
export function suggestion(typed: string, known: readonly string[]): string {
  const [nearest] = known
    .map((word) => ({ word, distance: distance(typed, word) }))
    .filter(({ word, distance: steps }) => steps <= Math.max(1, Math.floor(word.length / 3)))
    .sort((a, b) => a.distance - b.distance);
  return nearest === undefined ? '' : `; did you mean "${nearest.word}"?`;
}

/** Least number of letters to insert, delete or replace. Source: Wagner and Fischer, 1974. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
