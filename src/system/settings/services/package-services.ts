/** Makes services of the descriptors that are there: at the start, and again when packages have changed. */
import type { Logger } from '#lib';
import { DESCRIPTOR_FOLDER, type Descriptor, parseDescriptor } from './descriptor.ts';
import type { Service } from './service.ts';
import type { Services } from './services.ts';

/** The descriptors that services were made of, by their keys. */
export type KnownDescriptors = Map<string, string>;

export interface PackageServicesParts {
  readonly services: Services;
  readonly logger: Logger;
  /** Of the files in the folder of descriptors; both of what is not there are nothing. */
  readonly files: { names(): readonly string[]; read(name: string): string | undefined };
  /** What runs a command as a process of the host. */
  readonly launch: (descriptor: Descriptor) => Service;
  /** Kept by the caller from one time to the next. */
  readonly known: KnownDescriptors;
}

/**
 * Descriptors that cannot be used are said, and left out; what has gone or is another now is stopped and taken away.
 * What is new is started when its policy says so, or when its forerunner ran, and the host is up. Returns the keys.
 */
export async function syncPackageServices({
  services,
  logger,
  files,
  launch,
  known,
}: PackageServicesParts): Promise<readonly string[]> {
  const wanted = new Map<string, Descriptor>();
  for (const name of files.names().filter((candidate) => candidate.endsWith('.json'))) {
    const parsed = parseDescriptor(files.read(name) ?? '');
    if (parsed.kind === 'descriptor') wanted.set(parsed.descriptor.row.key, parsed.descriptor);
    else logger.warning(`${DESCRIPTOR_FOLDER}/${name}: ${parsed.reason}`);
  }
  const ran = new Set<string>();
  for (const [key, text] of known) {
    if (text === textOf(wanted.get(key))) continue;
    if (services.status(key).running) ran.add(key);
    await services.withdraw(key);
    known.delete(key);
  }
  const own = services.list().filter(({ key }) => !known.has(key));
  const keys: string[] = [];
  for (const [key, descriptor] of wanted) {
    if (own.some((status) => status.key === key)) {
      logger.warning(`${DESCRIPTOR_FOLDER}: "${key}" is a service of the host itself and is left out`);
      continue;
    }
    keys.push(key);
    if (known.has(key)) continue;
    services.provide(key, launch(descriptor), descriptor.row);
    known.set(key, textOf(descriptor));
    await (ran.has(key) ? services.start(key).catch(() => undefined) : services.startIfWanted(key));
  }
  return keys;
}

function textOf(descriptor: Descriptor | undefined): string {
  return descriptor === undefined ? '' : JSON.stringify(descriptor);
}
