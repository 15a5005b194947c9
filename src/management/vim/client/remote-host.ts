/** A host that is reached by the VIM API, as the commands of vmk talk to it. */
import { setTimeout } from 'node:timers/promises';
import { HostError } from '#lib';
import type { HostClient } from '../../local/client.ts';
import { ACCOUNT_CALLS } from './account-calls.ts';
import type { RemoteCall } from './call.ts';
import { ESXCLI_CALLS } from './esxcli-calls.ts';
import { HOST_CALLS } from './host-calls.ts';
import { keepLogin, readLogins } from './kept-logins.ts';
import { NET_CALLS } from './net-calls.ts';
import { POOL_CALLS } from './pool-calls.ts';
import { httpsTransport, parseHostUrl } from './transport.ts';
import { VimClient } from './vim-client.ts';
import { VM_CALLS } from './vm-calls.ts';

const CALLS: Readonly<Record<string, RemoteCall>> = {
  ...{ ...VM_CALLS, ...HOST_CALLS, ...ACCOUNT_CALLS, ...ESXCLI_CALLS },
  ...{ ...POOL_CALLS, ...NET_CALLS },
};
const POLL_MS = 100;

const nameOf = ({ host, port }: { host: string; port: number }) => `${host}:${port}`;

/** A client with the login that was kept. */
export function remoteHost(url: string, loginsFile: string): HostClient {
  const target = parseHostUrl(url);
  const kept = readLogins(loginsFile)[nameOf(target)];
  if (kept === undefined)
    throw new HostError('usage', {
      reason: `there is no login at ${nameOf(target)}: try "vmk --host ${url} login"`,
    });
  const { cookie, fingerprint } = kept;
  const vim = new VimClient({ transport: httpsTransport({ ...target, fingerprint }), cookie });
  const notHere = (what: string) =>
    new HostError('usage', { reason: `${what} is possible on the host's own machine only` });
  return {
    async call<T>(name: string, given: object = {}): Promise<T> {
      const row = Object.hasOwn(CALLS, name) ? CALLS[name] : undefined;
      if (row === undefined) throw notHere(name);
      return (await row(vim, given as Readonly<Record<string, unknown>>)) as T;
    },
    console: () => Promise.reject(notHere('the console of a VM')),
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
