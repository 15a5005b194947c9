/**
 * Calls of the local API over HTTPS, in a session of the VIM API: `POST /vmk/call/NAME`, and `POST /vmk/console/VM`,
 * whose request and answer are the two directions of a console.
 */
import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { EXIT_STATUS, usageError } from '#lib';
import type { Accounts, Session } from '#system';
import { parseCookies, SESSION_COOKIE } from '../http/credentials.ts';
import type { Exchange } from '../http/exchange.ts';
import { HttpProblem } from '../http/problem.ts';
import type { Route } from '../http/routes.ts';
import { bothWays } from './both-ways.ts';
import { type CallError, callError } from './call-error.ts';
import { CONSOLE_PRIVILEGE, LOCAL_ONLY, REMOTE_CALLS } from './remote-calls.ts';

/** What the routes need of a host that is up. */
export interface RemoteService {
  /** Carries out a call in a user's name. @throws HostError */
  invoke(name: string, given: unknown, user: string): Promise<unknown>;
  /** The entity of a VM by its name or id. @throws HostError `no-such-vm` */
  vmEntity(vm: string): string;
  findConsole(vm: string): (stream: Duplex) => void;
  /** Hears of our own mistakes. */
  report(line: string): void;
}

export interface RemoteRoutesOptions {
  readonly accounts: Pick<Accounts, 'sessions' | 'authorize'>;
  /** Undefined until the host is up. */
  readonly service: () => RemoteService | undefined;
  /** The entity of the host itself. */
  readonly hostEntity: string;
}

const MAX_BODY_BYTES = 2 ** 20;
const JSON_TYPE = { 'Content-Type': 'application/json' };

export function remoteRoutes(options: RemoteRoutesOptions): readonly Route[] {
  return [
    {
      methods: ['POST'],
      path: '/vmk/call/+',
      gate: 'open',
      handle: (exchange) => answerCall(exchange, options),
    },
    {
      methods: ['POST'],
      path: '/vmk/console/+',
      gate: 'open',
      handle: (exchange) => openConsole(exchange, options),
    },
  ];
}

async function answerCall(exchange: Exchange, options: RemoteRoutesOptions): Promise<void> {
  const session = sessionOf(exchange, options);
  const service = serviceOf(options);
  const name = exchange.target.path[2] ?? '';
  const body = await exchange.smallBody(MAX_BODY_BYTES);
  try {
    const privilege = Object.hasOwn(REMOTE_CALLS, name) ? REMOTE_CALLS[name] : undefined;
    if (privilege === undefined) throw usageError(notHere(name));
    const given = parse(body);
    const vm = (given as { readonly vm?: unknown }).vm;
    const entity =
      name.startsWith('vm.') && typeof vm === 'string' ? service.vmEntity(vm) : options.hostEntity;
    authorize(options, session, privilege, entity);
    const result = await service.invoke(name, given, session.user);
    await exchange.reply(200, JSON_TYPE, JSON.stringify({ result: result ?? null }));
  } catch (error) {
    if (error instanceof HttpProblem) throw error;
    await refuse(
      exchange,
      callError(error, (line) => service.report(line)),
    );
  }
}

/** Ends with the session that it was opened in. */
async function openConsole(exchange: Exchange, options: RemoteRoutesOptions): Promise<void> {
  const session = sessionOf(exchange, options);
  const service = serviceOf(options);
  const vm = exchange.target.path[2] ?? '';
  let join: (stream: Duplex) => void;
  try {
    authorize(options, session, CONSOLE_PRIVILEGE, service.vmEntity(vm));
    join = service.findConsole(vm);
  } catch (error) {
    if (error instanceof HttpProblem) throw error;
    return await refuse(
      exchange,
      callError(error, (line) => service.report(line)),
    );
  }
  const { response } = exchange;
  exchange.begin(200, { 'Content-Type': 'application/octet-stream', Connection: 'close' });
  response.flushHeaders();
  const stream = bothWays(exchange.takeBody(), response);
  const endWatch = options.accounts.sessions.watchEnds(({ key }) => {
    if (key === session.key) stream.destroy();
  });
  stream.on('error', () => {});
  join(stream);
  try {
    if (!response.closed) await once(response, 'close');
  } finally {
    endWatch();
    stream.destroy();
  }
}

function sessionOf(exchange: Exchange, { accounts }: RemoteRoutesOptions): Session {
  const cookie = parseCookies(exchange.request.headers.cookie).get(SESSION_COOKIE);
  const session = cookie === undefined ? undefined : accounts.sessions.use(cookie);
  if (session === undefined) throw new HttpProblem(401, 'The session is not authenticated.');
  exchange.principal = { userName: session.user };
  return session;
}

function serviceOf({ service }: RemoteRoutesOptions): RemoteService {
  const up = service();
  if (up === undefined) throw new HttpProblem(503, 'The host is coming up');
  return up;
}

function authorize(
  { accounts }: RemoteRoutesOptions,
  session: Session,
  privilege: string,
  entity: string,
): void {
  if (!accounts.authorize(session, privilege, entity))
    throw new HttpProblem(403, `Permission to perform this operation was denied: it takes ${privilege}`);
}

function parse(body: Buffer): object {
  try {
    const given = body.length === 0 ? {} : (JSON.parse(body.toString('utf8')) as unknown);
    if (typeof given === 'object' && given !== null) return given;
  } catch {
    // Told below.
  }
  throw usageError('the arguments are no JSON object');
}

const notHere = (name: string) =>
  Object.hasOwn(LOCAL_ONLY, name)
    ? `${name} is possible on the host's own machine only: ${LOCAL_ONLY[name]}`
    : `there is no call "${name}" here`;

async function refuse(exchange: Exchange, error: CallError): Promise<void> {
  const status = error.exitStatus === EXIT_STATUS.usage ? 400 : 500;
  await exchange.reply(status, JSON_TYPE, JSON.stringify({ error }));
}
