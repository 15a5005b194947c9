/** What a call of the local API is: its arguments as a table, and what it does to a host. */
import { type Arguments, type Fields, takeArguments } from './fields.ts';

/** One call, as the server sees it. `C` is what calls work on. */
export interface Call<C> {
  readonly summary: string;
  /** Checks the arguments and carries the call out; resolves to what JSON can say. @throws HostError */
  invoke(name: string, context: C, given: unknown): Promise<unknown>;
}

export type Calls<C> = Readonly<Record<string, Call<C>>>;

/** A row of a table of calls on `C`. */
export function callsOn<C>() {
  return <F extends Fields>(
    summary: string,
    fields: F,
    run: (context: C, given: Arguments<F>) => unknown,
  ): Call<C> => ({
    summary,
    invoke: async (name, context, given) => run(context, takeArguments(name, fields, given)),
  });
}
