/** The two servers of the HTTPS benchmark, one certificate and one folder for both, each in a process of its own. */
import { type ChildProcess, execFileSync, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { HostError } from '#lib';
import { freeTcpPort } from '../../test/scenario/free-port.ts';
import type { Question, Report } from './server.ts';

export interface Place {
  /** For everything but the files. */
  readonly folder: string;
  /** Where the files lie that both serve. */
  readonly files: string;
  readonly certificate: string;
  readonly key: string;
}

export interface Running {
  /** The address of a file by its name. */
  url(name: string): string;
  /** What curl needs to be let in. */
  readonly credentials: readonly string[];
  ask(question: 'reset'): Promise<undefined>;
  ask(question: 'report'): Promise<Report | undefined>;
  stop(): Promise<void>;
}

const CONNECT_TRIES = 100;
const CONNECT_POLL_MS = 50;

export async function startVmkernel({ files, certificate, key }: Place): Promise<Running> {
  const password = 'benchmark';
  const child = fork(join(import.meta.dirname, 'server.ts'), [files, certificate, key, password]);
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  const ask = async (question: Question) => {
    child.send(question);
    if (question === 'reset') return undefined;
    const [report] = (await once(child, 'message')) as [Report];
    return report;
  };
  return {
    url: (name) => `https://localhost:${port}/folder/${name}?dcPath=ha-datacenter&dsName=datastore1`,
    credentials: ['--user', `root:${password}`],
    ask: ask as Running['ask'],
    stop: () => stop(child),
  };
}

/** nginx with one worker, its DAV module, and nothing that would slow it down. */
export async function startNginx({ folder, files, certificate, key }: Place): Promise<Running> {
  const port = await freeTcpPort();
  const temporary = (name: string) => `${name}_temp_path ${join(folder, name)};`;
  const configuration = `
daemon off; worker_processes 1; pid ${join(folder, 'nginx.pid')}; error_log ${join(folder, 'nginx.log')};
${process.getuid?.() === 0 ? 'user root;' : ''}
events { worker_connections 1024; }
http {
  access_log off; sendfile on; tcp_nopush on; client_max_body_size 0;
  ${['proxy', 'fastcgi', 'uwsgi', 'scgi'].map(temporary).join(' ')}
  client_body_temp_path ${join(files, '.nginx')};
  server {
    listen 127.0.0.1:${port} ssl; root ${files};
    ssl_certificate ${certificate}; ssl_certificate_key ${key}; ssl_protocols TLSv1.2 TLSv1.3;
    location / { dav_methods PUT DELETE; create_full_put_path on; }
  }
}
`;
  const path = join(folder, 'nginx.conf');
  writeFileSync(path, configuration);
  mkdirSync(join(files, '.nginx'), { recursive: true });
  const child = spawn('nginx', ['-p', folder, '-c', path], { stdio: 'ignore' });
  child.on('error', () => {});
  await reachable(port, child, join(folder, 'nginx.log'));
  return {
    url: (name) => `https://localhost:${port}/${name}`,
    credentials: [],
    ask: async () => undefined,
    stop: () => stop(child),
  };
}

/** A certificate for both, P-256 as a host makes it. */
export function makePair(folder: string): { certificate: string; key: string } {
  const [certificate, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const made = [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-days',
    '2',
  ];
  const named = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  execFileSync('openssl', [...made, ...named, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
  return { certificate, key };
}

async function reachable(port: number, child: ChildProcess, log: string): Promise<void> {
  for (let tries = 0; tries < CONNECT_TRIES && child.exitCode === null; tries++) {
    const socket = connect(port, '127.0.0.1');
    const connected = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (connected) return;
    await new Promise((resolve) => setTimeout(resolve, CONNECT_POLL_MS));
  }
  let reason = 'it does not answer';
  try {
    reason = readFileSync(log, 'utf8').trim().split('\n').at(-1) ?? reason;
  } catch {}
  throw new HostError('command-failed', { command: 'nginx', reason });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}
