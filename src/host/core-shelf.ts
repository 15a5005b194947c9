/**
 * The core's module as an earlier start of the same program has written it: to write it takes 8 ms before the first instruction,
 * and V8's threads as long again, which begin to optimize what writes.
 */
import { crc32 } from '#lib';
import { type CoreWriter, coreKey, coreOf, type KeptCore, keptCore } from '#riscv';
import { late } from './late-rooms.ts';

/** A place for one thing that is good for this state of the program only; see Pack.shelf. */
export interface Shelf {
  read(): { readonly index: unknown; readonly body: Uint8Array } | undefined;
  write(index: object, body: Uint8Array): void;
}

interface CoreIndex extends Pick<KeptCore, 'writesF'> {
  readonly key: string;
  /** See checksum. */
  readonly sum: number;
}

/** Of all that is kept: what is damaged would otherwise be run, and found at each start again. */
function checksum(key: string, { bytes, writesF }: KeptCore): number {
  return crc32(bytes, crc32(Buffer.from(JSON.stringify([key, writesF]))));
}

export class CoreShelf {
  readonly #shelf: Shelf;
  #written: { readonly key: string; readonly core: KeptCore } | undefined;

  constructor(shelf: Shelf) {
    this.#shelf = shelf;
  }

  /** The module for these options, written only when it is not there. */
  readonly write: CoreWriter = (options) => {
    const key = coreKey(options);
    const found = this.#shelf.read();
    const { key: foundKey, sum, writesF = [] } = (found?.index ?? {}) as Partial<CoreIndex>;
    if (found && foundKey === key) {
      const kept = { bytes: new Uint8Array(found.body), writesF };
      if (checksum(key, kept) === sum) return coreOf(kept);
    }
    const core = late.riscv.writeCoreModule(options);
    this.#written = { key, core: keptCore(core) };
    return core;
  };

  /** Keeps the module for the next start, if it was written; there is time for it. @returns whether it was */
  keep(): boolean {
    if (this.#written === undefined) return false;
    const { key, core } = this.#written;
    this.#written = undefined;
    const index: CoreIndex = { key, sum: checksum(key, core), writesF: core.writesF };
    this.#shelf.write(index, core.bytes);
    return true;
  }
}
