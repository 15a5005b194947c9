/** Time and chance of a TCP/IP stack on a real host. */
import type { StackHost } from '#net';
import { secretRandom } from '../real-world.ts';

export function realStackHost(): StackHost {
  return {
    now: () => performance.now(),
    timers: {
      after(milliseconds, action) {
        const timer = setTimeout(action, milliseconds).unref();
        return () => clearTimeout(timer);
      },
    },
    random: secretRandom,
  };
}
