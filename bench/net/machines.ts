/** The two pairs of guests that are held against each other, and the archives that both boot. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { cacheFolder, defaultGuest, writeCpio, writeExecArchive } from '#guest';
import { HostError } from '#lib';
import { freeTcpPort } from '../../test/scenario/free-port.ts';
import { CROSS_COMPILER, QEMU } from '../toolchain.ts';
import { WARM_UP } from './rows.ts';

export const MACHINES = ['vmkernel', 'qemu'] as const;
export type MachineName = (typeof MACHINES)[number];

export interface PairBoot {
  readonly kernel: string;
  readonly client: string;
  readonly server: string;
}

export interface Reading {
  readonly machine: MachineName;
  readonly row: string;
  readonly value: number;
}

const HERE = import.meta.dirname;
const NONCE = 'bench';

/** The default guest, with the program and the script of each side. @throws HostError */
export async function writeBoot(
  folder: string,
  scripts: { readonly client: string; readonly server: string },
  say: (line: string) => void,
): Promise<PairBoot> {
  const guest = await defaultGuest(cacheFolder(), say);
  const program = join(folder, 'net');
  const { command, flags } = CROSS_COMPILER;
  const source = join(HERE, 'net.c');
  await promisify(execFile)(command, [...flags, '-O2', '-Wall', '-static', '-s', source, '-o', program]);
  const write = (name: 'client' | 'server'): string => {
    const path = join(folder, name);
    const archives = [
      readFileSync(guest.initramfsPath),
      writeCpio([{ kind: 'file', path: 'net', permissions: 0o755, data: readFileSync(program) }]),
      writeExecArchive(scripts[name], NONCE),
    ];
    writeFileSync(path, Buffer.concat(archives.map(padded)));
    return path;
  };
  return { kernel: guest.kernelPath, client: write('client'), server: write('server') };
}

/** Archives follow each other at multiples of 4. */
function padded(bytes: Uint8Array): Uint8Array {
  return Buffer.concat([bytes, new Uint8Array(-bytes.length & 3)]);
}

/** Starts a pair and takes its readings; `signal` ends it at once. @throws HostError */
export async function runPair(
  machine: MachineName,
  boot: PairBoot,
  signal: AbortSignal,
): Promise<readonly Reading[]> {
  const [client, ...others] =
    machine === 'vmkernel' ? startOurs(boot, signal) : await startQemus(boot, signal);
  const readings: Reading[] = [];
  const said: string[] = [];
  createInterface({ input: (client as ChildProcess).stdout as NodeJS.ReadableStream }).on('line', (line) => {
    said.push(line);
    const [, row, value] = /^@@ ([\w-]+) ([\d.]+)/.exec(line) ?? [];
    if (row !== undefined && row !== WARM_UP) readings.push({ machine, row, value: Number(value) });
  });
  const status = await endOf(client as ChildProcess);
  for (const other of others) other.kill('SIGKILL');
  const failure = said.find((line) => line.startsWith('@@ failed'));
  if (failure !== undefined || readings.length === 0) {
    const reason = failure ?? `it ended with status ${status}; it said: ${said.slice(-3).join(' | ')}`;
    throw new HostError('command-failed', { command: machine, reason });
  }
  return readings;
}

function endOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
}

function startOurs({ kernel, client, server }: PairBoot, signal: AbortSignal): ChildProcess[] {
  return [start(process.execPath, [join(HERE, 'lab.ts'), kernel, client, server], signal)];
}

/** The client first; one of the two listens for the other. */
async function startQemus(
  { kernel, client, server }: PairBoot,
  signal: AbortSignal,
): Promise<ChildProcess[]> {
  const port = await freeTcpPort();
  // biome-ignore format: options with their values
  const common = (initramfs: string): string[] => [
    '-M', 'virt', '-m', '256M', '-nographic', '-bios', 'default', '-no-reboot',
    '-kernel', kernel, '-initrd', initramfs, '-append', 'console=ttyS0 quiet',
  ];
  const card = (id: string, mac: string): string[] => [
    '-device',
    `virtio-net-pci,netdev=${id},mac=52:54:00:00:00:0${mac},romfile=`,
  ];
  const pair = `socket,id=pair`;
  // biome-ignore format: options with their values
  const second = start(QEMU.command, [
    ...common(server), '-netdev', `${pair},listen=127.0.0.1:${port}`, ...card('pair', '3'),
  ], signal);
  await listening(port);
  // biome-ignore format: options with their values
  const first = start(QEMU.command, [
    ...common(client), '-netdev', 'user,id=outside', ...card('outside', '1'),
    '-netdev', `${pair},connect=127.0.0.1:${port}`, ...card('pair', '2'),
  ], signal);
  second.stdout?.resume();
  return [first, second];
}

function start(file: string, words: readonly string[], signal: AbortSignal): ChildProcess {
  const child = spawn(file, words, { stdio: ['ignore', 'pipe', 'inherit'], signal, killSignal: 'SIGKILL' });
  child.on('error', () => {});
  return child;
}

/** Resolves when something listens on the port; who asks does not connect. Source: proc_net_tcp. */
async function listening(port: number): Promise<void> {
  const row = ` 0100007F:${port.toString(16).toUpperCase().padStart(4, '0')} 00000000:0000 0A`;
  while (!readFileSync('/proc/net/tcp', 'latin1').includes(row)) await new Promise(setImmediate);
}
