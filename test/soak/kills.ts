/** A host is killed many times while a guest of it writes a journal. */
import { killHosts } from '../scenario/journal.ts';

export async function soakKills(kills: number, say: (line: string) => void): Promise<boolean> {
  const seed = Date.now() % 2 ** 31;
  say(`seed ${seed}`);
  await killHosts(kills, seed, say);
  return true;
}
