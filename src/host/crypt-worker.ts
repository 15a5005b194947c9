/** The thread that computes password hashes with the C library's libcrypt: they take long, and it blocks. Source: crypt(3). */
import { parentPort } from 'node:worker_threads';
import { foreignFunctions } from '#storage';
import type { CryptAnswer, CryptRequest } from './system-crypt.ts';

const LIBRARIES = ['libcrypt.so.1', 'libcrypt.so.2'] as const;

type Crypt = (password: string, setting: string) => string | undefined;

const crypt = load();

parentPort?.on('message', ({ id, password, setting }: CryptRequest) => {
  const answer: CryptAnswer = { id, hash: crypt?.(password, setting) };
  parentPort?.postMessage(answer);
});

/** Undefined where there is no such library. */
function load(): Crypt | undefined {
  const ffi = foreignFunctions();
  for (const name of LIBRARIES) {
    try {
      const { functions } = ffi.dlopen(name, {
        crypt: { arguments: ['string', 'string'], return: 'pointer' },
      });
      return (password, setting) => {
        const address = functions.crypt(password, setting);
        const hash = address === 0n ? null : ffi.toString(address);
        // What begins with a star says that it cannot.
        return hash === null || hash.startsWith('*') ? undefined : hash;
      };
    } catch {
      // The next name, or none.
    }
  }
  return undefined;
}
