/** The core's module as it is kept between starts: for the same options the same program writes the same one. */
import { HandlerTable } from '../interpreter/handler-table.ts';
import { INSTRUCTIONS } from '../isa/table.ts';
import type { CoreOptions, writeCoreModule } from './core-module.ts';

export type CoreWriter = typeof writeCoreModule;
type CoreModule = ReturnType<CoreWriter>;

/** Plain data: the module, and rows of INSTRUCTIONS, see HandlerTable.writesF. */
export interface KeptCore {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly writesF: readonly number[];
}

/** A word for all that a module depends on beside the program. */
export const coreKey = (options: CoreOptions): string => JSON.stringify(options);

export function keptCore({ bytes, handlers }: CoreModule): KeptCore {
  const { writesF } = handlers;
  return { bytes, writesF: INSTRUCTIONS.flatMap((row, index) => (writesF.has(row) ? [index] : [])) };
}

/** What was written then. */
export function coreOf({ bytes, writesF }: KeptCore): CoreModule {
  const handlers = new HandlerTable();
  for (const index of writesF) handlers.writesF.add(INSTRUCTIONS[index] ?? fail(index));
  return { bytes, handlers };
}

function fail(index: number): never {
  throw new RangeError(`there is no instruction ${index}`);
}
