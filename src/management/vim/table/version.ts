/** Versions of the API: which a client speaks, and which come before which. Source: SOAPAction of real clients. */

/** An index into the list of versions: larger is newer. */
export type Version = number;

/** `urn:vim25/6.5`, in quotes or not; `urn:vim25#Login` and nothing at all name none. */
const ACTION = /^"?\s*urn:\w+\/([\w.]+)\s*"?$/;

/** So many texts are known by heart. */
const MAX_ASKED = 100;

export class Versions {
  /** Oldest first; what is always there has the place before them. */
  readonly ids: readonly string[];
  readonly newest: Version;
  readonly #places: ReadonlyMap<string, Version>;
  /** What clients have asked for: each says the same again and again. */
  readonly #asked = new Map<string, Version>();

  constructor(ids: readonly string[]) {
    this.ids = ids;
    this.newest = ids.length;
    this.#places = new Map([['-', 0], ...ids.map((id, place) => [id, place + 1] as const)]);
  }

  /** The place of an id that the table has. */
  place(id: string): Version {
    return this.#places.get(id) ?? this.newest;
  }

  /** What a request's SOAPAction asks for: the newest when it names none, or a newer one than we have. */
  asked(soapAction = ''): Version {
    let version = this.#asked.get(soapAction);
    if (version !== undefined) return version;
    version = this.#versionIn(soapAction);
    if (this.#asked.size < MAX_ASKED && soapAction.length < 100) this.#asked.set(soapAction, version);
    return version;
  }

  #versionIn(soapAction: string): Version {
    const id = ACTION.exec(soapAction)?.[1];
    if (id === undefined) return this.newest;
    const known = this.#places.get(id);
    if (known !== undefined) return known;
    const older = this.ids.filter((each) => compareVersions(each, id) <= 0);
    return Math.max(1, older.length);
  }
}

/** Negative when the first is older. */
export function compareVersions(first: string, second: string): number {
  const [a, b] = [first, second].map((id) => id.split(/[.u]/).map((part) => Number.parseInt(part, 10) || 0));
  for (let i = 0; i < Math.max(a?.length ?? 0, b?.length ?? 0); i++) {
    const difference = (a?.[i] ?? 0) - (b?.[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
