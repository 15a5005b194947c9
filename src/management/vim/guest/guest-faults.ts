/** The faults of what is done in guests, in ESXi's words. */
import { fault } from '../model/value.ts';

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
  noProcess: (pid: number) =>
    fault('GuestProcessNotFound', { pid }, `Process ${pid} does not exist in the guest.`),
  notEmpty: (file: string) => fault('DirectoryNotEmpty', { file }, `The directory ${file} is not empty.`),
  notAFile: (file: string) => fault('NotAFile', { file }, `${file} is not a file.`),
  notADirectory: (file: string) => fault('NotADirectory', { file }, `${file} is not a directory.`),
} as const;
