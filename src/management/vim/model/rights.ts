/** What somebody may do, as the API asks it: privileges of the accounts, and seeing what leads to what they may see. */
import { type Accounts, ROLE_ID, ROOT_ENTITY, type Session } from '#system';
import type { TypeTable } from '../table/type-table.ts';
import type { MoRef } from './value.ts';

type Permission = Accounts['database']['authorization']['permissions'][number];

const MAX_DEPTH = 64;
const DECISIONS_MAX = 1000;
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

  /** Others when users, roles or permissions are; and each time where some are on what can be moved, such as a pool. */
  #placesNow(): Places {
    const { authorization, passwd, group } = this.#accounts.database;
    const basis = [authorization, passwd, group];
    if (this.#places?.isOf(basis) === true) return this.#places;
    const { permissions } = authorization;
    const places = new Places(this.#accounts, permissions, basis);
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
      isAllowed = places.decided(`${id} ${session.user}`, () => {
        if (accounts.authorize(session, privilege, entity)) return true;
        return privilege === 'System.View' && leadsToTheirs(session.user, accounts, entity ?? '');
      });
      known.set(id, isAllowed);
    }
    return isAllowed;
  };
}

/** The entities that permissions are on, and all that those hang below. */
class Places {
  /** What it was found out of. */
  readonly #basis: readonly unknown[];
  readonly #decisions = new Map<string, boolean>();
  readonly #tree: Accounts['tree'];
  readonly #on: ReadonlySet<string>;
  readonly #isRootAlone: boolean;
  readonly #above = new Set<string>();

  constructor({ tree }: Accounts, permissions: readonly Permission[], basis: readonly unknown[]) {
    this.#basis = basis;
    this.#tree = tree;
    this.#on = new Set(permissions.map(({ entity }) => entity));
    this.#isRootAlone = this.#on.size === 1 && this.#on.has(ROOT_ENTITY);
    for (const place of this.#on) for (const each of lineOf(tree, place)) this.#above.add(each);
  }

  isOf(basis: readonly unknown[]): boolean {
    return this.#basis.every((each, at) => each === basis[at]);
  }

  /** As it was decided before. */
  decided(question: string, decide: () => boolean): boolean {
    const known = this.#decisions.get(question);
    if (known !== undefined) return known;
    const decision = decide();
    if (this.#decisions.size >= DECISIONS_MAX) this.#decisions.clear();
    this.#decisions.set(question, decision);
    return decision;
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
