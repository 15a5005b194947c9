/** The faults that any method may end with, in ESXi's words; and what errors of the host become. */
import type { HostError } from '#lib';
import type { AccountFault } from '#system';
import { fault, type MoRef, VimFault } from './value.ts';

export const FAULTS = {
  invalidRequest: (reason: string) => fault('InvalidRequest', {}, reason),
  invalidArgument: (invalidProperty: string, reason?: string) =>
    fault(
      'InvalidArgument',
      { invalidProperty },
      `A specified parameter was not correct: ${invalidProperty}${reason === undefined ? '' : `: ${reason}`}`,
    ),
  invalidProperty: (name: string) => fault('InvalidProperty', { name }, `Invalid property: ${name}`),
  invalidType: (argument: string) => fault('InvalidType', { argument }, `Invalid type: ${argument}`),
  notAuthenticated: (object: MoRef) =>
    fault('NotAuthenticated', { object, privilegeId: 'System.View' }, 'The session is not authenticated.'),
  noPermission: (object: MoRef, privilegeId: string) =>
    fault('NoPermission', { object, privilegeId }, 'Permission to perform this operation was denied.'),
  methodNotFound: (receiver: MoRef, method: string) =>
    fault(
      'MethodNotFound',
      { receiver, method },
      `The method ${method} is not known to ${receiver.type} '${receiver.value}'.`,
    ),
  objectNotFound: (obj: MoRef) =>
    fault(
      'ManagedObjectNotFound',
      { obj },
      `The object '${obj.type === '' ? '' : `vim.${obj.type}:`}${obj.value}' has already been deleted or has not been completely created`,
    ),
  notSupported: (what = 'The operation is not supported on the object.') => fault('NotSupported', {}, what),
  invalidLogin: () =>
    fault('InvalidLogin', {}, 'Cannot complete login due to an incorrect user name or password.'),
  invalidState: (reason: string) => fault('InvalidState', {}, reason),
  invalidName: (name: string) => fault('InvalidName', { name }, `The name '${name}' is not valid.`),
  notFound: () => fault('NotFound', {}, 'The object or item referred to could not be found.'),
  requestCanceled: () => fault('RequestCanceled', {}, 'The operation was canceled.'),
  systemError: (reason: string) =>
    fault('SystemError', { reason }, `A general system error occurred: ${reason}`),
} as const;

/** Faults of accounts have VIM's names and fields already. */
export function accountFault(given: AccountFault): VimFault {
  const { fault: type, message, ...detail } = given;
  return new VimFault(type, detail, message);
}

/** Which fault an error of the host is, by its code; others are the system's. */
// biome-ignore format: a table reads in columns
const OF_ERRORS: Readonly<Record<string, (error: HostError) => VimFault>> = {
  'no-such-vm':       () => FAULTS.notFound(),
  'option-unknown':   ({ details }) => fault('InvalidName', { name: String(details['key']) }, `The option '${String(details['key'])}' is not known.`),
  'option-value':     ({ message }) => FAULTS.invalidArgument('value', message),
  'setting-refused':  ({ message }) => FAULTS.invalidArgument('value', message),
  'service-refused':  ({ message }) => fault('HostConfigFault', {}, message),
  'firewall-refused': ({ message }) => fault('HostConfigFault', {}, message),
  'unsupported':      ({ message }) => FAULTS.notSupported(message),
};

export function hostErrorFault(error: HostError): VimFault {
  const row = Object.hasOwn(OF_ERRORS, error.code) ? OF_ERRORS[error.code] : undefined;
  return row?.(error) ?? FAULTS.systemError(error.message);
}
