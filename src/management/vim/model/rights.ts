/** What somebody may do, as the API asks it: privileges of the accounts, and seeing what leads to what they may see. */
import { type Accounts, ROLE_ID, ROOT_ENTITY, type Session } from '#system';
import type { TypeTable } from '../table/type-table.ts';
import type { MoRef } from './value.ts';

const MAX_DEPTH = 64;
const NO_ACCESS = ROLE_ID.noAccess;

/** For one request or one look: what was asked once is known. */
export function rightsOf(
  session: Session | undefined,
  accounts: Accounts,
  table: TypeTable,
): (privilege: string, object: MoRef) => boolean {
  const known = new Map<string, boolean>();
  let places: Places | undefined;
  return (privilege, object) => {
    if (session === undefined) return false;
    if (privilege === 'System.Anonymous') return true;
    const entity = table.isA(object.type, 'ManagedEntity') ? object.value : undefined;
    if (privilege === 'System.View' && entity === undefined) return true;
    places ??= new Places(accounts);
    const id = `${privilege} ${places.deciding(entity ?? ROOT_ENTITY)}`;
    let isAllowed = known.get(id);
    if (isAllowed === undefined) {
      isAllowed =
        accounts.authorize(session, privilege, entity) ||
        (privilege === 'System.View' && leadsToTheirs(session.user, accounts, entity ?? ''));
      known.set(id, isAllowed);
    }
    return isAllowed;
  };
}

/** The entities that permissions are on, and all that those hang below. */
class Places {
  readonly #tree: Accounts['tree'];
  readonly #on: ReadonlySet<string>;
  readonly #above = new Set<string>();

  constructor({ tree, database }: Accounts) {
    this.#tree = tree;
    this.#on = new Set(database.authorization.permissions.map(({ entity }) => entity));
    for (const place of this.#on) for (const each of lineOf(tree, place)) this.#above.add(each);
  }

  /** Entities for which it is decided in the same way have the same. */
  deciding(entity: string): string {
    if (this.#above.has(entity)) return entity;
    const place = lineOf(this.#tree, entity).find((each) => this.#on.has(each));
    return place === undefined ? entity : `below ${place}`;
  }
}

/** An entity and what it hangs below. */
function lineOf(tree: Accounts['tree'], entity: string): string[] {
  const line: string[] = [];
  for (
    let at: string | undefined = entity;
    at !== undefined && line.length < MAX_DEPTH;
    at = tree.parentOf(at)
  )
    line.push(at);
  return line;
}

/** Whether a permission of theirs hangs below an entity: they see the way to it. Source: vSphere Security, "View" on parents. */
function leadsToTheirs(user: string, accounts: Accounts, entity: string): boolean {
  const { groups } = accounts.authenticator.who(user);
  return accounts.database.authorization.permissions.some(
    ({ principal, group, entity: place, roleId }) =>
      (group ? groups.includes(principal) : principal === user) &&
      roleId !== NO_ACCESS &&
      isBelow(accounts, place, entity),
  );
}

function isBelow({ tree }: Accounts, place: string, above: string): boolean {
  return lineOf(tree, place).indexOf(above) > 0;
}
