/** Who is there: users, their groups, and searching among them. Source: vim25 UserDirectory.RetrieveUserGroups. */
import type { AccountDatabase } from './database.ts';
import { type AccountFault, notFound } from './faults.ts';
import { hasShellAccess, type PasswdEntry } from './passwd.ts';

/** Users below this number, and this one, are the system's own. */
const FIRST_PERSON_ID = 100;
const NOBODY_ID = 65_534;

/** One user or group, as a search finds it. */
export interface FoundPrincipal {
  readonly principal: string;
  readonly fullName: string;
  readonly group: boolean;
  /** The user's or group's number. */
  readonly id: number;
  readonly shellAccess?: boolean;
}

export interface PrincipalSearch {
  /** Part of the name or the full name, in any case; empty finds all. */
  readonly searchText: string;
  readonly belongsToGroup?: string | undefined;
  readonly belongsToUser?: string | undefined;
  readonly exactMatch: boolean;
  readonly findUsers: boolean;
  readonly findGroups: boolean;
}

/** Whether lists of users show it: root and people, not daemons. */
export function isListed({ uid }: PasswdEntry): boolean {
  return uid === 0 || (uid >= FIRST_PERSON_ID && uid !== NOBODY_ID);
}

/** The groups that a user is in: the one of their line in /etc/passwd, and those that name them. */
export function groupsOf(database: AccountDatabase, user: string): string[] {
  const gid = database.passwd.find(user)?.gid;
  return database.group.entries
    .filter((group) => group.gid === gid || group.members.includes(user))
    .map(({ name }) => name);
}

export function principalExists(database: AccountDatabase, principal: string, group: boolean): boolean {
  return (group ? database.group : database.passwd).find(principal) !== undefined;
}

/** Those that match, users first. */
export function searchPrincipals(
  database: AccountDatabase,
  search: PrincipalSearch,
): readonly FoundPrincipal[] | AccountFault {
  const { belongsToGroup, belongsToUser } = search;
  if (belongsToGroup !== undefined && !principalExists(database, belongsToGroup, true))
    return notFound(belongsToGroup);
  if (belongsToUser !== undefined && !principalExists(database, belongsToUser, false))
    return notFound(belongsToUser);
  return [
    ...(search.findUsers && belongsToUser === undefined ? findUsers(database, search) : []),
    ...(search.findGroups && belongsToGroup === undefined ? findGroups(database, search) : []),
  ];
}

function findUsers(database: AccountDatabase, search: PrincipalSearch): FoundPrincipal[] {
  const { belongsToGroup } = search;
  return database.passwd.entries
    .filter(
      (entry) =>
        isListed(entry) &&
        isMatch(search, entry.name, entry.gecos) &&
        (belongsToGroup === undefined || groupsOf(database, entry.name).includes(belongsToGroup)),
    )
    .map((entry) => ({
      principal: entry.name,
      fullName: entry.gecos,
      group: false,
      id: entry.uid,
      shellAccess: hasShellAccess(entry),
    }));
}

function findGroups(database: AccountDatabase, search: PrincipalSearch): FoundPrincipal[] {
  const ofUser = search.belongsToUser === undefined ? undefined : groupsOf(database, search.belongsToUser);
  return database.group.entries
    .filter(({ name }) => isMatch(search, name, '') && (ofUser === undefined || ofUser.includes(name)))
    .map(({ name, gid }) => ({ principal: name, fullName: '', group: true, id: gid }));
}

function isMatch({ searchText, exactMatch }: PrincipalSearch, name: string, fullName: string): boolean {
  const [wanted, ...texts] = [searchText, name, fullName].map((text) => text.toLowerCase()) as [
    string,
    ...string[],
  ];
  if (wanted === '') return true;
  return texts.some((text) => (exactMatch ? text === wanted : text.includes(wanted)));
}
