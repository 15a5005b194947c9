/** What the benchmark's guest says on its console: lines that begin with "@@" (see guest/init.c and guest/main.c). */

/** One row measured once. */
export interface Reading {
  readonly value: number;
  readonly unit: string;
  /** What the program computed: 16 hexadecimal digits. */
  readonly result: string;
}

export type GuestLine =
  /** User space is up, and waits for the name of a row. */
  | { readonly kind: 'up' }
  | { readonly kind: 'row'; readonly row: string; readonly reading: Reading }
  /** The row's program ended with this status, as a shell counts it. */
  | { readonly kind: 'end'; readonly row: string; readonly status: number };

type Parts = Readonly<Record<string, string>>;

const FORMS: readonly (readonly [form: RegExp, take: (parts: Parts) => GuestLine])[] = [
  [/^up$/, () => ({ kind: 'up' })],
  [
    /^row (?<row>\S+) (?<value>\d\S*) (?<unit>\S+) (?<result>[0-9a-f]{16})$/,
    ({ row = '', value, unit = '', result = '' }) => ({
      kind: 'row',
      row,
      reading: { value: Number(value), unit, result },
    }),
  ],
  [
    /^end (?<row>\S+) (?<status>\d+)$/,
    ({ row = '', status }) => ({ kind: 'end', row, status: Number(status) }),
  ],
];

/** A line of the guest's console, wherever in it the message begins; undefined when it has none. */
export function parseGuestLine(line: string): GuestLine | undefined {
  const at = line.indexOf('@@ ');
  if (at < 0) return undefined;
  const message = line.slice(at + 3).trimEnd();
  for (const [form, take] of FORMS) {
    const match = form.exec(message);
    if (match !== null) return take(match.groups ?? {});
  }
  return undefined;
}
