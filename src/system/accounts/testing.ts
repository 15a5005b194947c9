/** Accounts in memory for tests: files in a map, a clock that is moved by hand, chance from a seed. */
import { ManualClock, SeededRandom } from '#lib';
import { Accounts } from './accounts.ts';
import type { AuditLine } from './audit.ts';
import { type EntityTree, ROOT_ONLY } from './authorization/permissions.ts';
import type { SystemCrypt } from './crypt/hasher.ts';
import type { AccountFiles } from './files.ts';
import { firstStart } from './first-start.ts';
import { today } from './local-accounts.ts';
import { type AccountSettings, DEFAULT_ACCOUNT_SETTINGS } from './settings.ts';

/** 2026-11-26T00:00:00Z. */
const NOW_NANOSECONDS = 1_795_651_200_000_000_000n;

export const ROOT_PASSWORD = 'Kr7-vuNlo2-x';

/** Files in a map; `modes` has what they were written with. */
export class MemoryFiles implements AccountFiles {
  readonly texts = new Map<string, string>();
  readonly modes = new Map<string, number>();

  read(path: string): string | undefined {
    return this.texts.get(path);
  }

  replace(path: string, text: string, mode: number): void {
    this.texts.set(path, text);
    this.modes.set(path, mode);
  }
}

export interface TestAccounts {
  readonly accounts: Accounts;
  readonly files: MemoryFiles;
  readonly clock: ManualClock;
  readonly audit: AuditLine[];
  settings: AccountSettings;
}

/** A host after its first start, with ROOT_PASSWORD. */
export async function testAccounts(
  options: { readonly tree?: EntityTree; readonly systemCrypt?: SystemCrypt } = {},
): Promise<TestAccounts> {
  const files = new MemoryFiles();
  const clock = new ManualClock(NOW_NANOSECONDS);
  const random = new SeededRandom(1);
  const audit: AuditLine[] = [];
  const accounts = new Accounts({
    files,
    clock,
    random,
    audit: (line) => audit.push(line),
    tree: options.tree ?? ROOT_ONLY,
    settings: () => result.settings,
    ...(options.systemCrypt === undefined ? {} : { systemCrypt: options.systemCrypt }),
  });
  const result: TestAccounts = { accounts, files, clock, audit, settings: DEFAULT_ACCOUNT_SETTINGS };
  await firstStart(files, accounts.hasher, random, today(clock), ROOT_PASSWORD);
  return result;
}
