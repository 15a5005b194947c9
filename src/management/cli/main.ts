/** The vmk program: from its arguments to its exit status. */
import type { RunMachine } from '../run-config.ts';

/** Runs the command that the arguments name; resolves to the exit status. */
export async function main(commandArguments: readonly string[], runMachine: RunMachine): Promise<number> {
  void commandArguments;
  void runMachine;
  return 1;
}
