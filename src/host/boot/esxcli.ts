/** The parts of the host that esxcli works on, all together. */
import { isErrno } from '#kernel';
import { HostError } from '#lib';
import { accountPorts, type EsxcliHost, ramdisksPort } from '#management';
import { esxcliParts } from '../esxcli-parts.ts';
import { esxcliNetwork } from './esxcli-network.ts';
import { FOLDER_TYPE } from './files.ts';
import { hostUuid } from './host-uuid.ts';
import type { HostParts } from './parts.ts';

type Trouble = { readonly message: string } | undefined;
const MILLISECONDS_PER_SECOND = 1000;

export function esxcliHost(parts: HostParts): EsxcliHost {
  const { settings, services } = parts;
  const { identity, maintenance, options, firewall, dns, ntp, time } = settings;
  return {
    ...esxcliParts(services),
    ...accountPorts(parts.accounts),
    clock: {
      wallNanoseconds: () => parts.clock.wallNanoseconds(),
      set: (wallMs) => trouble(() => time.set(wallMs)),
    },
    identity: {
      names: () => identity.names,
      setNames: (names) => trouble(() => identity.set(names)),
      uuid: () => uuidOf(parts),
    },
    boot: {
      installedWallNanoseconds: () => installedAt(parts),
      bootFilesystemUuid: () => uuidOf(parts),
    },
    maintenance: {
      enabled: () => maintenance.state === 'maintenance',
      set: (enabled, timeoutSeconds) =>
        trouble(() => (enabled ? maintenance.enter(timeoutSeconds) : maintenance.exit())),
    },
    power: {
      shutdown(how, delaySeconds, reason) {
        parts.loggerOf('hostd').info(`${how} in ${delaySeconds} s: ${reason}`);
        const begin = () => void services.shutDown(how === 'reboot' ? 'reboot' : 'stop');
        setTimeout(begin, delaySeconds * MILLISECONDS_PER_SECOND);
        return undefined;
      },
    },
    network: esxcliNetwork(parts),
    datastores: { list: () => datastores(parts) },
    ramdisks: ramdisksPort(parts.root.ramdisks, parts.root.layers),
    software: parts.packages,
    ...{ options, firewall, dns, ntp, services: settings.services, logs: parts.logs },
  };
}

/** What an action says against itself, as esxcli shows it. */
async function trouble(action: () => void | Promise<void>): Promise<Trouble> {
  try {
    await action();
    return undefined;
  } catch (error) {
    if (error instanceof HostError) return { message: error.message };
    throw error;
  }
}

export function uuidOf({ config }: HostParts): string {
  return hostUuid(config.paths.home);
}

/** When the image of the bank was made. */
function installedAt({ bank }: HostParts): bigint {
  return BigInt(Date.parse(bank.image.created)) * 1_000_000n;
}

function datastores({ volumes, root }: HostParts) {
  return volumes.all.map(({ name, uuid }) => {
    const space = root.vfs.view().statfs(`${volumes.path}/${uuid}`);
    const { type, blockBytes, blocks, freeBlocks } = isErrno(space)
      ? { type: FOLDER_TYPE, blockBytes: 0, blocks: 0, freeBlocks: 0 }
      : space;
    return {
      ...{
        mountPoint: `${volumes.path}/${uuid}`,
        volumeName: name,
        uuid,
        mounted: !isErrno(space),
        type,
      },
      ...{
        sizeBytes: BigInt(blocks) * BigInt(blockBytes),
        freeBytes: BigInt(freeBlocks) * BigInt(blockBytes),
      },
    };
  });
}
