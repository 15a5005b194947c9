// A SOAP client that sends what it is told to, byte for byte, and goes away when it is told to.
import { once } from 'node:events';
import { Agent, request } from 'node:https';
import { connect, type TLSSocket } from 'node:tls';

const NAMESPACES =
  'xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

export interface RawAnswer {
  readonly status: number;
  readonly text: string;
  /** The type of the fault; undefined for none. */
  readonly fault: string | undefined;
  /** What a person is told of it. */
  readonly said: string;
  /** The cookie that came with it. */
  readonly cookie: string | undefined;
}

/** A call in its envelope. */
export const envelope = (method: string, type: string, object: string, args = '') =>
  inEnvelope(`<${method} xmlns="urn:vim25"><_this type="${type}">${object}</_this>${args}</${method}>`);

export const inEnvelope = (body: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope ${NAMESPACES}><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;

export class RawSoap {
  readonly #agent = new Agent({ keepAlive: true, rejectUnauthorized: false });
  readonly #port: number;
  cookie: string | undefined;

  constructor(port: number) {
    this.#port = port;
  }

  async login(user: string, password: string): Promise<RawAnswer> {
    const args = `<userName>${user}</userName><password>${password}</password>`;
    const answer = await this.call('Login', 'SessionManager', 'ha-sessionmgr', args);
    this.cookie = answer.cookie;
    return answer;
  }

  call(method: string, type: string, object: string, args = ''): Promise<RawAnswer> {
    return this.send(envelope(method, type, object, args));
  }

  /** Starts a task and waits for its end. What the method itself refuses is the same to who asks. */
  async task(method: string, type: string, object: string, args = ''): Promise<RawAnswer> {
    const started = await this.call(method, type, object, args);
    const task = /<returnval type="Task">([^<]*)</.exec(started.text)?.[1];
    if (task === undefined) return started;
    const spec = `<spec><propSet><type>Task</type><pathSet>info</pathSet></propSet><objectSet><obj type="Task">${task}</obj></objectSet></spec><partialUpdates>false</partialUpdates>`;
    const collector = 'ha-property-collector';
    const filter = /<returnval[^>]*>([^<]*)</.exec(
      (await this.call('CreateFilter', 'PropertyCollector', collector, spec)).text,
    )?.[1] as string;
    for (let version = ''; ; ) {
      const waited = `<version>${version}</version>`;
      const { text, ...answer } = await this.call('WaitForUpdates', 'PropertyCollector', collector, waited);
      version = /<version>([^<]*)</.exec(text)?.[1] ?? version;
      const state = [...text.matchAll(/<state>(\w+)<\/state>/g)].at(-1)?.[1];
      if (state !== 'success' && state !== 'error') continue;
      await this.call('DestroyPropertyFilter', 'PropertyFilter', filter);
      const [, fault, said = ''] = /<fault xsi:type="(\w+)">.*?<localizedMessage>([^<]*)</s.exec(text) ?? [];
      return { ...answer, text, fault: state === 'error' ? fault : undefined, said };
    }
  }

  /** The result of a task as text. */
  static resultOf({ text }: RawAnswer): string {
    return /<result[^>]*>([^<]*)</.exec(text)?.[1] ?? '';
  }

  send(body: string, path = '/sdk'): Promise<RawAnswer> {
    return new Promise((resolve, reject) => {
      const headers = {
        'content-type': 'text/xml; charset=utf-8',
        soapaction: '"urn:vim25/8.0.3.0"',
        ...(this.cookie !== undefined && { cookie: this.cookie }),
      };
      const where = { host: '127.0.0.1', port: this.#port, path, method: 'POST' };
      let isAnswered = false;
      const sent = request({ ...where, headers, agent: this.#agent }, (response) => {
        isAnswered = true;
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('error', reject);
        response.on('end', () => resolve(answerOf(response.statusCode ?? 0, text, response.headers)));
      });
      // Who is refused in the middle of what he sends may find the connection closed.
      sent.on('error', (error) => (isAnswered ? undefined : reject(error)));
      sent.end(body);
    });
  }

  /** Sends a call and goes away without waiting for its answer; resolves when all of it is sent. */
  async sendAndGo(body: string): Promise<void> {
    const socket = await this.#connect();
    await new Promise((resolve) => socket.write(this.#head(body) + body, resolve));
    socket.destroy();
  }

  /** Announces a request, sends a part of it and goes away. */
  async sendHalf(body: string, head = this.#head(body)): Promise<void> {
    const socket = await this.#connect();
    await new Promise((resolve) => socket.write(head + body.slice(0, body.length / 2), resolve));
    socket.destroy();
  }

  close(): void {
    this.#agent.destroy();
  }

  #head(body: string): string {
    const cookie = this.cookie === undefined ? '' : `Cookie: ${this.cookie}\r\n`;
    return `POST /sdk HTTP/1.1\r\nHost: x\r\n${cookie}Content-Type: text/xml\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
  }

  async #connect(): Promise<TLSSocket> {
    const socket = connect({ host: '127.0.0.1', port: this.#port, rejectUnauthorized: false });
    socket.on('error', () => {});
    await once(socket, 'secureConnect');
    return socket;
  }
}

function answerOf(
  status: number,
  text: string,
  headers: { readonly 'set-cookie'?: string[] | undefined },
): RawAnswer {
  return {
    ...{ status, text },
    fault: /<(\w+)Fault xmlns="urn:vim25" xsi:type="\1"/.exec(text)?.[1],
    said: /<faultstring>([^<]*)</.exec(text)?.[1] ?? '',
    cookie: headers['set-cookie']?.[0]?.split(';')[0],
  };
}
