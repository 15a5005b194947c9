/** A lean client for the benchmark: prepared SOAP over one kept connection, the same for both servers. */
import { Agent, request } from 'node:https';
import { HostError } from '#lib';

const HEAD =
  '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>';
const TAIL = '</soapenv:Body></soapenv:Envelope>';

export interface Target {
  readonly host: string;
  readonly port: number;
  readonly password: string;
  /** Where it makes VMs. */
  readonly datastore: string;
}

export class SoapClient {
  readonly target: Target;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 2, rejectUnauthorized: false });
  #cookie: string | undefined;

  constructor(target: Target) {
    this.target = target;
  }

  async login(): Promise<void> {
    const { password } = this.target;
    await this.call(
      'SessionManager',
      'ha-sessionmgr',
      'Login',
      `<userName>root</userName><password>${password}</password>`,
    );
  }

  /** The body of the answer. Throws HostError for a fault. */
  call(type: string, object: string, method: string, args = ''): Promise<string> {
    const body = `${HEAD}<${method} xmlns="urn:vim25"><_this type="${type}">${object}</_this>${args}</${method}>${TAIL}`;
    const { host, port } = this.target;
    return new Promise((resolve, reject) => {
      const headers = {
        'content-type': 'text/xml; charset=utf-8',
        'content-length': Buffer.byteLength(body),
        soapaction: '"urn:vim25/6.5"',
        ...(this.#cookie !== undefined && { cookie: this.#cookie }),
      };
      const sent = request(
        { host, port, path: '/sdk', method: 'POST', headers, agent: this.#agent },
        (response) => {
          const [cookie] = response.headers['set-cookie'] ?? [];
          if (cookie !== undefined) this.#cookie = cookie.split(';')[0];
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('error', reject);
          response.on('end', () => {
            const text = Buffer.concat(parts).toString();
            if (response.statusCode === 200) resolve(text);
            else
              reject(
                failed(
                  `${method}: ${response.statusCode}: ${text.replace(/^.*<faultstring>|<\/faultstring>.*$/gs, '')}`,
                ),
              );
          });
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  }

  /** Waits for a task as clients do: a filter on it, and updates until it has ended. The result's reference. */
  async finish(task: string): Promise<string> {
    const collector = valueOf(
      await this.call('PropertyCollector', 'ha-property-collector', 'CreatePropertyCollector'),
    );
    const spec = `<spec><propSet><type>Task</type><pathSet>info</pathSet></propSet><objectSet><obj type="Task">${task}</obj></objectSet></spec><partialUpdates>false</partialUpdates>`;
    await this.call('PropertyCollector', collector, 'CreateFilter', spec);
    let version = '';
    for (;;) {
      const text = await this.call(
        'PropertyCollector',
        collector,
        'WaitForUpdatesEx',
        `<version>${version}</version>`,
      );
      version = /<version>([^<]*)<\/version>/.exec(text)?.[1] ?? version;
      const state = [...text.matchAll(/<state>(\w+)<\/state>/g)].at(-1)?.[1];
      if (state === 'error') throw failed(/<localizedMessage>([^<]*)/.exec(text)?.[1] ?? text);
      if (state !== 'success') continue;
      await this.call('PropertyCollector', collector, 'DestroyPropertyCollector');
      return /<result[^>]*>([^<]*)<\/result>/.exec(text)?.[1] ?? '';
    }
  }

  close(): void {
    this.#agent.destroy();
  }
}

const failed = (reason: string) => new HostError('command-failed', { command: 'a call of the API', reason });

/** The reference that a method returned. */
export function valueOf(text: string): string {
  const found = /<returnval[^>]*>([^<]*)<\/returnval>/.exec(text)?.[1];
  if (found === undefined) throw failed(`nothing was returned: ${text.slice(-300)}`);
  return found;
}
