/**
 * The files that /host shows, one row each: configuration and logs, by the names that ESXi gives them.
 * Source: ESXi's own list at /host, and package-keys, which is ours; a file that this host does not have is not shown.
 */
import type { Path } from './backends.ts';
import {
  checkAuthorizedKeys,
  checkHosts,
  checkKeyValues,
  checkPackageKeys,
  checkText,
} from './config-checks.ts';

export interface HostFile {
  readonly name: string;
  readonly kind: 'configuration' | 'log';
  /** Where it lies; the two halves of the certificate are kept by their own store. */
  readonly path: Path;
  readonly mode: number;
  /** What is wrong with a new content; absent for what cannot be put. */
  readonly check?: (text: string) => string | undefined;
  readonly certificate?: 'certificate' | 'key';
  /** A key goes in, never out. */
  readonly writeOnly?: boolean;
}

const CONFIGURATION_MODE = 0o644;

const configuration = (name: string, path: string, more: Partial<HostFile> = {}): HostFile => ({
  name,
  kind: 'configuration',
  path: namesOf(path),
  mode: CONFIGURATION_MODE,
  ...more,
});

const log = (name: string): HostFile => ({
  name,
  kind: 'log',
  path: ['var', 'log', name],
  mode: CONFIGURATION_MODE,
});

function namesOf(path: string): Path {
  return path.split('/').filter((name) => name !== '');
}

// biome-ignore format: a table reads in columns
export const HOST_FILES: readonly HostFile[] = [
  configuration('esx.conf',                 '/etc/vmware/esx.conf'),
  configuration('hostAgentConfig.xml',      '/etc/vmware/hostd/config.xml'),
  configuration('hosts',                    '/etc/hosts',                 { check: checkHosts }),
  configuration('issue',                    '/etc/issue',                 { check: checkText }),
  configuration('motd',                     '/etc/motd',                  { check: checkText }),
  configuration('ntp.conf',                 '/etc/ntp.conf',              { check: checkText }),
  configuration('package-keys',             '/etc/vmware/package-keys',   { check: checkPackageKeys }),
  configuration('resolv.conf',              '/etc/resolv.conf'),
  configuration('snmp.xml',                 '/etc/vmware/snmp.xml'),
  configuration('ssh_root_authorized_keys', '/etc/ssh/keys-root/authorized_keys', { check: checkAuthorizedKeys, mode: 0o600 }),
  configuration('ssh_host_rsa_key_pub',     '/etc/ssh/ssh_host_rsa_key.pub'),
  configuration('ssh_host_ecdsa_key_pub',   '/etc/ssh/ssh_host_ecdsa_key.pub'),
  configuration('ssl_cert',                 '/etc/vmware/ssl/rui.crt',    { certificate: 'certificate' }),
  configuration('ssl_key',                  '/etc/vmware/ssl/rui.key',    { certificate: 'key', writeOnly: true }),
  configuration('syslog.conf',              '/etc/vmsyslog.conf'),
  configuration('vmware_config',            '/etc/vmware/config',         { check: checkKeyValues }),
  configuration('vmware.lic',               '/etc/vmware/vmware.lic'),
  configuration('vpxa.cfg',                 '/etc/vmware/vpxa/vpxa.cfg'),
  ...['auth', 'esxupdate', 'fdm', 'hostd', 'hostd-probe', 'rhttpproxy', 'shell', 'sysboot', 'syslog', 'usb', 'vmkernel',
    'vmksummary', 'vmkwarning', 'vobd', 'vpxa'].map((name) => log(`${name}.log`)),
];
