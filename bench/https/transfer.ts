/** One transfer of the HTTPS benchmark by curl, with the cipher that both servers are measured with. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { HostError } from '#lib';
import type { Running } from './servers.ts';

const CIPHER = ['--tlsv1.3', '--tls13-ciphers', 'TLS_AES_128_GCM_SHA256'];
const GIB = 2 ** 30;
const TIMEOUT_MS = 120_000;

export type Direction = 'GET' | 'PUT';

export interface Transfer {
  readonly direction: Direction;
  /** The file's name at the server. */
  readonly name: string;
  /** What is put. */
  readonly source: string;
  readonly bytes: number;
  readonly certificate: string;
}

/** GiB a second, from the start of the request to its whole answer. Throws HostError when it is not what it should be. */
export async function transfer(server: Running, what: Transfer, signal: AbortSignal): Promise<number> {
  const { direction, name, source, bytes, certificate } = what;
  const form = '%{http_code} %{size_download} %{size_upload} %{time_total} %{time_appconnect}';
  const put = direction === 'PUT' ? ['--upload-file', source] : [];
  const given = [
    ...['--silent', '--show-error', '--http1.1', '--cacert', certificate, ...CIPHER, ...server.credentials],
    ...['--output', '/dev/null', '--write-out', form, ...put, server.url(name)],
  ];
  const { stdout } = await run('curl', given, signal);
  const [status = 0, down = 0, up = 0, total = 0, connected = 0] = stdout.split(' ').map(Number);
  const moved = direction === 'GET' ? down : up;
  if (status < 200 || status > 204 || moved !== bytes) {
    throw new HostError('command-failed', { command: `curl ${direction}`, reason: `it said ${stdout}` });
  }
  return bytes / GIB / (total - connected);
}

async function run(command: string, given: readonly string[], signal: AbortSignal) {
  try {
    return await promisify(execFile)(command, [...given], { signal, timeout: TIMEOUT_MS });
  } catch (cause) {
    if (signal.aborted) throw cause;
    const { stderr, message } = cause as { stderr?: string; message: string };
    throw new HostError('command-failed', { command, reason: stderr?.trim() || message }, { cause });
  }
}
