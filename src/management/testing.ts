/** For tests of this room: the accounts of a host, with files in memory and root in them. */
import { ManualClock, SeededRandom } from '#lib';
import { Accounts, DEFAULT_ACCOUNT_SETTINGS, firstStart, ROOT_ONLY, today } from '#system';

/** A moment in 2026. */
const NOW_NANOSECONDS = 1_795_651_200_000_000_000n;

/** @param password - root's; made by chance when it is not given */
export async function testAccounts(password?: string): Promise<Accounts> {
  const texts = new Map<string, string>();
  const files = {
    read: (path: string) => texts.get(path),
    replace: (path: string, text: string) => void texts.set(path, text),
  };
  const [clock, random] = [new ManualClock(NOW_NANOSECONDS), new SeededRandom(1)];
  const accounts = new Accounts({
    ...{ files, clock, random },
    audit: () => {},
    tree: ROOT_ONLY,
    settings: () => DEFAULT_ACCOUNT_SETTINGS,
  });
  await firstStart(files, accounts.hasher, random, today(clock), password);
  return accounts;
}
