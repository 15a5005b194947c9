/** Who may do what at the HTTPS port, by the accounts of the host. */
import type { Accounts } from '#system';
import type { Access, Entity } from './backends.ts';

/** The id of an entity in the inventory that permissions are on. */
export type EntityIds = (entity: Entity) => string;

/** The accounts as the port asks them. */
export function accountsAccess(accounts: Accounts, entityId: EntityIds): Access {
  return {
    async authenticate(user, password, remote) {
      const checked = await accounts.check({ user, password, channel: 'api', remote });
      return 'failure' in checked ? undefined : { userName: checked.user };
    },
    session(id) {
      const session = accounts.sessions.use(id);
      return session && { userName: session.user };
    },
    redeemTicket(ticket, { method, url }) {
      const user = accounts.tickets.redeem(ticket, { method, path: url });
      return user === undefined ? undefined : { userName: user };
    },
    allows: ({ userName }, privilege, entity) =>
      accounts.authorize({ user: userName }, privilege, entityId(entity)),
  };
}
