/** What the VIM API works on, joined of the host's parts. */
import { cpus as machineCpus } from 'node:os';
import {
  consoleSockets,
  type LocalService,
  type Route,
  type TopSource,
  type VimHost,
  vimRoutes,
  vimService,
} from '#management';
import { PAGE_BYTES } from '#riscv';
import { esxcliParts } from '../esxcli-parts.ts';
import { datastoreFacts } from './datastore-facts.ts';
import { esxcliHost, uuidOf } from './esxcli.ts';
import { histories } from './events.ts';
import { hostTop } from './host-top.ts';
import { logReader } from './log-reader.ts';
import type { HostParts } from './parts.ts';
import { cpuMhz } from './performance.ts';

/** What a host is busy with is looked at over a second or more. */
const LOOK_NS = 1e9;

export function vimHost(parts: HostParts): VimHost {
  const { clock, accounts, settings, config } = parts;
  const usage = hostTop(parts);
  const machine = hardware(parts);
  const busy = busyPart(usage);
  return {
    ...{ clock, accounts, settings },
    logger: parts.loggerOf('hostd'),
    after: (milliseconds, action) => {
      const timer = setTimeout(action, milliseconds);
      return () => clearTimeout(timer);
    },
    facts: {
      ...{
        version: parts.version,
        build: parts.bank.cfg.build,
        uuid: uuidOf(parts),
      },
      startedMs: () => parts.startedMs + clock.offsetMs,
      hardware: machine,
      use: () => ({
        cpuMhz: busy() * machine.cpus * machine.cpuMhz,
        memoryBytes: config.memoryBytes - (parts.cpus?.memory.freePages ?? 0) * PAGE_BYTES,
      }),
    },
    datastores: () => datastoreFacts(parts),
    ...{ network: parts.network, pools: parts.pools, vmknics: parts.vmknics },
    machines: {
      vms: parts.vms,
      autostart: parts.autostart,
      volumes: config.paths.volumes,
      usage,
      httpsPort: () => parts.httpsPort,
    },
    esxcli: esxcliHost(parts),
    ...{ actors: parts.actors, events: parts.events, taskHistory: histories(parts).tasks },
    performance: parts.performance,
    configuration: () => parts.keeper.bundle(),
    logs: logReader(() => parts.logs, parts.files),
    shutDown: (how) => parts.services.shutDown(how),
  };
}

/** The part of its pCPUs that a host was busy with since it was asked before, at least a second ago; 0 the first time. */
function busyPart(usage: TopSource): () => number {
  const look = () => {
    const { takenNs, host } = usage.sample();
    return {
      takenNs,
      busyNs: host.pcpuBusyNs.reduce((sum, ns) => sum + ns, 0),
      pcpus: host.pcpuBusyNs.length,
    };
  };
  let before = look();
  let part = 0;
  return () => {
    const now = look();
    const passedNs = now.takenNs - before.takenNs;
    if (passedNs < LOOK_NS) return part;
    part = Math.min(1, Math.max(0, now.busyNs - before.busyNs) / (passedNs * Math.max(1, now.pcpus)));
    before = now;
    return part;
  };
}

/** The routes; what is behind them is loaded by the first request. */
export function vimEndpoint(parts: HostParts): readonly Route[] {
  return vimRoutes({ accounts: parts.accounts, service: vimOf(parts).open });
}

/** Consoles of VMs as screens, for who has a ticket. */
export function vimConsoles(parts: HostParts) {
  const logger = parts.loggerOf('hostd');
  return consoleSockets(vimOf(parts).open, (reason) => logger.error(`a console: ${reason}`));
}

function vimOf(parts: HostParts): ReturnType<typeof vimService> {
  return (parts.vim ??= vimService(() => vimHost(parts)));
}

/** The same by the local socket: whoever may open it is root. One session for all that comes that way. */
export function localSoap(parts: HostParts): NonNullable<LocalService<unknown>['soap']> {
  const { sessions } = parts.accounts;
  let cookie = '';
  return async (request) => {
    const session = sessions.use(cookie) ?? parts.accounts.openLocal('local API');
    cookie = session?.cookie ?? '';
    const service = await vimOf(parts).open();
    return await service.answer({ ...request, session, remote: '', userAgent: 'local API' });
  };
}

function hardware({ config, services }: HostParts): VimHost['facts']['hardware'] {
  const { platform } = esxcliParts(services);
  const { vendorName = 'VMkernel', productName = 'Host' } = platform?.platform() ?? {};
  const [first] = machineCpus();
  return {
    ...{ vendor: vendorName, model: productName, cpus: config.pcpus, memoryBytes: config.memoryBytes },
    cpuModel: first?.model ?? 'RV64GC',
    cpuMhz: cpuMhz(),
  };
}
