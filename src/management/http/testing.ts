/** For tests: a port with stand-ins behind it, a tree in memory, and clients that send exactly what they are told. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { connect, type TLSSocket } from 'node:tls';
import { HostFiles, RAMDISKS, Ramdisks } from '#kernel';
import { type Clock, Logger } from '#lib';
import { DatastoreFolder } from '#storage';
import { CertificateStore, certificateFiles } from '#system';
import type { Access, Entity, Principal } from './backends.ts';
import { HttpsPort, type HttpsPortOptions } from './https-port.ts';
import { everyRealTime } from './timers.ts';
import { VfsTree } from './vfs-tree.ts';

export const REAL_CLOCK: Clock = {
  nowNanoseconds: () => process.hrtime.bigint(),
  wallNanoseconds: () => BigInt(Date.now()) * 1_000_000n,
};

/** A user: password, and which privileges on what; `*` is everything. */
export interface TestUser {
  readonly password: string;
  readonly privileges: readonly string[];
  readonly datastores?: readonly string[];
}

export const USERS: Readonly<Record<string, TestUser>> = {
  root: { password: 'pa:ß word', privileges: ['*'] },
  reader: { password: 'r', privileges: ['Datastore.Browse'], datastores: ['datastore1'] },
  stager: { password: 's', privileges: ['Host.Config.SystemManagement', 'Global.Diagnostics'] },
};

export class TestAccess implements Access {
  readonly sessions = new Map<string, string>();
  readonly tickets = new Map<string, { userName: string; method: string; url: string }>();

  async authenticate(userName: string, password: string): Promise<Principal | undefined> {
    return USERS[userName]?.password === password ? { userName } : undefined;
  }

  session(id: string): Principal | undefined {
    const userName = this.sessions.get(id);
    return userName === undefined ? undefined : { userName };
  }

  redeemTicket(id: string, { method, url }: { method: string; url: string }): Principal | undefined {
    const ticket = this.tickets.get(id);
    this.tickets.delete(id);
    return ticket !== undefined && ticket.method === method && url.startsWith(ticket.url)
      ? ticket
      : undefined;
  }

  allows({ userName }: Principal, privilege: string, entity: Entity): boolean {
    const user = USERS[userName];
    if (user === undefined) return false;
    if (user.privileges.includes('*')) return true;
    if (!user.privileges.includes(privilege)) return false;
    return entity.kind === 'host' || user.datastores === undefined || user.datastores.includes(entity.name);
  }
}

export interface TestPort {
  readonly port: HttpsPort;
  readonly number: number;
  readonly url: string;
  readonly folder: string;
  readonly datastore: DatastoreFolder;
  /** The files in memory. */
  readonly files: HostFiles;
  readonly access: TestAccess;
  readonly certificates: CertificateStore;
  readonly lines: string[];
  readonly changed: string[];
  close(): Promise<void>;
}

/** A host's ramdisks, with a small /tmp, and what tests look for. */
function filesInMemory(): HostFiles {
  const rows = RAMDISKS.map((row) => (row.name === 'tmp' ? { ...row, maximumKib: TMP_KIB } : row));
  const files = new HostFiles(new Ramdisks(REAL_CLOCK, undefined, rows).vfs.view());
  for (const [path, text] of Object.entries(TEXTS)) {
    files.makeFolders(dirname(path));
    files.write(path, text);
  }
  return files;
}

const TMP_KIB = 2048;
const TEXTS: Readonly<Record<string, string>> = {
  '/etc/hosts': '127.0.0.1 localhost\n',
  '/etc/vmware/esx.conf': '/system/uuid = "1"\n',
  '/etc/shadow': 'root:SECRET',
  '/var/log/vmkernel.log': 'a line\n',
  '/tmp/patch.vib': 'patch',
};

/** A port on a loopback port of the system's choice, with one datastore in a folder of its own. */
export async function startPort(more: Partial<HttpsPortOptions> = {}): Promise<TestPort> {
  const folder = mkdtempSync(join(tmpdir(), 'vmk-https-'));
  const lines: string[] = [];
  const changed: string[] = [];
  const logger = new Logger('http', ({ level, message }) => lines.push(`${level}: ${message}`), REAL_CLOCK);
  const files = filesInMemory();
  const certificates = await CertificateStore.open({
    files: certificateFiles(files),
    clock: REAL_CLOCK,
    randomBytes,
    logger,
    names: { hostName: 'host.example', addresses: [] },
  });
  const datastore = await DatastoreFolder.open({
    name: 'datastore1',
    path: join(folder, 'datastore1'),
    randomBytes,
  });
  const tree = (top: string, followLinks: boolean) =>
    new VfsTree({ view: files.view, top, followLinks, randomBytes });
  const access = new TestAccess();
  const port = new HttpsPort({
    address: '127.0.0.1',
    port: 0,
    certificates,
    access,
    mayConnect: () => true,
    datastores: { list: () => [datastore] },
    root: tree('/', true),
    staging: tree('/tmp', false),
    clock: REAL_CLOCK,
    every: everyRealTime,
    logger,
    configurationChanged: (name) => changed.push(name),
    ...more,
  });
  const { port: number } = await port.listen();
  return {
    port,
    number,
    url: `https://127.0.0.1:${number}`,
    folder: join(folder, 'datastore1'),
    datastore,
    files,
    access,
    certificates,
    lines,
    changed,
    async close() {
      await port.close();
      await datastore.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly text: string;
}

export interface Ask {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | number>>;
  readonly body?: string | Buffer | AsyncIterable<Buffer>;
  /** Sent with Basic; `root` when absent, nobody when null. */
  readonly user?: string | null;
}

export const basic = (user: string, password = USERS[user]?.password ?? '') =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

/** One request on a connection of its own; the target is sent as it is. */
export async function ask({ number }: { number: number }, path: string, given: Ask = {}): Promise<Answer> {
  const { method = 'GET', headers = {}, body, user = 'root' } = given;
  return await new Promise((resolve, reject) => {
    const request = httpsRequest({
      host: '127.0.0.1',
      port: number,
      path,
      method,
      agent: false,
      rejectUnauthorized: false,
      headers: { ...(user !== null && { Authorization: basic(user) }), ...headers },
    });
    request.on('error', reject);
    request.on('response', (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        const bytes = Buffer.concat(parts);
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: bytes,
          text: bytes.toString(),
        });
      });
    });
    if (body === undefined || typeof body === 'string' || Buffer.isBuffer(body)) request.end(body);
    else void pour(body, request);
  });
}

async function pour(body: AsyncIterable<Buffer>, into: NodeJS.WritableStream): Promise<void> {
  for await (const part of body) {
    if (!into.write(part)) await new Promise((resolve) => into.once('drain', resolve));
  }
  into.end();
}

/** A TLS connection on which a test writes whatever it likes. */
export async function rawConnection({ number }: { number: number }): Promise<TLSSocket> {
  return await new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port: number, rejectUnauthorized: false };
    const socket = connect(options, () => resolve(socket));
    socket.once('error', reject);
  });
}

/** Everything that comes until the other end closes. */
export async function readAll(socket: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  try {
    for await (const part of socket) text += (part as Buffer).toString('latin1');
  } catch {}
  return text;
}
