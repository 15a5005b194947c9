/** Adds the managers of guest operations. */
import type { VimContext } from '../context.ts';
import { FAULTS } from '../model/faults.ts';
import { ASKED, managed } from '../model/managed.ts';
import { VimFault } from '../model/value.ts';
import type { Installer } from '../service.ts';
import { GuestFileManager } from './guest-file-manager.ts';
import { guestUser, PRIVILEGE } from './guest-login.ts';
import { GuestProcessManager } from './guest-process-manager.ts';

const ID = {
  operations: 'ha-guest-operations-manager',
  auth: 'ha-guest-operations-auth-manager',
  file: 'ha-guest-operations-file-manager',
  process: 'ha-guest-operations-process-manager',
} as const;

export const GuestAuthManager = managed<'GuestAuthManager', VimContext>('GuestAuthManager', {
  properties: {},
  methods: {
    ValidateCredentialsInGuest: {
      privilege: ASKED,
      async invoke(vim, args, call) {
        const user = await guestUser(vim, args, PRIVILEGE.query, call);
        return user instanceof VimFault ? user : undefined;
      },
    },
    AcquireCredentialsInGuest: {
      privilege: ASKED,
      invoke: (_vim, { vm }, call) =>
        call.refusal(PRIVILEGE.query, vm) ?? FAULTS.notSupported('The guest takes names and passwords.'),
    },
  },
});

export const GuestOperationsManager = managed<'GuestOperationsManager', VimContext>(
  'GuestOperationsManager',
  {
    properties: {
      authManager: ({ objects }) => objects.present(ID.auth)[0],
      fileManager: ({ objects }) => objects.present(ID.file)[0],
      processManager: ({ objects }) => objects.present(ID.process)[0],
    },
    methods: {},
  },
);

export const installGuest: Installer = (vim) => {
  if (vim.host.machines === undefined) return;
  vim.objects.add(GuestAuthManager.object(ID.auth, vim));
  vim.objects.add(GuestFileManager.object(ID.file, vim));
  vim.objects.add(GuestProcessManager.object(ID.process, vim));
  vim.objects.add(GuestOperationsManager.object(ID.operations, vim));
};
