/** Many VMs with addresses: each of its own, shown by the host, answering its ping. */

import { TestHost } from '../scenario/host.ts';
import { addressMany } from '../scenario/many-addresses.ts';

export async function soakAddresses(count: number, say: (line: string) => void): Promise<boolean> {
  const host = new TestHost();
  try {
    await host.up('--https', 'off', '--memory', '4G');
    const { addresses, silent, unlike } = await addressMany(host, count, say);
    const different = new Set(addresses.values()).size;
    say(
      `${different} addresses; silent: ${silent.join(' ') || 'none'}; shown otherwise: ${unlike.join(' ') || 'none'}`,
    );
    return different === count && silent.length === 0 && unlike.length === 0;
  } finally {
    await host.remove();
  }
}
