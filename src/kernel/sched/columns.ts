/** Tables of numbers in shared memory: rows of one size, a column for each field. Whoever uses one holds its lock. */

/** One field of all rows. Whole numbers are exact up to 2⁵³. */
export class Column {
  readonly #cells: Float64Array;
  readonly #at: number;
  readonly #stride: number;

  constructor(cells: Float64Array, at: number, stride: number) {
    this.#cells = cells;
    this.#at = at;
    this.#stride = stride;
  }

  get(row: number): number {
    return this.#cells[row * this.#stride + this.#at] as number;
  }

  set(row: number, value: number): void {
    this.#cells[row * this.#stride + this.#at] = value;
  }

  add(row: number, value: number): void {
    const index = row * this.#stride + this.#at;
    this.#cells[index] = (this.#cells[index] as number) + value;
  }
}

/** A column for each name. */
export type Columns<Name extends string> = Readonly<Record<Name, Column>>;

/** Cells that a table takes. */
export function cellCount(names: readonly string[], rows: number): number {
  return names.length * rows;
}

/** A view of `cells` as a table. */
export function columnsOf<Name extends string>(names: readonly Name[], cells: Float64Array): Columns<Name> {
  const entries = names.map((name, at) => [name, new Column(cells, at, names.length)] as const);
  return Object.fromEntries(entries) as Columns<Name>;
}
