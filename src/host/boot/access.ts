/** Steps of the boot about who may come in: accounts, the certificate, the HTTPS port. */
import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { HostError, reasonOf } from '#lib';
import { accountsAccess, everyRealTime, HttpsPort, remoteRoutes, VfsTree } from '#management';
import {
  type AccountSettings,
  Accounts,
  accountFiles,
  CertificateStore,
  certificateFiles,
  firstStart,
  HOST_ENTITY,
  hostTree,
  stateChanges,
  today,
} from '#system';
import { randomBytes } from '../real-world.ts';
import { systemCrypt } from '../system-crypt.ts';
import type { HostParts } from './parts.ts';
import { vimConsoles, vimEndpoint } from './vim.ts';

/** The port's own rule set in the firewall. */
const HTTPS = { ruleset: 'vSphereClient' } as const;
const DATASTORE_ID = /^ha-datastore-/;

/** Accounts, with root made at the first start; its password is shown once, before it is kept. */
export async function openAccounts(parts: HostParts): Promise<void> {
  const { clock, random } = parts;
  parts.accountFiles = accountFiles(parts.files, stateChanges(parts.root));
  parts.accounts = new Accounts({
    ...{ files: parts.accountFiles, clock, random },
    audit({ log, level, message, event }) {
      parts.loggerOf(log).log(level, message);
      const detail = { eventTypeId: event };
      if (event !== undefined) parts.events.add({ type: 'EventEx', detail, text: message });
    },
    tree: hostTree({
      isVm: (entity) => /^\d+$/.test(entity),
      isDatastore: (entity) => DATASTORE_ID.test(entity),
      isNetwork: (entity) => entity.startsWith('HaNetwork-'),
      poolParent: (entity) => poolParent(parts, entity),
    }),
    settings: keptSettings(parts),
    systemCrypt: systemCrypt(),
  });
  const { passwordFile } = parts.config;
  const given = passwordFile === undefined ? undefined : firstLine(passwordFile);
  const first = await firstStart(parts.accountFiles, parts.accounts.hasher, random, today(clock), given);
  if (first?.password !== undefined) {
    parts.notice(`the user root has the password ${first.password}; it is shown this once`);
    parts.keeper.save();
  }
}

/** Where a pool hangs. */
function poolParent({ pools }: HostParts, entity: string): string | undefined {
  const id = Number(/^pool-(\d+)$/.exec(entity)?.[1]);
  const parent = pools.all.find((pool) => pool.id === id)?.parent;
  if (parent === undefined) return undefined;
  return parent === 0 ? 'ha-root-pool' : `pool-${parent}`;
}

/** Each call asks for them: they are worked out when an option has changed. */
function keptSettings(parts: HostParts): () => AccountSettings {
  let kept: AccountSettings | undefined;
  parts.settings.options.onChange(() => (kept = undefined));
  return () => (kept ??= accountSettings(parts));
}

function accountSettings({ settings: { options } }: HostParts): AccountSettings {
  return {
    passwordQuality: options.text('Security.PasswordQualityControl'),
    passwordHistory: options.integer('Security.PasswordHistory'),
    passwordMaxDays: options.integer('Security.PasswordMaxDays'),
    lockFailures: options.integer('Security.AccountLockFailures'),
    unlockSeconds: options.integer('Security.AccountUnlockTime'),
    dcuiAccess: options
      .text('DCUI.Access')
      .split(',')
      .map((user) => user.trim()),
    idleSeconds: {
      api: options.integer('Config.HostAgent.vmacore.soap.sessionTimeout') * 60,
      cli: options.integer('Config.HostAgent.vmacore.soap.sessionTimeout') * 60,
      client: options.integer('UserVars.HostClientSessionTimeout'),
    },
    maxSessions: options.integer('Config.HostAgent.vmacore.soap.maxSessionCount'),
  };
}

function firstLine(path: string): string {
  try {
    return readFileSync(path, 'utf8').split(/\r?\n/, 1)[0] ?? '';
  } catch (cause) {
    const reason = (cause as Error).message;
    throw new HostError('file-io', { action: 'read', what: 'password file', path, reason }, { cause });
  }
}

export async function openCertificate(parts: HostParts): Promise<void> {
  const { files, clock, settings } = parts;
  const logger = parts.loggerOf('hostd');
  const addresses = Object.values(networkInterfaces()).flatMap(
    (all) => all?.map(({ address }) => address) ?? [],
  );
  parts.certificates = await CertificateStore.open({
    files: certificateFiles(files),
    names: { hostName: settings.identity.fullName, addresses },
    ...{ clock, randomBytes, logger },
  });
  settings.identity.onChange(() => {
    const renewed = parts.certificates.renew({ hostName: settings.identity.fullName, addresses });
    renewed.catch((error) => logger.error(`the certificate was not renewed: ${reasonOf(error)}`));
  });
}

/** The port, unless the host was brought up without one. */
export async function openHttps(parts: HostParts): Promise<void> {
  const { config, accounts, settings, datastores, root, certificates, clock } = parts;
  if (config.https === undefined) return;
  const tree = { view: root.vfs.view(), randomBytes };
  parts.https = new HttpsPort({
    ...config.https,
    ...{ certificates, clock, every: everyRealTime, logger: parts.loggerOf('http') },
    access: accountsAccess(accounts, (entity) =>
      entity.kind === 'host' ? HOST_ENTITY : `ha-datastore-${entity.name}`,
    ),
    mayConnect: (remote) => settings.firewall.mayConnect(HTTPS, remote),
    datastores: { list: () => [...datastores.values()] },
    root: new VfsTree({ ...tree, top: '/', followLinks: true }),
    staging: new VfsTree({ ...tree, top: '/tmp', followLinks: false }),
    routes: [
      ...vimEndpoint(parts),
      ...remoteRoutes({ accounts, service: () => parts.remote, hostEntity: HOST_ENTITY }),
    ],
    upgrade: vimConsoles(parts),
    configurationChanged(name) {
      parts.loggerOf('hostd').info(`/host/${name} was put`);
      settings.optionFiles.readAgain();
    },
    welcome: () => settings.options.text('Annotations.WelcomeMessage'),
  });
  const { address, port } = await parts.https.listen();
  parts.httpsPort = port;
  const shown =
    address === '::' || address === '0.0.0.0'
      ? 'localhost'
      : address.includes(':')
        ? `[${address}]`
        : address;
  parts.lines.push(
    `files are at https://${shown}:${port}/folder, configuration and logs at /host, the VIM API at /sdk`,
  );
}

export async function closeHttps({ https, vim }: HostParts): Promise<void> {
  await vim?.close();
  await https?.close();
}
