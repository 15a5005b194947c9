/** ReflectManagedMethodExecuter: esxcli for clients elsewhere; the manager of dynamic types is there for those that look for it. */
import type { VimContext } from '../context.ts';
import { execute } from '../esxcli/execute.ts';
import { ASKED, guarded, managed } from '../model/managed.ts';
import { moRef } from '../model/value.ts';
import { ID } from './ids.ts';

export const EXECUTER = 'ha-managed-method-executer';
export const TYPE_MANAGER = 'ha-dynamic-type-manager';

export const ReflectManagedMethodExecuter = managed<'ReflectManagedMethodExecuter', VimContext>(
  'ReflectManagedMethodExecuter',
  {
    properties: {},
    methods: {
      /** Each command has its privilege. */
      ExecuteSoap: guarded(ASKED, ({ host }, command, call) =>
        execute(host.esxcli ?? {}, command, {
          user: call.user,
          allows: (privilege) => call.refusal(privilege, moRef('HostSystem', ID.host)) === undefined,
        }),
      ),
    },
  },
);

export const InternalDynamicTypeManager = managed<'InternalDynamicTypeManager', VimContext>(
  'InternalDynamicTypeManager',
  { properties: {}, methods: {} },
);
