/** Of fields that may be left out, those that were given. */

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

export function present<T extends object>(fields: T): Present<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<T>;
}

/** The same; undefined when nothing was given. */
export function presentOrNothing<T extends object>(fields: T): Present<T> | undefined {
  const given = present(fields);
  return Object.keys(given).length === 0 ? undefined : given;
}
