// Runs the vmk program as a person would: a process of its own, its output gathered, its time bounded.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src/main.js', import.meta.url));
/** Far above what any of these runs takes on a busy machine. */
const LIMIT_MS = 240_000;

export interface VmkResult {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface VmkOptions {
  /** Beside the environment of the test. */
  readonly env?: Readonly<Record<string, string>>;
  /** Called with all output so far whenever there is more; may kill the process. */
  readonly onOutput?: (stdout: string, kill: (signal: NodeJS.Signals) => void) => void;
}

/** Runs `vmk` with these arguments. Its input stays open and empty: the end of input would be an input. */
export function vmk(given: readonly string[], { env, onOutput }: VmkOptions = {}): Promise<VmkResult> {
  const child = spawn(process.execPath, [MAIN, ...given], {
    ...{ stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...env } },
  });
  const limit = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    onOutput?.(stdout, (signal) => child.kill(signal));
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status, signal) => {
      clearTimeout(limit);
      resolve({ status, signal, stdout, stderr });
    });
  });
}
