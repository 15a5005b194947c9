// One side of a network whose other side is not ours, or another switch of ours: a switch, a station on it, commands of Linux.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { TestContext } from 'node:test';
import { cable, firstNetworks, ip, Networks, Stack, VM_NETWORK } from '#net';
import { realStackHost } from '../../src/host/network/stack-host.ts';

export interface StationConfig {
  readonly mac: number;
  /** In a network of 24 bits. */
  readonly address: string;
  readonly mtu?: number;
}

/** A switch, and a station on it that is a stack of ours. */
export function side(context: TestContext, { mac, address, mtu = 1500 }: StationConfig) {
  const networks = new Networks(firstNetworks(), {
    ...{ nowMs: () => performance.now(), wake: () => {}, setExpress: () => {}, changed: () => {} },
  });
  const [link, far] = cable();
  const stack = new Stack(realStackHost(), { timeWaitMs: 100 });
  const nic = stack.addInterface({ name: 'eth0', mac, link: far, mtu });
  networks.connect({ name: 'side', mac, link, traffic: 'virtualMachine' }, VM_NETWORK);
  stack.addAddress(nic, { address: ip(address), prefix: 24 });
  context.after(() => stack.stop());
  return { stack, networks };
}

/** What came of an echo of so many bytes. */
export function ping(stack: Stack, target: string, bytes: number): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const data = new Uint8Array(bytes);
  stack.icmp.echo({ target: ip(target), data, timeoutMs: 20_000 }, ({ kind }) => resolve(kind));
  return promise;
}

export function run(command: string, ...words: readonly string[]): string {
  return execFileSync(command, words, { encoding: 'utf8', stdio: 'pipe' });
}

/** As `run`, while this process goes on: it has to answer. */
export async function inNamespace(name: string, ...words: readonly string[]): Promise<string> {
  const child = spawn('ip', ['netns', 'exec', name, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  await once(child, 'close');
  return said;
}
