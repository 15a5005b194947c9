/** Tables for people on a terminal: columns as wide as they need, numbers to the right. */

export interface Column<R> {
  readonly title: string;
  readonly value: (row: R) => string | number;
}

/** Lines, each with its newline; only the titles when there are no rows. */
export function formatTable<R>(columns: readonly Column<R>[], rows: readonly R[]): string {
  const cells = rows.map((row) => columns.map(({ value }) => value(row)));
  const widths = columns.map(({ title }, i) =>
    Math.max(title.length, ...cells.map((line) => String(line[i]).length)),
  );
  const isNumber = columns.map(
    (_, i) => cells.length > 0 && cells.every((line) => typeof line[i] === 'number'),
  );
  const line = (texts: readonly (string | number)[]) =>
    texts
      .map((text, i) => {
        const width = widths[i] ?? 0;
        return isNumber[i] ? String(text).padStart(width) : String(text).padEnd(width);
      })
      .join('  ')
      .trimEnd();
  return [columns.map(({ title }) => title), ...cells].map((texts) => `${line(texts)}\n`).join('');
}
