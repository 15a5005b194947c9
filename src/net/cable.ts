/** A link with nothing on it: two ends back to back. What does not suit the far end is finished on the way. */
import { finished } from './finish.ts';
import type { Frame } from './frame.ts';
import { type LinkAbilities, type LinkEnd, TAKES_NONE } from './port.ts';

interface Receiver {
  readonly handler: (frame: Frame) => void;
  readonly abilities: LinkAbilities;
}

export function cable(): readonly [LinkEnd, LinkEnd] {
  const receivers: (Receiver | undefined)[] = [undefined, undefined];
  const end = (here: 0 | 1): LinkEnd => ({
    send: (frame) => {
      const receiver = receivers[1 - here];
      if (receiver === undefined) return false;
      finished(frame, receiver.abilities, receiver.handler);
      return true;
    },
    onReceive: (handler, abilities = TAKES_NONE) => {
      receivers[here] = { handler, abilities };
    },
  });
  return [end(0), end(1)];
}
