/** Who may do something in a guest: the guest's own users, with the guest's own passwords. */
import { quoted } from '../../vms/agent/words.ts';
import type { VimContext } from '../context.ts';
import type { Call } from '../model/call.ts';
import { FAULTS } from '../model/faults.ts';
import { type MoRef, VimFault } from '../model/value.ts';
import type { GuestAuthentication, NamePasswordAuthentication } from '../table/vim25.d.ts';
import { guarded, VM_FAULTS } from '../vm/vm-faults.ts';
import { VmObject } from '../vm/vm-object.ts';
import { GUEST_FAULTS } from './guest-faults.ts';

/** A guest, and one of its users. */
export interface GuestUser {
  readonly vm: VmObject;
  readonly name: string;
}

/** What all that is done in guests is called with. */
export interface InGuest {
  readonly vm: MoRef;
  readonly auth: GuestAuthentication;
}

export const PRIVILEGE = {
  execute: 'VirtualMachine.GuestOperations.Execute',
  modify: 'VirtualMachine.GuestOperations.Modify',
  query: 'VirtualMachine.GuestOperations.Query',
} as const;

const USER = /^[a-z_][a-z0-9_.-]{0,31}\$?$/i;

/** Prints a user's hash, or ends with 3 when there is no such user; without another program. The password stays outside. */
export const hashScript = (user: string, passwd = '/etc/passwd', shadow = '/etc/shadow') =>
  `seek() { while IFS=: read -r u h rest || [ -n "$u" ]; do [ "$u" = ${quoted(user)} ] && return; done; return 1; }
seek <${passwd} || exit 3
hash=$h
[ "$h" != x ] || [ ! -r ${shadow} ] || ! seek <${shadow} || hash=$h
printf %s "$hash"`;

/** The user that a call is made for, once the host allows it and the guest has let them in. */
export async function guestUser(
  vim: VimContext,
  { vm: ref, auth }: InGuest,
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
    return FAULTS.notSupported('The guest takes names and passwords.');
  const { username, password } = auth as NamePasswordAuthentication;
  if (!USER.test(username)) return GUEST_FAULTS.login();
  const answer = await guarded(() => vm.vm.guest.run(hashScript(username)), vm);
  if (answer instanceof VimFault) return GUEST_FAULTS.unavailable();
  const isIn = answer.status === 0 && (await isPassword(vim, password, answer.output));
  return isIn ? { vm, name: username } : GUEST_FAULTS.login();
}

/** A user without a password has the empty one. */
async function isPassword(vim: VimContext, password: string, hash: string): Promise<boolean> {
  if (hash === '') return password === '';
  const { kind } = await vim.host.accounts.hasher.verify(password, hash);
  return kind === 'match';
}

/** A script as that user. */
export function asUser({ name }: GuestUser, script: string): string {
  return name === 'root' ? script : `exec su -s /bin/sh ${quoted(name)} -c ${quoted(script)}`;
}

/** Runs a script as that user: what it printed, or what `refused` makes of its status. */
export async function runAs(
  user: GuestUser,
  script: string,
  refused: (status: number) => VimFault,
  { isLong = false } = {},
): Promise<string | VimFault> {
  const { guest } = user.vm.vm;
  const given = asUser(user, script);
  const answer = await guarded(() => (isLong ? guest.capture(given) : guest.run(given)), user.vm);
  if (answer instanceof VimFault) return GUEST_FAULTS.unavailable();
  return answer.status === 0 ? answer.output : refused(answer.status);
}
