/** Makes services of the descriptors that are there: at the start, and again when packages have changed. */
import type { Logger } from '#lib';
import { DESCRIPTOR_FOLDER, type Descriptor, parseDescriptor } from './descriptor.ts';
import type { Service } from './service.ts';
import type { Services } from './services.ts';

export interface PackageServicesParts {
  readonly services: Services;
  readonly logger: Logger;
  /** Of the files in the folder of descriptors; both of what is not there are nothing. */
  readonly files: { names(): readonly string[]; read(name: string): string | undefined };
  /** What runs a command as a process of the host. */
  readonly launch: (descriptor: Descriptor) => Service;
}

/** Descriptors that cannot be used are said, and left out; what has gone is stopped and taken away. Returns the keys. */
export async function syncPackageServices({
  services,
  logger,
  files,
  launch,
}: PackageServicesParts): Promise<readonly string[]> {
  const wanted = new Map<string, Descriptor>();
  for (const name of files.names().filter((candidate) => candidate.endsWith('.json'))) {
    const parsed = parseDescriptor(files.read(name) ?? '');
    if (parsed.kind === 'descriptor') wanted.set(parsed.descriptor.row.key, parsed.descriptor);
    else logger.warning(`${DESCRIPTOR_FOLDER}/${name}: ${parsed.reason}`);
  }
  const here = services.list();
  for (const { key, sourcePackage } of here) {
    if (sourcePackage !== undefined && !wanted.has(key)) await services.withdraw(key);
  }
  const keys: string[] = [];
  for (const [key, descriptor] of wanted) {
    const there = here.find((status) => status.key === key);
    if (there !== undefined && there.sourcePackage === undefined) {
      logger.warning(`${DESCRIPTOR_FOLDER}: "${key}" is a service of the host itself and is left out`);
      continue;
    }
    if (there === undefined) services.provide(key, launch(descriptor), descriptor.row);
    keys.push(key);
  }
  return keys;
}
