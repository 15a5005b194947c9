/** UserDirectory: searching users and groups. */
import { searchPrincipals } from '#system';
import type { VimContext } from '../context.ts';
import { accountFault, FAULTS } from '../model/faults.ts';
import { guarded, managed } from '../model/managed.ts';
import { data } from '../model/value.ts';
import type { Managed } from '../table/vim25.d.ts';

type Search = Managed['UserDirectory']['methods']['RetrieveUserGroups']['args'];
/** The only domain that there is, and the names that clients give it. */
const LOCAL = ['', 'localhost', 'localos'];

export const UserDirectory = managed<'UserDirectory', VimContext>('UserDirectory', {
  properties: { domainList: () => [] },
  methods: {
    RetrieveUserGroups: guarded(
      'System.View',
      ({ host }: VimContext, { domain, searchStr, ...search }: Search) => {
        if (!LOCAL.includes((domain ?? '').toLowerCase())) return FAULTS.notFound();
        const found = searchPrincipals(host.accounts.database, { searchText: searchStr, ...search });
        if ('fault' in found) return accountFault(found);
        return found.map(({ principal, fullName, group, id, shellAccess }) =>
          data('PosixUserSearchResult', { principal, fullName, group, id, shellAccess }),
        );
      },
    ),
  },
});
