/** What the account and permission commands need of the host. */

/** What went wrong, for people; undefined when it went well. */
export type Trouble = { readonly message: string } | undefined;

export interface AccountRow {
  readonly id: string;
  readonly description: string;
  readonly shellAccess: boolean;
}

/** What is to be changed; what is undefined stays. */
export interface AccountChange {
  readonly id: string;
  readonly password?: string | undefined;
  readonly description?: string | undefined;
  readonly shellAccess?: boolean | undefined;
}

export interface AccountsPort {
  list(): readonly AccountRow[];
  create(account: AccountChange, by: string): Trouble | Promise<Trouble>;
  update(account: AccountChange, by: string): Trouble | Promise<Trouble>;
  remove(id: string, by: string): Trouble | Promise<Trouble>;
}

export interface PermissionRow {
  readonly principal: string;
  readonly group: boolean;
  readonly role: string;
  readonly roleDescription: string;
}

/** The permissions on the host itself. */
export interface PermissionsPort {
  list(): readonly PermissionRow[];
  /** @param role - its name, such as `Admin`. */
  set(principal: string, group: boolean, role: string, by: string): Trouble | Promise<Trouble>;
  unset(principal: string, group: boolean, by: string): Trouble | Promise<Trouble>;
}
