/** A host that is up: brought up in order, serving until it is told to end, and ended in the opposite order. */
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { HostError } from '#lib';
import {
  HOST_CALLS,
  type HostEnd,
  type HostServices,
  Inventory,
  LocalServer,
  replaceFile,
  type UpConfig,
  type UpHost,
  VM_CALLS,
} from '#management';
import { nativeCalls } from '#storage';
import { vmRunner } from './vm-runner.ts';

const FIRST_DATASTORE = 'datastore1';
const OWNER_ONLY = 0o700;
const LOCK_TRIES = 20;
const LOCK_POLL_MS = 50;

/** Brings a host up in its home folder. @throws HostError for what is in its way */
export async function bringUp(config: UpConfig, report: (activity: string) => void): Promise<UpHost> {
  const { paths } = config;
  makeHome(config);
  const lock = await lockHome(config);
  const ended = Promise.withResolvers<HostEnd>();
  const startedMs = Date.now();
  const log = (line: string): void => void process.stderr.write(`${new Date().toISOString()} ${line}\n`);
  const vms = new Inventory(inventoryFile(join(paths.home, 'inventory.json')), vmRunner(report), (vm, line) =>
    log(`${vm.name}: ${line}`),
  );
  vms.load();
  let ending: Promise<void> | undefined;
  const services: HostServices = {
    vms,
    datastores: datastores(paths.volumes),
    facts: () => ({
      version: version(),
      pid: process.pid,
      home: paths.home,
      startedMs,
      pcpus: config.pcpus,
      vms: vms.all.length,
      running: vms.running.length,
    }),
    shutDown: (how) => {
      if (ending) return ending;
      ending = stopAll();
      void ending.then(() => leave(how)).then(ended.resolve, ended.reject);
      return ending;
    },
  };
  const server = new LocalServer({
    calls: { ...VM_CALLS, ...HOST_CALLS },
    context: services,
    findConsole: (name) => {
      const vm = vms.find(name);
      return (stream) => vm.console.join(stream);
    },
    report: log,
  });
  await server.listen(paths.socket);

  async function stopAll(): Promise<void> {
    await Promise.all(vms.running.map((vm) => vm.stop().catch((error: Error) => log(error.message))));
  }

  async function leave(how: HostEnd): Promise<HostEnd> {
    await server.close();
    closeSync(lock);
    return how;
  }

  return {
    lines: [`the host is up; "vmk vm list" shows its VMs`, `its home is ${paths.home}; Ctrl-C ends it`],
    ended: ended.promise,
    shutDown: services.shutDown,
  };
}

function makeHome({ paths }: UpConfig): void {
  for (const folder of [paths.home, join(paths.home, 'run'), join(paths.volumes, FIRST_DATASTORE)]) {
    try {
      mkdirSync(folder, { recursive: true, mode: OWNER_ONLY });
    } catch (cause) {
      const reason = (cause as Error).message;
      throw new HostError('file-io', { action: 'make', what: 'folder', path: folder, reason }, { cause });
    }
  }
}

/** One host in a home at a time; the lock dies with its holder. One that is just ending is waited for. */
async function lockHome({ paths }: UpConfig): Promise<number> {
  const fd = openSync(paths.lock, 'w', 0o600);
  const native = nativeCalls();
  for (let tries = 0; tries < LOCK_TRIES; tries++) {
    if (native.lockFile(fd, 'exclusive')) return fd;
    await setTimeout(LOCK_POLL_MS);
  }
  closeSync(fd);
  throw new HostError('host-running', { path: paths.home });
}

function inventoryFile(path: string) {
  return {
    read: () => (existsSync(path) ? readFileSync(path, 'utf8') : undefined),
    replace: (text: string) => replaceFile(path, text),
  };
}

function datastores(volumes: string): HostServices['datastores'] {
  const folder = (name = FIRST_DATASTORE): string => {
    if (readdirSync(volumes).includes(name)) return join(volumes, name);
    throw new HostError('usage', { reason: `there is no datastore "${name}"` });
  };
  return {
    folder,
    resolve(path) {
      const [, name, rest = ''] = /^\[([^\]]*)\]\s*(.*)$/.exec(path) ?? [];
      return name === undefined ? path : join(folder(name), rest);
    },
  };
}

function version(): string {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return version;
}
