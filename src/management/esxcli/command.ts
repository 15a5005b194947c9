/** One command of esxcli: a row with its name, options, privilege, and what it does. */
import type { EsxcliHost, Port } from './host.ts';
import type { Args, Options } from './option.ts';
import type { Output } from './output.ts';

/** A command that could not do it: what people are told. */
export interface Failed {
  readonly failed: string;
}

export function failed(message: string): Failed {
  return { failed: message };
}

export function isFailed(answer: unknown): answer is Failed {
  return typeof answer === 'object' && answer !== null && Object.hasOwn(answer, 'failed');
}

/** Who runs it, as far as a command may know. */
export interface Invocation {
  /** The user's name, for logs and for rules about oneself. */
  readonly user: string;
  /** The commands that this host has. */
  readonly commands: readonly Command[];
}

/** A row as the dispatcher sees it. */
export interface Command {
  /** From the outside in: `['system', 'account', 'list']`. */
  readonly path: readonly string[];
  readonly summary: string;
  /** What the caller must be allowed on the host; see the table of privileges. */
  readonly privilege: string;
  /** The parts of the host that it works on: without them it is absent. */
  readonly needs: readonly Port[];
  readonly options: Options;
  readonly output: Output;
  run(host: EsxcliHost, args: Args, invocation: Invocation): unknown;
}

interface Row<N extends Port, O extends Options, T> {
  /** As it is typed: `system account list`. */
  readonly path: string;
  readonly summary: string;
  readonly privilege: string;
  readonly needs: readonly N[];
  readonly options: O;
  readonly output: Output<T>;
  run(
    host: Required<Pick<EsxcliHost, N>>,
    args: Args<O>,
    invocation: Invocation,
  ): T | Failed | Promise<T | Failed>;
}

/** Makes a row; options and output give `run` its types. */
export function command<N extends Port, const O extends Options, T>(row: Row<N, O, T>): Command {
  return { ...row, path: row.path.split(' ') };
}
