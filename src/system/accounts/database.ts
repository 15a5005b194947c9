/** The account files as they are now: read again when they changed, written in one step each. */

import type { Authorization } from './authorization/permissions.ts';
import {
  parseAuthorization,
  printPermissions,
  printRoles,
  type StoredAuthorization,
} from './authorization/stored.ts';
import { ACCOUNT_FILES, type AccountFileName, type AccountFiles, type FileProblem } from './files.ts';
import { GROUP_FORMAT, type GroupEntry } from './group.ts';
import { HISTORY_FORMAT, type HistoryEntry } from './history.ts';
import { type Entry, LineFile, type LineFormat } from './line-file.ts';
import { parseLockdown, printLockdown, type StoredLockdown } from './lockdown-file.ts';
import { PASSWD_FORMAT, type PasswdEntry } from './passwd.ts';
import { SHADOW_FORMAT, type ShadowEntry } from './shadow.ts';

interface Cached<T> {
  readonly text: string | undefined;
  readonly value: T;
}

/** Everything that is written in files. */
export class AccountDatabase {
  readonly #files: AccountFiles;
  readonly #report: (problem: FileProblem) => void;
  readonly #texts = new Map<AccountFileName, { readonly stamp: string; readonly text: string | undefined }>();
  readonly #cache = new Map<AccountFileName, Cached<unknown>>();
  #authorization:
    | { readonly texts: readonly (string | undefined)[]; readonly stored: StoredAuthorization }
    | undefined;

  /** @param report - told each problem of a file once, when that text is first read. */
  constructor(files: AccountFiles, report: (problem: FileProblem) => void) {
    this.#files = files;
    this.#report = report;
  }

  get passwd(): LineFile<PasswdEntry> {
    return this.#lines('passwd', PASSWD_FORMAT);
  }

  set passwd(file: LineFile<PasswdEntry>) {
    this.#write('passwd', file.print());
  }

  get group(): LineFile<GroupEntry> {
    return this.#lines('group', GROUP_FORMAT);
  }

  set group(file: LineFile<GroupEntry>) {
    this.#write('group', file.print());
  }

  get shadow(): LineFile<ShadowEntry> {
    return this.#lines('shadow', SHADOW_FORMAT);
  }

  set shadow(file: LineFile<ShadowEntry>) {
    this.#write('shadow', file.print());
  }

  get history(): LineFile<HistoryEntry> {
    return this.#lines('history', HISTORY_FORMAT);
  }

  set history(file: LineFile<HistoryEntry>) {
    this.#write('history', file.print());
  }

  get authorization(): Authorization {
    const texts = [this.#read('roles'), this.#read('permissions')];
    const known = this.#authorization;
    if (known !== undefined && known.texts.every((text, i) => text === texts[i]))
      return known.stored.authorization;
    const stored = parseAuthorization(
      { path: ACCOUNT_FILES.roles.path, text: texts[0] },
      { path: ACCOUNT_FILES.permissions.path, text: texts[1] },
    );
    for (const problem of stored.problems) this.#report(problem);
    this.#authorization = { texts, stored };
    return stored.authorization;
  }

  /** Writes what differs; while parts of either could not be read, the old text is kept beside it as `….bad`. */
  set authorization(after: Authorization) {
    const before = this.authorization;
    const problems = this.#authorization?.stored.problems ?? [];
    if (after.roles !== before.roles) this.#writeKeeping('roles', printRoles(after.roles), problems);
    if (after.permissions !== before.permissions) {
      this.#writeKeeping('permissions', printPermissions(after.permissions), problems);
    }
  }

  /** The lockdown mode and its exception users. */
  get lockdown(): StoredLockdown {
    const text = this.#read('lockdown');
    const cached = this.#cache.get('lockdown') as Cached<StoredLockdown> | undefined;
    if (cached !== undefined && cached.text === text) return cached.value;
    const { lockdown, problem } = parseLockdown(ACCOUNT_FILES.lockdown.path, text);
    if (problem !== undefined) this.#report(problem);
    this.#cache.set('lockdown', { text, value: lockdown });
    return lockdown;
  }

  set lockdown(lockdown: StoredLockdown) {
    this.#write('lockdown', printLockdown(lockdown));
  }

  /** Whether the host has users at all. */
  get isEmpty(): boolean {
    return this.#read('passwd') === undefined;
  }

  #lines<E extends Entry>(name: AccountFileName, format: LineFormat<E>): LineFile<E> {
    const text = this.#read(name);
    const cached = this.#cache.get(name) as Cached<LineFile<E>> | undefined;
    if (cached !== undefined && cached.text === text) return cached.value;
    const value = LineFile.parse(ACCOUNT_FILES[name].path, text ?? '', format);
    for (const problem of value.problems) this.#report(problem);
    this.#cache.set(name, { text, value });
    return value;
  }

  /** The text as it is now; read again only when the file changed, where the files can tell. */
  #read(name: AccountFileName): string | undefined {
    const { path } = ACCOUNT_FILES[name];
    const stamp = this.#files.stamp?.(path);
    const known = this.#texts.get(name);
    if (stamp !== undefined && known?.stamp === stamp) return known.text;
    const text = this.#files.read(path);
    if (stamp !== undefined) this.#texts.set(name, { stamp, text });
    return text;
  }

  #write(name: AccountFileName, text: string): void {
    const { path, mode } = ACCOUNT_FILES[name];
    this.#files.replace(path, text, mode);
  }

  #writeKeeping(name: 'roles' | 'permissions', text: string, problems: readonly FileProblem[]): void {
    const { path, mode } = ACCOUNT_FILES[name];
    const old = this.#read(name);
    if (old !== undefined && problems.length > 0) {
      this.#files.replace(`${path}.bad`, old, mode);
    }
    this.#write(name, text);
  }
}
