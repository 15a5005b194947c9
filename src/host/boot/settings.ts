/** Steps of the boot about what an administrator sets, and about logs. */
import { hostname } from 'node:os';
import { isRunning } from '#management';
import {
  afterRealTime,
  gzipCompress,
  HostLogs,
  openHostSettings,
  realNetwork,
  vfsLogFolder,
  vfsSettingsFiles,
} from '#system';
import type { HostParts } from './parts.ts';

const CLOSE_LOGS_MS = 2000;
const AUTHORITIES_PATH = '/etc/vmware/ssl/castore.pem';
/** What remote syslog connections are, for the firewall. */
const SYSLOG = { ruleset: 'syslog' } as const;

export function openSettings(parts: HostParts): void {
  const [host = 'localhost', ...domain] = hostname().split('.');
  const stopped = new Set<() => void>();
  parts.vmStopped = () => {
    for (const listener of stopped) listener();
  };
  parts.settings = openHostSettings({
    files: vfsSettingsFiles(parts.root.vfs.view()),
    logger: parts.loggerOf('settings'),
    vms: {
      names: () => parts.vms.all.filter(({ state }) => isRunning(state)).map(({ name }) => name),
      onStopped(listener) {
        stopped.add(listener);
        return () => void stopped.delete(listener);
      },
    },
    after: afterRealTime,
    clock: parts.clock,
    initialNames: { host, domain: domain.join('.') },
  });
}

export function openLogs(parts: HostParts): void {
  const { settings, root, files, clock, log } = parts;
  const { options, identity, firewall } = settings;
  parts.logs = new HostLogs({
    options,
    hostName: () => identity.fullName,
    openFolder: (path) => vfsLogFolder(root.vfs.view(), path),
    compress: gzipCompress,
    network: realNetwork,
    after: afterRealTime,
    wallNanoseconds: () => clock.wallNanoseconds(),
    maySend: (address) => firewall.mayConnectTo(SYSLOG, address),
    authorities: () => files.readTextIfThere(AUTHORITIES_PATH),
    processId: process.pid,
    lastResort: (line) => void process.stderr.write(`vmk: ${line}\n`),
  });
  options.onChange(({ key }) => {
    if (HostLogs.concerns(key)) parts.logs.reload();
  });
  firewall.onChange(() => parts.logs.reload());
  identity.onChange(() => parts.logs.reload());
  log.join(parts.logs.sink);
}

export async function closeLogs({ log, logs }: HostParts): Promise<void> {
  log.leave();
  // A sender that waits for its next try keeps no process alive.
  const alive = setInterval(() => {}, CLOSE_LOGS_MS);
  await logs.close(CLOSE_LOGS_MS);
  clearInterval(alive);
}
