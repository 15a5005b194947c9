/** "vmk --host URL …": logging in to a host over HTTPS, and the commands of vmk on it, by the VIM API. */
import { EXIT_STATUS, usageError } from '#lib';
import { loginsPath } from '../vim/client/kept-logins.ts';
import { logIn, logOut, remoteHost } from '../vim/client/remote-host.ts';
import type { ClientContext } from './group.ts';
import { type Option, parseOptions } from './options.ts';
import { SecretPrompt } from './secret-prompt.ts';

const LOGIN_OPTIONS = {
  user: {
    value: 'NAME',
    help: 'who logs in (root)',
    initial: 'root',
    take: (given: string) => given,
  } as Option<string>,
};

/** The host that stands before a command, and the command. Throws HostError `usage`. */
export function takeHost(given: readonly string[]): {
  readonly url: string;
  readonly words: readonly string[];
} {
  const [first = '', second, ...rest] = given;
  if (first.startsWith('--host=')) return { url: first.slice('--host='.length), words: given.slice(1) };
  if (second === undefined) throw usageError('--host needs a value: --host URL');
  return { url: second, words: rest };
}

/** `login` asks for the password, or takes it from a pipe; the session is kept until `logout`. */
export async function login(url: string, given: readonly string[], context: ClientContext): Promise<number> {
  const { process } = context;
  const { user } = parseOptions(LOGIN_OPTIONS, given);
  const secrets = new SecretPrompt(process);
  try {
    const fingerprint = await logIn(url, ownLogins(), user, await secrets.ask('Password: '));
    process.stderr.write(`vmk: logged in; the certificate of ${url} is ${fingerprint}\n`);
  } finally {
    secrets.close();
  }
  return EXIT_STATUS.ok;
}

export async function logout(url: string): Promise<number> {
  await logOut(url, ownLogins());
  return EXIT_STATUS.ok;
}

/** What commands need to talk to that host. */
export function remoteContext<Context extends ClientContext>(url: string, context: Context): Context {
  return { ...context, connect: () => remoteHost(url, ownLogins()) };
}

const ownLogins = () => loginsPath(process.env);
