/** The first users of a host: root with a password that nobody else has, and the system's own. */
import { HostError, type Random } from '#lib';
import { ROOT_ENTITY } from './authorization/permissions.ts';
import { ROLE_ID } from './authorization/roles.ts';
import { printPermissions, printRoles } from './authorization/stored.ts';
import type { PasswordHasher } from './crypt/hasher.ts';
import { ACCOUNT_FILES, type AccountFileName, type AccountFiles } from './files.ts';
import { DEFAULT_QUALITY, parseQuality, passwordTrouble } from './quality/quality.ts';
import { SHADOW_FORMAT } from './shadow.ts';

const PASSWD = `root:x:0:0:Administrator:/:/bin/sh
daemon:x:2:2:System daemons:/:/sbin/nologin
nfsnobody:x:65534:65534:Anonymous NFS User:/:/sbin/nologin
dcui:x:100:100:DCUI User:/:/bin/sh
`;
const GROUP = `root:x:0:root
daemon:x:2:
users:x:100:
nfsnobody:x:65534:
`;
const WITHOUT_PASSWORD = ['daemon', 'nfsnobody', 'dcui'];
const ADMINISTRATORS = ['dcui', 'root'];

/** Letters and digits that nobody takes for each other. */
const ALPHABET = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const GROUPS = 4;
const GROUP_LENGTH = 5;
const MAX_TRIES = 1000;

/** What a first start leaves to say. */
export interface FirstStart {
  /** Root's password when it was made up here: show it once, keep it nowhere. */
  readonly password?: string;
}

/**
 * Writes the account files when there are none; undefined when there are. /etc/passwd comes last: without it the next
 * start begins anew. Throws HostError `password-refused` when the given password is a weak one.
 */
export async function firstStart(
  files: AccountFiles,
  hasher: PasswordHasher,
  random: Random,
  today: number,
  givenPassword?: string,
): Promise<FirstStart | undefined> {
  if (files.read(ACCOUNT_FILES.passwd.path) !== undefined) return undefined;
  const password = givenPassword ?? randomPassword(random);
  const trouble = rootTrouble(password);
  const hash = trouble === undefined ? await hasher.hash(password) : undefined;
  if (hash === undefined) {
    throw new HostError('password-refused', {
      user: 'root',
      reason: trouble ?? 'it is too long or has a NUL character',
    });
  }
  const write = (name: AccountFileName, text: string) =>
    files.replace(ACCOUNT_FILES[name].path, text, ACCOUNT_FILES[name].mode);
  write('group', GROUP);
  write('shadow', shadow(hash, today));
  write('roles', printRoles([]));
  write('permissions', permissions());
  write('passwd', PASSWD);
  return givenPassword === undefined ? { password } : {};
}

/** What is wrong with a password for root; undefined when it is good. */
export function rootTrouble(password: string): string | undefined {
  return passwordTrouble(parseQuality(DEFAULT_QUALITY), password, {
    userName: 'root',
    description: 'Administrator',
  });
}

/** Four groups of five characters: 116 bits of chance, and still typed without mistakes. */
export function randomPassword(random: Random): string {
  for (let i = 0; i < MAX_TRIES; i++) {
    const groups = Array.from({ length: GROUPS }, () =>
      Array.from({ length: GROUP_LENGTH }, () => ALPHABET[random.below(ALPHABET.length)]).join(''),
    );
    const password = groups.join('-');
    if (rootTrouble(password) === undefined) return password;
  }
  throw new HostError('host-limit', {
    what: 'a random password',
    reason: 'its source of chance repeats itself',
  });
}

function shadow(rootHash: string, today: number): string {
  const entries = [
    { name: 'root', hash: rootHash },
    ...WITHOUT_PASSWORD.map((name) => ({ name, hash: '*' })),
  ];
  return entries
    .map(
      (entry) =>
        `${SHADOW_FORMAT.print({ ...entry, lastChangeDay: today, minDays: 0, maxDays: 99_999, warnDays: 7, reserved: '' })}\n`,
    )
    .join('');
}

function permissions(): string {
  return printPermissions(
    ADMINISTRATORS.map((principal) => ({
      entity: ROOT_ENTITY,
      principal,
      group: false,
      roleId: ROLE_ID.admin,
      propagate: true,
    })),
  );
}
