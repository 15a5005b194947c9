/** Who may do something in a guest: the guest's own users, with the guest's own passwords. */
import { quoted } from '../../vms/agent/words.ts';
import type { VimContext } from '../context.ts';
import type { Call } from '../model/call.ts';
import { FAULTS } from '../model/faults.ts';
import { fault, type MoRef, VimFault } from '../model/value.ts';
import type { GuestAuthentication, NamePasswordAuthentication } from '../table/vim25.d.ts';
import { guarded, VM_FAULTS } from '../vm/vm-faults.ts';
import { VmObject } from '../vm/vm-object.ts';

/** A guest, and how scripts are run there. */
export interface GuestUser {
  readonly vm: VmObject;
  readonly name: string;
  /** A script as that user. */
  readonly as: (script: string) => string;
}

interface Asked {
  readonly vm: MoRef;
  readonly auth: GuestAuthentication;
}

const USER = /^[a-z_][a-z0-9_.-]{0,31}\$?$/i;
const MAX_PASSWORD_BYTES = 512;

export const GUEST_FAULTS = {
  login: () =>
    fault(
      'InvalidGuestLogin',
      {},
      'Failed to authenticate with the guest operating system using the supplied credentials.',
    ),
  unavailable: () =>
    fault('GuestOperationsUnavailable', {}, 'The guest operations agent could not be contacted.'),
  permission: () =>
    fault(
      'GuestPermissionDenied',
      {},
      'The guest user does not have the permission to perform this operation.',
    ),
} as const;

/** Ends with 0 for who is a user with that password; one without a password gets in with any, as at the guest's console. */
function loginScript(user: string, password: string): string {
  return [
    `u=${quoted(user)} p=${quoted(password)}`,
    'grep -q "^$u:" /etc/passwd || exit 1',
    'h=$(sed -n "s/^$u:\\([^:]*\\):.*/\\1/p" /etc/shadow 2>/dev/null)',
    '[ -n "$h" ] || exit 0',
    'case $h in \\$1\\$*) m=md5 ;; \\$5\\$*) m=sha256 ;; \\$6\\$*) m=sha512 ;; *) exit 1 ;; esac',
    's=${h#\\$?\\$}',
    '[ "$(mkpasswd -m $m -S "${s%%\\$*}" "$p")" = "$h" ]',
  ].join('\n');
}

/** The user that a call is made for, once the guest has let them in. */
export async function guestUser(
  vim: VimContext,
  { vm: ref, auth }: Asked,
  privilege: string,
  call: Call,
): Promise<GuestUser | VimFault> {
  const object = vim.objects.get(ref.value);
  if (!(object?.self instanceof VmObject)) return FAULTS.objectNotFound(ref);
  const vm = object.self;
  const refused = call.refusal(privilege, vm.ref);
  if (refused) return refused;
  if (vm.powerState !== 'poweredOn') return VM_FAULTS.powerState(vm.powerState, 'poweredOn');
  if (!vm.vm.guest.isThere) return GUEST_FAULTS.unavailable();
  if (auth._type !== 'NamePasswordAuthentication')
    return FAULTS.notSupported('Only names and passwords are taken.');
  const { username, password } = auth as NamePasswordAuthentication;
  if (!USER.test(username) || Buffer.byteLength(password) > MAX_PASSWORD_BYTES) return GUEST_FAULTS.login();
  const answer = await guarded(() => vm.vm.guest.run(loginScript(username, password)), vm);
  if (answer instanceof VimFault) return GUEST_FAULTS.unavailable();
  if (answer.status !== 0) return GUEST_FAULTS.login();
  return {
    vm,
    name: username,
    as: (script) => (username === 'root' ? script : `su -s /bin/sh ${quoted(username)} -c ${quoted(script)}`),
  };
}

/** Runs a script as that user: what it printed, or what `refused` makes of its status. */
export async function runAs(
  { vm, as }: GuestUser,
  script: string,
  refused: (status: number) => VimFault,
): Promise<string | VimFault> {
  const answer = await guarded(() => vm.vm.guest.run(as(script)), vm);
  if (answer instanceof VimFault) return GUEST_FAULTS.unavailable();
  return answer.status === 0 ? answer.output : refused(answer.status);
}
