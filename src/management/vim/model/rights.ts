/** What somebody may do, as the API asks it: privileges of the accounts, and seeing what leads to what they may see. */
import { type Accounts, ROLE_ID, type Session } from '#system';
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
  return (privilege, object) => {
    if (session === undefined) return false;
    if (privilege === 'System.Anonymous') return true;
    const entity = table.isA(object.type, 'ManagedEntity') ? object.value : undefined;
    if (privilege === 'System.View' && entity === undefined) return true;
    const id = `${privilege} ${entity ?? ''}`;
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
  let at: string | undefined = place;
  for (let depth = 0; at !== undefined && depth < MAX_DEPTH; depth++) {
    at = tree.parentOf(at);
    if (at === above) return true;
  }
  return false;
}
