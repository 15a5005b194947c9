/** What somebody may do, as the API asks it: privileges of the accounts, and seeing what leads to what they may see. */
import { type Accounts, ROLE_ID, ROOT_ENTITY, type Session } from '#system';
import type { TypeTable } from '../table/type-table.ts';
import type { MoRef } from './value.ts';

type Permission = Accounts['database']['authorization']['permissions'][number];

const MAX_DEPTH = 64;
const BELOW_ROOT = `below ${ROOT_ENTITY}`;
const NO_ACCESS = ROLE_ID.noAccess;

/** Whether somebody may do something to an object. */
export type Allows = (privilege: string, object: MoRef) => boolean;

/** The rights of everybody, as they are asked for again and again. */
export class Rights {
  readonly #accounts: Accounts;
  readonly #table: TypeTable;
  #places: Places | undefined;

  constructor(accounts: Accounts, table: TypeTable) {
    this.#accounts = accounts;
    this.#table = table;
  }

  of(session: Session | undefined): Allows {
    return rightsOf(session, this.#accounts, this.#table, () => this.#placesNow());
  }

  /** Others when the permissions are; and each time where some are on what can be moved, such as a pool. */
  #placesNow(): Places {
    const { permissions } = this.#accounts.database.authorization;
    if (this.#places?.permissions === permissions) return this.#places;
    const places = new Places(this.#accounts, permissions);
    if (permissions.every(({ entity }) => entity === ROOT_ENTITY)) this.#places = places;
    return places;
  }
}

/** For one request or one look: what was asked once is known. */
function rightsOf(
  session: Session | undefined,
  accounts: Accounts,
  table: TypeTable,
  placesNow: () => Places,
): Allows {
  const known = new Map<string, boolean>();
  let places: Places | undefined;
  return (privilege, object) => {
    if (session === undefined) return false;
    if (privilege === 'System.Anonymous') return true;
    const entity = table.isA(object.type, 'ManagedEntity') ? object.value : undefined;
    if (privilege === 'System.View' && entity === undefined) return true;
    places ??= placesNow();
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
  readonly permissions: readonly Permission[];
  readonly #tree: Accounts['tree'];
  readonly #on: ReadonlySet<string>;
  readonly #isRootAlone: boolean;
  readonly #above = new Set<string>();

  constructor({ tree }: Accounts, permissions: readonly Permission[]) {
    this.permissions = permissions;
    this.#tree = tree;
    this.#on = new Set(permissions.map(({ entity }) => entity));
    this.#isRootAlone = this.#on.size === 1 && this.#on.has(ROOT_ENTITY);
    for (const place of this.#on) for (const each of lineOf(tree, place)) this.#above.add(each);
  }

  /** Entities for which it is decided in the same way have the same. */
  deciding(entity: string): string {
    if (this.#above.has(entity)) return entity;
    // All hang below it.
    if (this.#isRootAlone) return BELOW_ROOT;
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
