/** The VIM API at the HTTPS port: /sdk, and the files by which clients find out its version. */
import type { ServerResponse } from 'node:http';
import type { Accounts, Session } from '#system';
import { cookieOf, SESSION_COOKIE } from '../http/credentials.ts';
import type { Exchange } from '../http/exchange.ts';
import { READ, type Route } from '../http/routes.ts';
import type { SoapAnswer, SoapCall } from './dispatcher.ts';
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
  const soap = (exchange: Exchange) => answerSoap(exchange, options);
  const versions = async (exchange: Exchange) => {
    const { table } = await options.service();
    await exchange.reply(200, XML, versionsXml(table.versions.ids));
  };
  const wsdl = async (exchange: Exchange) => await exchange.reply(200, XML, WSDL);
  return [
    { methods: ['POST'], path: '/sdk', gate: 'open', handle: soap },
    { methods: ['POST'], path: '/sdk/vimService', gate: 'open', handle: soap },
    ...guestFileRoutes(options.service),
    ...nfcRoutes(options.service),
    { methods: READ, path: '/sdk/vimServiceVersions.xml', gate: 'open', handle: versions },
    { methods: READ, path: '/sdk/vimService.wsdl', gate: 'open', handle: wsdl },
  ];
}

async function answerSoap(exchange: Exchange, { accounts, service }: VimRoutesOptions): Promise<void> {
  const { request } = exchange;
  const cookie = cookieOf(request.headers.cookie, SESSION_COOKIE);
  const { sessions } = accounts;
  const { soapBytes, soapStrangersBytes, soapMs } = exchange.limits;
  const bytesMax = cookie !== undefined && sessions.knows(cookie) ? soapBytes : soapStrangersBytes;
  const document = (await exchange.smallBody(bytesMax, soapMs)).toString('utf8');
  // Not before: it may end while the request is on its way.
  const session = cookie === undefined ? undefined : sessions.use(cookie);
  if (session !== undefined) exchange.principal = { userName: session.user };
  // Who waits for updates for an hour is not idle.
  const release = sessions.hold(cookie ?? '');
  try {
    const call = new HttpCall(document, session, exchange);
    const answer = await (await service()).answer(call);
    call.forget();
    await send(exchange, answer);
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
  readonly #response: ServerResponse;
  #gone: AbortController | undefined;
  #close: (() => void) | undefined;

  constructor(document: string, session: Session | undefined, { request, response }: Exchange) {
    this.document = document;
    this.session = session;
    this.soapAction = textOf(request.headers['soapaction']);
    this.remote = request.socket.remoteAddress ?? '';
    this.userAgent = request.headers['user-agent'] ?? '';
    this.#response = response;
  }

  get gone(): AbortSignal {
    if (this.#gone === undefined) {
      const gone = new AbortController();
      this.#gone = gone;
      if (this.#response.destroyed) gone.abort();
      this.#close = () => gone.abort();
      this.#response.once('close', this.#close);
    }
    return this.#gone.signal;
  }

  /** It is answered: that it goes away is nobody's business any more. */
  forget(): void {
    if (this.#close !== undefined) this.#response.off('close', this.#close);
  }
}

async function send(exchange: Exchange, { body, isFault, session }: SoapAnswer): Promise<void> {
  const cookie = session === undefined ? {} : { 'Set-Cookie': setCookie(session) };
  if (session) exchange.principal = { userName: session.user };
  await exchange.reply(isFault ? FAULT_STATUS : 200, { ...XML, ...cookie }, body);
}

/** In the form that clients take apart by hand. */
function setCookie(session: Session | null): string {
  const value = session === null ? '' : session.cookie;
  const end = session === null ? ' Max-Age=0;' : '';
  return `${SESSION_COOKIE}="${value}"; Path=/; HttpOnly; Secure;${end}`;
}

const textOf = (header: string | string[] | undefined) => (Array.isArray(header) ? header[0] : header);

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
