/** From a request to its answer: target, route, who asks, whether they may, the handler, and a line in the log. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock, Logger } from '#lib';
import { accessLine, accessOf } from './access-log.ts';
import type { Access, Principal } from './backends.ts';
import { type Credentials, credentialsOf, withoutTicket } from './credentials.ts';
import { ClientGone, Exchange } from './exchange.ts';
import type { HttpLimits } from './limits.ts';
import { HOST_FAILED, HttpProblem, problemOf } from './problem.ts';
import { type Route, RouteTable } from './routes.ts';
import { parseTarget, shownTarget, type Target } from './target.ts';

export interface DispatcherOptions {
  readonly routes: readonly Route[];
  readonly access: Access;
  readonly limits: HttpLimits;
  readonly logger: Logger;
  readonly clock: Clock;
}

const CHALLENGE = { 'WWW-Authenticate': 'Basic realm="VMkernel host", charset="UTF-8"' };
/** ESXi's words; clients look for them. */
const WRONG_LOGIN = 'Cannot complete login due to an incorrect user name or password.';
const CHANGING = new Set(['PUT', 'POST', 'DELETE']);

export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #routes: RouteTable;

  constructor(options: DispatcherOptions) {
    this.#options = options;
    this.#routes = new RouteTable(options.routes);
  }

  /** Never throws: whatever happens is an answer, or the end of the connection. */
  async handle(request: IncomingMessage, response: ServerResponse, expectsContinue: boolean): Promise<void> {
    const { limits, clock, logger } = this.#options;
    const since = clock.nowNanoseconds();
    const sent = request.url ?? '';
    const target = targetOf(sent, limits.targetBytes);
    const known = target instanceof HttpProblem ? unknownTarget(sent) : target;
    const exchange = new Exchange(request, response, known, limits, expectsContinue);
    try {
      if (target instanceof HttpProblem) throw target;
      await this.#serve(exchange);
    } catch (error) {
      await this.#answer(exchange, error);
    }
    if (logger.enabled('info')) {
      logger.info(accessLine(accessOf(exchange), Number((clock.nowNanoseconds() - since) / 1_000_000n)));
    }
  }

  async #serve(exchange: Exchange): Promise<void> {
    const { request, target } = exchange;
    const method = request.method ?? '';
    const found = this.#routes.find(method, target.path);
    if ('allow' in found) throw noRoute(method, found.allow);
    refuseOtherSites(request);
    if (found.route.gate !== 'open') {
      exchange.principal = await this.#principalOf(exchange);
      this.#authorize(exchange.principal, found.route, target);
    }
    await found.route.handle(exchange);
  }

  async #principalOf({ request, target }: Exchange): Promise<Principal> {
    const offered = credentialsOf(request, target.query);
    for (const credentials of offered) {
      const principal = await this.#accept(credentials, request);
      if (principal !== undefined) return principal;
    }
    const message = offered.length === 0 ? 'Log in to see this' : WRONG_LOGIN;
    throw new HttpProblem(401, message, CHALLENGE);
  }

  async #accept(offered: Credentials, request: IncomingMessage): Promise<Principal | undefined> {
    const { access } = this.#options;
    const { method = '', url = '', socket } = request;
    if (offered.kind === 'session') return access.session(offered.id);
    if (offered.kind === 'ticket')
      return access.redeemTicket(offered.ticket, { method, url: withoutTicket(url) });
    return await access.authenticate(offered.userName, offered.password, socket.remoteAddress ?? '');
  }

  #authorize(principal: Principal, { gate, entity }: Route, target: Target): void {
    if (gate === 'open' || gate === 'known') return;
    const asked = entity?.(target) ?? { kind: 'host' };
    if (gate.some((privilege) => this.#options.access.allows(principal, privilege, asked))) return;
    throw new HttpProblem(
      403,
      `Permission to perform this operation was denied: it takes ${gate.join(' or ')}`,
    );
  }

  async #answer(exchange: Exchange, error: unknown): Promise<void> {
    const { response } = exchange;
    const problem = problemOf(error, namedBy(exchange.target));
    if (problem === undefined && !(error instanceof ClientGone)) {
      const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.#options.logger.error(`${exchange.request.method} ${exchange.target.shown}: ${told}`);
    }
    // What has begun cannot become another answer: a connection that ends too early is one that all understand.
    if (error instanceof ClientGone || response.headersSent || response.destroyed) {
      response.destroy();
      return;
    }
    const answer = problem ?? new HttpProblem(500, HOST_FAILED);
    try {
      await exchange.replyProblem(answer);
    } catch {
      response.destroy();
    }
  }
}

function targetOf(sent: string, bytesMax: number): Target | HttpProblem {
  try {
    return parseTarget(sent, bytesMax);
  } catch (error) {
    if (error instanceof HttpProblem) return error;
    throw error;
  }
}

const unknownTarget = (sent: string): Target => ({
  path: [],
  isFolder: false,
  query: new URLSearchParams(),
  shown: shownTarget(sent),
});

function namedBy({ path }: Target): string {
  return `"${path.slice(1).join('/') || (path[0] ?? '/')}"`;
}

function noRoute(method: string, allow: readonly string[]): HttpProblem {
  if (allow.length === 0) return new HttpProblem(404, 'There is nothing here');
  return new HttpProblem(405, `${method} is not possible here`, { Allow: allow.join(', ') });
}

/** A page of another site may send requests with our cookie, but not change things. Source: Fetch Metadata §2. */
function refuseOtherSites({ method = '', headers }: IncomingMessage): void {
  if (!CHANGING.has(method)) return;
  const { origin, host } = headers;
  const isOther =
    headers['sec-fetch-site'] === 'cross-site' ||
    (origin !== undefined && origin.replace(/^https:\/\//, '') !== host);
  if (isOther) throw new HttpProblem(403, 'Another site may not change anything here');
}
