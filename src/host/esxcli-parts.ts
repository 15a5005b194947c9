/** The parts that esxcli works on, as far as the machine under the host and its VMs give them. */
import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import type { EsxcliHost, HostServices } from '#management';

const MICROSECONDS_PER_MILLISECOND = 1000n;
const HERTZ_PER_MEGAHERTZ = 1_000_000;
/** Where Linux tells what machine it runs on. */
const DMI = '/sys/class/dmi/id';

/** The parts; accounts, names, datastores and the rest are joined to them. */
export function esxcliParts(host: Pick<HostServices, 'vms' | 'facts'>): EsxcliHost {
  const { vms } = host;
  return {
    version: {
      version: () => ({
        product: 'VMkernel',
        version: host.facts().version,
        build: '',
        update: '',
        patch: '',
      }),
    },
    uptime: {
      uptimeMicroseconds: () => BigInt(host.facts().uptimeMs) * MICROSECONDS_PER_MILLISECOND,
    },
    hardware: {
      cpus: () =>
        cpus().map(({ model, speed }, id) => ({
          id,
          ...(model === '' ? {} : { brand: model }),
          ...(speed === 0 ? {} : { coreSpeedHz: speed * HERTZ_PER_MEGAHERTZ }),
        })),
      cpuGlobal: () => ({ threads: cpus().length }),
      memory: () => ({ physicalBytes: BigInt(totalmem()) }),
    },
    platform: { platform },
    vms: {
      list: () =>
        vms.running.map((vm) => ({
          worldId: vm.id,
          processId: 0,
          cartelId: vm.id,
          uuid: vm.settings.uuid,
          displayName: vm.name,
          configFile: vm.folder.vmxPath,
        })),
      async kill(worldId) {
        const vm = vms.running.find(({ id }) => id === worldId);
        if (vm === undefined)
          return { message: `Unable to find a virtual machine with the world ID ${worldId}.` };
        await vm.stop();
        return undefined;
      },
    },
  };
}

function platform(): { productName?: string; vendorName?: string } {
  const [productName, vendorName] = [dmi('product_name'), dmi('sys_vendor')];
  return {
    ...(productName === undefined ? {} : { productName }),
    ...(vendorName === undefined ? {} : { vendorName }),
  };
}

/** Undefined where the system does not tell it. */
function dmi(name: string): string | undefined {
  try {
    return readFileSync(`${DMI}/${name}`, 'utf8').trim();
  } catch {
    return undefined;
  }
}
