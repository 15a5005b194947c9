/** A host that is reached by the VIM API, as the commands of vmk talk to it. */
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { HostError, usageError } from '#lib';
import { type CallError, saidError } from '../../local/call-error.ts';
import type { HostClient } from '../../local/client.ts';
import { ACCOUNT_CALLS } from './account-calls.ts';
import type { RemoteCall } from './call.ts';
import { ESXCLI_CALLS } from './esxcli-calls.ts';
import { HOST_CALLS } from './host-calls.ts';
import { keepLogin, readLogins } from './kept-logins.ts';
import { NET_CALLS } from './net-calls.ts';
import { POOL_CALLS } from './pool-calls.ts';
import { httpsTransport, parseHostUrl, type Reply } from './transport.ts';
import { VimClient } from './vim-client.ts';
import { VM_CALLS } from './vm-calls.ts';

/** Calls in the words of VIM. */
export const CALLS: Readonly<Record<string, RemoteCall>> = {
  ...{ ...VM_CALLS, ...HOST_CALLS, ...ACCOUNT_CALLS, ...ESXCLI_CALLS },
  ...{ ...POOL_CALLS, ...NET_CALLS },
};
const POLL_MS = 100;
const OK = 200;
const UNKNOWN = 401;
const DENIED = 403;

const nameOf = ({ host, port }: { host: string; port: number }) => `${host}:${port}`;

/** A client with the login that was kept. */
export function remoteHost(url: string, loginsFile: string): HostClient {
  const target = parseHostUrl(url);
  const kept = readLogins(loginsFile)[nameOf(target)];
  if (kept === undefined)
    throw usageError(`there is no login at ${nameOf(target)}: try "vmk --host ${url} login"`);
  const { cookie, fingerprint } = kept;
  const transport = httpsTransport({ ...target, fingerprint });
  const vim = new VimClient({ transport, cookie });
  const headers = { cookie: `vmware_soap_session="${cookie}"` };
  return {
    async call<T>(name: string, given: object = {}): Promise<T> {
      const row = Object.hasOwn(CALLS, name) ? CALLS[name] : undefined;
      if (row !== undefined) return (await row(vim, given as Readonly<Record<string, unknown>>)) as T;
      const body = JSON.stringify(given);
      const path = `/vmk/call/${encodeURIComponent(name)}`;
      return answered(await transport.send({ method: 'POST', path, headers, body })) as T;
    },
    async console(vm) {
      const path = `/vmk/console/${encodeURIComponent(vm)}`;
      const { status, stream } = await transport.open({ method: 'POST', path, headers });
      if (status === OK) return stream;
      stream.end();
      throw refusal(status, await text(stream));
    },
    packages: {
      export: async (wanted) =>
        await (await import('./export-package.ts')).exportPackage({ vim, transport }, wanted),
      import: async (wanted) =>
        await (await import('./import-package.ts')).importPackage({ vim, transport }, wanted),
    },
    async gone() {
      const isThere = () =>
        vim.call('ServiceInstance', 'ServiceInstance', 'CurrentTime', {}).then(
          () => true,
          (error: unknown) => !(error instanceof HostError && error.code === 'host-absent'),
        );
      while (await isThere()) await setTimeout(POLL_MS);
    },
  };
}

/** The result of a call that VIM has no words for. */
function answered({ status, text: said }: Reply): unknown {
  if (status !== OK) throw refusal(status, said);
  return (JSON.parse(said) as { readonly result: unknown }).result;
}

function refusal(status: number, said: string): HostError {
  try {
    const { error } = JSON.parse(said) as { readonly error?: CallError };
    if (error !== undefined) return saidError(error);
  } catch {
    // It is a text, of the port and not of the call.
  }
  const message = said.trim().replace(/^\d+ [^:]*: /, '');
  return new HostError(status === DENIED || status === UNKNOWN ? 'host-refused' : 'host-failed', { message });
}

/** Logs in and keeps the session; the certificate that is there now is the host's from then on. Resolves to its fingerprint. */
export async function logIn(
  url: string,
  loginsFile: string,
  userName: string,
  password: string,
): Promise<string> {
  const target = parseHostUrl(url);
  let fingerprint = readLogins(loginsFile)[nameOf(target)]?.fingerprint;
  const seen = (found: string) => void (fingerprint = found);
  const vim = new VimClient({ transport: httpsTransport({ ...target, fingerprint, seen }) });
  await vim.call('SessionManager', 'ha-sessionmgr', 'Login', { userName, password });
  keepLogin(loginsFile, nameOf(target), { cookie: vim.cookie ?? '', fingerprint: fingerprint ?? '' });
  return fingerprint ?? '';
}

/** Ends the session, and forgets host and certificate. */
export async function logOut(url: string, loginsFile: string): Promise<void> {
  const target = parseHostUrl(url);
  const kept = readLogins(loginsFile)[nameOf(target)];
  keepLogin(loginsFile, nameOf(target), undefined);
  if (kept === undefined) return;
  const { cookie, fingerprint } = kept;
  const vim = new VimClient({ transport: httpsTransport({ ...target, fingerprint }), cookie });
  await vim.call('SessionManager', 'ha-sessionmgr', 'Logout', {});
}
