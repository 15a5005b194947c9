/** What the VIM API works on, joined of the host's parts. */
import { cpus as machineCpus } from 'node:os';
import { type Route, type VimHost, vimRoutes, vimService } from '#management';
import { PAGE_BYTES } from '#riscv';
import { esxcliParts } from '../esxcli-parts.ts';
import { datastoreFacts } from './datastore-facts.ts';
import { uuidOf } from './esxcli.ts';
import { hostTop } from './machines.ts';
import type { HostParts } from './parts.ts';

/** What the host's processors do in a second, as far as the machine tells. */
const DEFAULT_MHZ = 1000;

export function vimHost(parts: HostParts): VimHost {
  const { clock, accounts, settings, config } = parts;
  return {
    ...{ clock, accounts, settings },
    logger: parts.loggerOf('hostd'),
    after: (milliseconds, action) => {
      const timer = setTimeout(action, milliseconds);
      return () => clearTimeout(timer);
    },
    facts: {
      ...{ version: parts.version, uuid: uuidOf(parts), startedMs: parts.startedMs },
      hardware: hardware(parts),
      use: () => ({
        cpuMhz: 0,
        memoryBytes: config.memoryBytes - (parts.cpus?.memory.freePages ?? 0) * PAGE_BYTES,
      }),
    },
    datastores: () => datastoreFacts(parts),
    networks: () => ['VM Network'],
    machines: {
      vms: parts.vms,
      autostart: parts.autostart,
      volumes: config.paths.volumes,
      usage: hostTop(parts),
    },
    shutDown: (how) => parts.services.shutDown(how),
  };
}

/** The routes; what is behind them is loaded by the first request. */
export function vimEndpoint(parts: HostParts): readonly Route[] {
  const service = vimService(() => vimHost(parts));
  parts.closeVim = service.close;
  return vimRoutes({ accounts: parts.accounts, service: service.open });
}

function hardware({ config, services }: HostParts): VimHost['facts']['hardware'] {
  const { platform } = esxcliParts(services);
  const { vendorName = 'VMkernel', productName = 'Host' } = platform?.platform() ?? {};
  const [first] = machineCpus();
  return {
    ...{ vendor: vendorName, model: productName, cpus: config.pcpus, memoryBytes: config.memoryBytes },
    cpuModel: first?.model ?? 'RV64GC',
    cpuMhz: first?.speed || DEFAULT_MHZ,
  };
}
