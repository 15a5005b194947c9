// A real rsyslogd on loopback for the stories of the log service: its configuration, its certificates, what it wrote.
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freeTcpPort } from './free-port.ts';

/** Why these stories cannot be told here; false when they can. */
export function rsyslogdMissing(): string | false {
  if (spawnSync('rsyslogd', ['-v']).error)
    return 'there is no rsyslogd; apt-get install rsyslog rsyslog-gnutls';
  const hasTls = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib'].some((folder) =>
    existsSync(join(folder, 'rsyslog/lmnsd_gtls.so')),
  );
  if (!hasTls) return 'rsyslogd has no TLS; apt-get install rsyslog-gnutls';
  return spawnSync('openssl', ['version']).error ? 'there is no openssl' : false;
}

/** A message as rsyslogd understood it. */
export interface Got {
  readonly msg: string;
  readonly hostname: string;
  readonly programname: string;
  readonly pri: string;
  readonly timereported: string;
  readonly 'structured-data'?: string;
}

export class Rsyslogd {
  readonly folder = mkdtempSync(join(tmpdir(), 'vmk-rsyslog-'));
  readonly tcpPort: number;
  readonly tlsPort: number;
  #process: ChildProcess | undefined;

  private constructor(tcpPort: number, tlsPort: number) {
    this.tcpPort = tcpPort;
    this.tlsPort = tlsPort;
    this.#makeCertificates();
    writeFileSync(join(this.folder, 'rsyslog.conf'), this.#configuration());
  }

  /** Not yet started. UDP is on the port of TCP. */
  static async make(): Promise<Rsyslogd> {
    return new Rsyslogd(await freeTcpPort(), await freeTcpPort());
  }

  get authorities(): string {
    return readFileSync(join(this.folder, 'ca.pem'), 'utf8');
  }

  /** Resolves when it listens. */
  async start(): Promise<void> {
    const configuration = join(this.folder, 'rsyslog.conf');
    this.#process = spawn('rsyslogd', ['-n', '-f', configuration, '-i', join(this.folder, 'pid')], {
      stdio: 'pipe',
    });
    let said = '';
    this.#process.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    await until(() => this.#process?.exitCode !== null || this.#listens());
    if (this.#process.exitCode !== null) throw new Error(`rsyslogd ended: ${said}`);
  }

  signal(name: NodeJS.Signals): void {
    this.#process?.kill(name);
  }

  /** Resolves when it is gone. */
  async end(name: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const child = this.#process;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGCONT');
    child.kill(name);
    await ended;
  }

  async remove(): Promise<void> {
    await this.end('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** What it has written, in order. */
  got(): Got[] {
    const text = existsSync(this.#out) ? readFileSync(this.#out, 'utf8') : '';
    return text
      .split('\n')
      .filter((line) => line.endsWith('}'))
      .map((line) => JSON.parse(line) as Got);
  }

  /** Resolves to what it has written when that is enough. */
  async gets(isEnough: (got: readonly Got[]) => boolean): Promise<Got[]> {
    await until(() => isEnough(this.got()));
    return this.got();
  }

  get #out(): string {
    return join(this.folder, 'out.json');
  }

  #listens(): boolean {
    const listening = readFileSync('/proc/net/tcp', 'utf8');
    const has = (port: number) =>
      new RegExp(`0100007F:${port.toString(16).toUpperCase().padStart(4, '0')} 00000000:0000 0A`).test(
        listening,
      );
    return has(this.tcpPort) && has(this.tlsPort);
  }

  /** Queues are direct: what was read is written before more is read, so that nothing is lost inside rsyslogd. */
  #configuration(): string {
    const { folder, tcpPort, tlsPort } = this;
    return `
global(workDirectory="${folder}" maxMessageSize="64k" defaultNetstreamDriverCAFile="${folder}/ca.pem"
  defaultNetstreamDriverCertFile="${folder}/server.pem" defaultNetstreamDriverKeyFile="${folder}/server.key")
main_queue(queue.type="Direct")
module(load="imudp")
module(load="imptcp")
module(load="imtcp" streamDriver.name="gtls" streamDriver.mode="1" streamDriver.authMode="anon")
template(name="json" type="list") { property(name="jsonmesg") constant(value="\\n") }
ruleset(name="all") { action(type="omfile" file="${this.#out}" template="json") }
input(type="imudp"  address="127.0.0.1" port="${tcpPort}" ruleset="all")
input(type="imptcp" address="127.0.0.1" port="${tcpPort}" ruleset="all" supportOctetCountedFraming="on")
input(type="imtcp"  address="127.0.0.1" port="${tlsPort}" ruleset="all" supportOctetCountedFraming="on")
`;
  }

  #makeCertificates(): void {
    const openssl = (...words: string[]) =>
      execFileSync('openssl', words, { cwd: this.folder, stdio: 'pipe' });
    const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
    openssl('req', '-x509', ...newKey, '-subj', '/CN=Test CA', '-keyout', 'ca.key', '-out', 'ca.pem');
    openssl(
      'req',
      ...newKey.slice(0, 5),
      '-subj',
      '/CN=loghost',
      '-keyout',
      'server.key',
      '-out',
      'server.csr',
    );
    writeFileSync(
      join(this.folder, 'extensions'),
      'subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\n',
    );
    openssl(
      'x509',
      '-req',
      '-in',
      'server.csr',
      '-CA',
      'ca.pem',
      '-CAkey',
      'ca.key',
      '-days',
      '2',
      '-extfile',
      'extensions',
      '-out',
      'server.pem',
    );
  }
}

/** Resolves when it is so. @throws when it is not so after a minute */
export async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries++) {
    if (tries > 1200) throw new Error('it did not come to that in a minute');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
