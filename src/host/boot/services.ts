/** Steps of the boot about packages and services. */
import { HostError } from '#lib';
import {
  baseDescriptor,
  DESCRIPTOR_FOLDER,
  PackageManager,
  type Service,
  type ServiceDescriptor,
  syncPackageServices,
} from '#system';
import { wallMs } from '../real-world.ts';
import type { HostParts } from './parts.ts';

export function openPackages(parts: HostParts): void {
  const { home, bank, root, files, version, clock, settings } = parts;
  parts.packages = new PackageManager({
    ...{ home, bank, root, files, base: baseDescriptor(version) },
    now: () => new Date(wallMs(clock)),
    inMaintenanceMode: () => settings.maintenance.state === 'maintenance',
    onLiveChange() {
      const sync = parts.servicesSync.then(() => syncServices(parts));
      parts.servicesSync = sync.catch((error: unknown) =>
        parts.loggerOf('hostd').error(`services of packages: ${(error as Error).message}`),
      );
    },
    report: (message) => parts.loggerOf('esxupdate').info(message),
  });
}

/** The host's own services and those of its packages; those whose policy says so are started. */
export async function startServices(parts: HostParts): Promise<void> {
  const { services } = parts.settings;
  // What runs for as long as the host does: it is listed, and cannot be stopped.
  const always: Service = { start: () => {}, stop: () => {} };
  for (const key of ['vmsyslogd', 'hostd']) services.provide(key, always);
  await syncServices(parts);
  await services.startAll();
}

export function stopServices({ settings }: HostParts): Promise<void> {
  return settings.services.stopAll();
}

async function syncServices({ settings, loggerOf, files, packageServices }: HostParts): Promise<void> {
  await syncPackageServices({
    services: settings.services,
    logger: loggerOf('hostd'),
    files: {
      names: () =>
        files.exists(DESCRIPTOR_FOLDER) ? files.list(DESCRIPTOR_FOLDER).map(({ name }) => name) : [],
      read: (name) => files.readTextIfThere(`${DESCRIPTOR_FOLDER}/${name}`),
    },
    launch,
    known: packageServices,
  });
}

/** Programs of packages are user worlds, which this host cannot run. */
function launch({ row, command }: ServiceDescriptor): Service {
  return {
    start() {
      const reason = `it is the program ${command[0]}, and this host has no user worlds, in which programs run`;
      throw new HostError('service-refused', { action: 'start', service: row.key, reason });
    },
    stop() {},
  };
}
