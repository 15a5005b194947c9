/** The VIM API at the HTTPS port: /sdk, and the files by which clients find out its version. */
import type { Accounts, Session } from '#system';
import { cookieOf, SESSION_COOKIE } from '../http/credentials.ts';
import type { Exchange } from '../http/exchange.ts';
import { READ, type Route } from '../http/routes.ts';
import type { WholeAnswer, WholeRequest } from '../http/whole-request.ts';
import type { SoapAnswer, SoapCall } from './dispatcher.ts';
import { downloadRoute } from './downloads.ts';
import { guestFileRoutes } from './guest/guest-file-route.ts';
import { nfcRoutes } from './ovf/nfc-route.ts';
import type { VimService } from './service.ts';

export interface VimRoutesOptions {
  readonly accounts: Accounts;
  /** The service; made when it is first asked for. */
  readonly service: () => Promise<VimService>;
}

const XML = { 'Content-Type': 'text/xml; charset=utf-8', 'Cache-Control': 'no-cache' };
/** SOAP 1.1 answers faults with 500. */
const FAULT_STATUS = 500;

export function vimRoutes(options: VimRoutesOptions): readonly Route[] {
  const soap = {
    handle: (exchange: Exchange) => answerExchange(exchange, options),
    whole: (request: WholeRequest) => answerSoap(request, options),
  };
  const versions = async (exchange: Exchange) => {
    const { table } = await options.service();
    await exchange.reply(200, XML, versionsXml(table.versions.ids));
  };
  const wsdl = async (exchange: Exchange) => await exchange.reply(200, XML, WSDL);
  return [
    { methods: ['POST'], path: '/sdk', gate: 'open', ...soap },
    { methods: ['POST'], path: '/sdk/vimService', gate: 'open', ...soap },
    ...guestFileRoutes(options.service),
    ...nfcRoutes(options.service),
    downloadRoute(async () => (await options.service()).downloads),
    { methods: READ, path: '/sdk/vimServiceVersions.xml', gate: 'open', handle: versions },
    { methods: READ, path: '/sdk/vimService.wsdl', gate: 'open', handle: wsdl },
  ];
}

/** By the long way: in pieces, or in another form. */
async function answerExchange(exchange: Exchange, { accounts, service }: VimRoutesOptions): Promise<void> {
  const { request } = exchange;
  const cookie = cookieOf(request.headers.cookie, SESSION_COOKIE);
  const { soapBytes, soapStrangersBytes, soapMs } = exchange.limits;
  const bytesMax = cookie !== undefined && accounts.sessions.knows(cookie) ? soapBytes : soapStrangersBytes;
  const body = await exchange.smallBody(bytesMax, soapMs);
  const whole = new ExchangeRequest(body, exchange);
  const { status, headers, body: answer, userName } = await answerSoap(whole, { accounts, service });
  if (userName !== undefined) exchange.principal = { userName };
  await exchange.reply(status, headers, answer);
}

/** A class, as all that is made for each call. */
class ExchangeRequest implements WholeRequest {
  readonly body: Buffer;
  readonly remoteAddress: string;
  readonly #exchange: Exchange;

  constructor(body: Buffer, exchange: Exchange) {
    this.body = body;
    this.remoteAddress = exchange.request.socket.remoteAddress ?? '';
    this.#exchange = exchange;
  }

  header(name: string): string | undefined {
    const header = this.#exchange.request.headers[name];
    return Array.isArray(header) ? header[0] : header;
  }

  get isGone(): boolean {
    return this.#exchange.response.destroyed;
  }

  onGone(action: () => void): () => void {
    const { response } = this.#exchange;
    response.once('close', action);
    return () => response.off('close', action);
  }
}

async function answerSoap(
  request: WholeRequest,
  { accounts: { sessions }, service }: VimRoutesOptions,
): Promise<WholeAnswer> {
  const cookie = cookieOf(request.header('cookie'), SESSION_COOKIE);
  // Not before it has come whole: it may end meanwhile.
  const session = cookie === undefined ? undefined : sessions.use(cookie);
  // Who waits for updates for an hour is not idle.
  const release = sessions.hold(cookie ?? '');
  try {
    const call = new HttpCall(session, request);
    const answer = await (await service()).answer(call);
    call.forget();
    return wholeAnswer(answer, session);
  } finally {
    release();
  }
}

/** A call that came by HTTP. Whoever waits hears that the other end is gone; most are answered at once, and nobody asks. */
class HttpCall implements SoapCall {
  readonly document: string;
  readonly session: Session | undefined;
  readonly soapAction: string | undefined;
  readonly remote: string;
  readonly userAgent: string;
  readonly #request: WholeRequest;
  #gone: AbortController | undefined;
  #forget: (() => void) | undefined;

  constructor(session: Session | undefined, request: WholeRequest) {
    this.document = request.body.toString('utf8');
    this.session = session;
    this.soapAction = request.header('soapaction');
    this.remote = request.remoteAddress;
    this.userAgent = request.header('user-agent') ?? '';
    this.#request = request;
  }

  get gone(): AbortSignal {
    if (this.#gone === undefined) {
      const gone = new AbortController();
      this.#gone = gone;
      if (this.#request.isGone) gone.abort();
      this.#forget = this.#request.onGone(() => gone.abort());
    }
    return this.#gone.signal;
  }

  /** It is answered: that it goes away is nobody's business any more. */
  forget(): void {
    this.#forget?.();
  }
}

function wholeAnswer({ body, isFault, session }: SoapAnswer, before: Session | undefined): WholeAnswer {
  const cookie = session === undefined ? {} : { 'Set-Cookie': setCookie(session) };
  const status = isFault ? FAULT_STATUS : 200;
  return { status, headers: { ...XML, ...cookie }, body, userName: (session ?? before)?.user };
}

/** In the form that clients take apart by hand. */
function setCookie(session: Session | null): string {
  const value = session === null ? '' : session.cookie;
  const end = session === null ? ' Max-Age=0;' : '';
  return `${SESSION_COOKIE}="${value}"; Path=/; HttpOnly; Secure;${end}`;
}

/** Newest first: clients take the first that they know. */
function versionsXml(ids: readonly string[]): string {
  const [newest = '', ...prior] = ids.filter((id) => !id.includes('u')).toReversed();
  const rows = prior.map((id) => `   <version>${id}</version>\n`).join('');
  return `<?xml version="1.0" encoding="UTF-8" ?>
<namespaces version="1.0">
 <namespace>
  <name>urn:vim25</name>
  <version>${newest}</version>
  <priorVersions>
${rows}  </priorVersions>
 </namespace>
 <namespace>
  <name>urn:vim2</name>
  <version>2.0</version>
 </namespace>
</namespaces>
`;
}

/** Where the service is; its types are the table's, and clients bring them along. */
const WSDL = `<?xml version="1.0" encoding="UTF-8" ?>
<definitions targetNamespace="urn:vim25Service" xmlns="http://schemas.xmlsoap.org/wsdl/"
 xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:interface="urn:vim25">
 <import location="vim.wsdl" namespace="urn:vim25" />
 <service name="VimService">
  <port binding="interface:VimBinding" name="VimPort">
   <soap:address location="https://localhost/sdk/vimService" />
  </port>
 </service>
</definitions>
`;
