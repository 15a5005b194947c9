/** The two servers of the VIM benchmark, each in a process of its own: a host of ours, and govmomi's simulator. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HostError } from '#lib';
import type { Target } from './soap-client.ts';

const MAIN = join(import.meta.dirname, '..', '..', 'src', 'main.js');
const PASSWORD = 'mX3-vuqPo8h';
/** Debian's golang-github-vmware-govmomi-dev. */
const GO_LIBRARIES = '/usr/share/gocode';

export interface Server {
  readonly name: string;
  readonly target: Target;
  stop(): Promise<void>;
}

/** A host in a home folder of its own. */
export async function startVmkernel(folder: string): Promise<Server> {
  const home = join(folder, 'home');
  mkdirSync(home);
  const password = join(folder, 'password');
  writeFileSync(password, `${PASSWORD}\n`);
  const given = [MAIN, 'up', '--home', home, '--https', '127.0.0.1:0', '--password-file', password];
  const child = spawn(process.execPath, given, { stdio: ['ignore', 'ignore', 'pipe'] });
  const said = await firstMatch(child, child.stderr, /https:\/\/127\.0\.0\.1:(\d+)/);
  const target = { host: '127.0.0.1', port: Number(said[1]), password: PASSWORD, datastore: 'datastore1' };
  return { name: 'VMkernel', target, stop: () => stop(child, 'SIGTERM') };
}

export async function startSimulator(folder: string): Promise<Server> {
  const program = join(folder, 'simulator');
  build(program, folder);
  const child = spawn(program, { stdio: ['pipe', 'pipe', 'ignore'] });
  const said = await firstMatch(child, child.stdout, /^(.+):(\d+)\n/);
  const target = { host: said[1] as string, port: Number(said[2]), password: 'any', datastore: 'LocalDS_0' };
  const end = async () => {
    child.stdin?.end();
    await stop(child, 'SIGTERM');
  };
  return { name: 'simulator', target, stop: end };
}

function build(program: string, folder: string): void {
  const env = { ...process.env, GO111MODULE: 'off', GOPATH: GO_LIBRARIES, GOCACHE: join(folder, 'go') };
  const source = join(import.meta.dirname, 'simulator', 'main.go');
  try {
    execFileSync('go', ['build', '-o', program, source], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  } catch (cause) {
    const reason = `${(cause as Error).message}; it takes golang-go and golang-github-vmware-govmomi-dev`;
    throw new HostError('command-failed', { command: 'go build', reason }, { cause });
  }
}

async function firstMatch(
  child: ChildProcess,
  stream: NodeJS.ReadableStream | null,
  wanted: RegExp,
): Promise<RegExpExecArray> {
  let said = '';
  stream?.setEncoding('utf8').on('data', (text: string) => (said += text));
  for (;;) {
    const found = wanted.exec(said);
    if (found !== null) return found;
    if (child.exitCode !== null)
      throw new HostError('command-failed', { command: child.spawnfile, reason: said });
    await Promise.race([once(stream as NodeJS.ReadableStream, 'data'), once(child, 'exit')]);
  }
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}
