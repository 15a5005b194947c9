/** Two streams of one direction each as one of both: what is read comes from the first, what is written goes to the second. */
import { Duplex, type Readable, type Writable } from 'node:stream';

export function bothWays(readable: Readable, writable: Writable): Duplex {
  // Node takes it; its types know of web streams only.
  return Duplex.from({ readable, writable } as unknown as Parameters<typeof Duplex.from>[0]);
}
