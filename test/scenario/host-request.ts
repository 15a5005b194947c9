// One request to the HTTPS port of a test's host, as root or who else is named.
import { writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { TestHost } from './host.ts';

export const PASSWORD = 'mX3-vuqPo8h';

/** The file with root's password, in a host's home. */
export const passwordFileOf = ({ home }: TestHost): string => join(home, 'password');

/** Brings a host up with the port open and root's password known; resolves when the host has said where the port is. */
export async function upWithHttps(host: TestHost): Promise<void> {
  const before = host.said;
  writeFileSync(passwordFileOf(host), `${PASSWORD}\n`);
  await host.up('--https', '127.0.0.1:0', '--password-file', passwordFileOf(host));
  await host.says('the VIM API at /sdk', before);
}

/** The number of the port, as the host said it. */
export function httpsPort({ said }: TestHost): number {
  return Number([...said.matchAll(/https:\/\/[^/]+:(\d+)\/folder/g)].at(-1)?.[1]);
}

/** Resolves to the status and the text of the answer. A list of parts is sent in chunks, its length not said. */
export function http(
  host: TestHost,
  method: string,
  path: string,
  body?: Uint8Array | string | Iterable<Uint8Array>,
  user = 'root',
): Promise<[number, string]> {
  const port = httpsPort(host);
  return new Promise((resolve, reject) => {
    let isAnswered = false;
    const asked = request(
      {
        ...{ host: '127.0.0.1', port, path, method, auth: `${user}:${PASSWORD}`, agent: false },
        rejectUnauthorized: false,
      },
      (response) => {
        isAnswered = true;
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('end', () => resolve([response.statusCode ?? 0, text]));
        response.on('error', reject);
      },
    );
    // Who is refused in the middle of what he sends may find the connection closed.
    asked.on('error', (error) => (isAnswered ? undefined : reject(error)));
    if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) asked.end(body);
    else Readable.from(body).pipe(asked);
  });
}
