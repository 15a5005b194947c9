/** What the rules of accounts refuse, named as the VIM API names it. */

// biome-ignore format: a table reads in columns
export type AccountFault =
  | { readonly fault: 'AlreadyExists';     readonly name: string;      readonly message: string }
  | { readonly fault: 'UserNotFound';      readonly principal: string; readonly unresolved: boolean; readonly message: string }
  | { readonly fault: 'InvalidArgument';   readonly invalidProperty: string; readonly message: string }
  | { readonly fault: 'InvalidName';       readonly name: string;      readonly message: string }
  | { readonly fault: 'NotFound';          readonly message: string }
  | { readonly fault: 'RemoveFailed';      readonly message: string }
  | { readonly fault: 'InvalidLogin';      readonly message: string }
  | { readonly fault: 'SecurityError';     readonly message: string }
  | { readonly fault: 'AuthMinimumAdminPermission'; readonly message: string };

export const alreadyExists = (name: string): AccountFault => ({
  fault: 'AlreadyExists',
  name,
  message: `The specified key, name, or identifier '${name}' already exists.`,
});

export const userNotFound = (principal: string): AccountFault => ({
  fault: 'UserNotFound',
  principal,
  unresolved: false,
  message: `The user or group named '${principal}' does not exist.`,
});

export const invalidArgument = (invalidProperty: string, reason: string): AccountFault => ({
  fault: 'InvalidArgument',
  invalidProperty,
  message: `A specified parameter was not correct: ${invalidProperty}: ${reason}`,
});

export const notFound = (what: string): AccountFault => ({
  fault: 'NotFound',
  message: `The object or item referred to could not be found: ${what}`,
});

export const securityError = (message: string): AccountFault => ({ fault: 'SecurityError', message });

/** The refusal that keeps somebody who can administer the host. */
export const minimumAdmin = (): AccountFault => ({
  fault: 'AuthMinimumAdminPermission',
  message:
    'There must be at least one permission on the root node that grants the Administrator role, and root must have it.',
});
