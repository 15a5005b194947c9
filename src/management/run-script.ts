/** Runs a shell script in the default guest to its end, without a terminal. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeExecArchive } from '#guest';
import { ExecOutput } from './exec.ts';
import type { RunConfig, RunMachine, RunResult, Terminal } from './run-config.ts';

export interface Script {
  /** A cpio archive, to be joined to the initramfs. */
  readonly path: string;
  readonly nonce: string;
  remove(): Promise<void>;
}

/** In deterministic runs the guest's memory must be the same each time, the nonce in it too. */
export async function prepareScript(text: string, deterministic: boolean): Promise<Script> {
  const nonce = deterministic ? createHash('sha256').update(text).digest('hex') : randomUUID();
  const folder = await mkdtemp(join(tmpdir(), 'vmk-exec-'));
  const path = join(folder, 'exec.cpio');
  await writeFile(path, writeExecArchive(text, nonce));
  return { path, nonce, remove: () => rm(folder, { recursive: true, force: true }) };
}

export interface ScriptEnd {
  readonly result: RunResult;
  /** What the script ended with; undefined when it did not come to its end. */
  readonly status: number | undefined;
  /** What the console showed when the script never began. */
  readonly preamble: string;
}

/** What the script says goes to `output`. @throws HostError for what cannot be started */
export async function runScript(
  machine: RunConfig,
  text: string,
  runMachine: RunMachine,
  output: (bytes: Uint8Array) => void,
  stop: AbortSignal,
): Promise<ScriptEnd> {
  const script = await prepareScript(text, machine.deterministic);
  const exec = new ExecOutput(script.nonce, output);
  const terminal: Terminal = {
    write: (bytes) => (exec.push(bytes), true),
    drained: () => Promise.resolve(),
    onInput: () => {},
    pauseInput: () => {},
    stop,
  };
  try {
    const result = await runMachine({ ...machine, initrd: [...machine.initrd, script.path] }, terminal);
    return { result, status: exec.status, preamble: exec.preamble };
  } finally {
    await script.remove();
  }
}
