/** HostAccessManager: lockdown mode and who is excepted from it. */
import type { LockdownMode } from '#system';
import type { VimContext } from '../context.ts';
import { accountFault } from '../model/faults.ts';
import { managed } from '../model/managed.ts';
import type { Enum } from '../table/vim25.d.ts';

// biome-ignore format: a table reads in columns
const MODES: Readonly<Record<Enum.HostLockdownMode, LockdownMode>> = {
  lockdownDisabled: 'disabled',
  lockdownNormal:   'normal',
  lockdownStrict:   'strict',
};

export function lockdownMode({ host }: VimContext): Enum.HostLockdownMode {
  const { mode } = host.accounts.lockdown;
  const found = Object.entries(MODES).find(([, ours]) => ours === mode);
  return (found?.[0] ?? 'lockdownDisabled') as Enum.HostLockdownMode;
}

export const HostAccessManager = managed<'HostAccessManager', VimContext>('HostAccessManager', {
  properties: { lockdownMode },
  methods: {
    ChangeLockdownMode({ host, objects }, { mode }, { user }) {
      host.accounts.setLockdownMode(MODES[mode], user);
      objects.changed('ha-host-access-manager', 'ha-host');
    },
    QueryLockdownExceptions: ({ host }) => host.accounts.lockdown.exceptionUsers,
    UpdateLockdownExceptions({ host }, { users }, { user }) {
      const fault = host.accounts.setLockdownExceptions(users ?? [], user);
      return fault && accountFault(fault);
    },
  },
});
