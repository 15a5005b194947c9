/** "vmk template …": systems on disks that machines are made of. Made and kept by the user, deployed on a host. */
import { cacheFolder } from '#guest';
import { formatSize } from '#lib';
import type { VmRow } from '../calls/vm.ts';
import type { HostClient } from '../local/client.ts';
import { Progress } from '../progress.ts';
import type { Template } from '../templates/templates.ts';
import { Templates } from '../templates/templates.ts';
import { command, type Group } from './group.ts';
import type { RunContext } from './run.ts';
import { type Column, formatTable } from './table.ts';
import { count, flag, many, sizeBytes, sizeMib, text } from './value-options.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** What templates can be made of. */
export const SYSTEM = 'debian';

const COLUMNS: readonly Column<Template & { readonly usedBytes: number }>[] = [
  { title: 'Name', value: ({ name }) => name },
  { title: 'What', value: ({ what }) => what },
  { title: 'Disk', value: ({ sizeBytes }) => formatSize(sizeBytes) },
  { title: 'Takes', value: ({ usedBytes }) => formatSize(usedBytes) },
  { title: 'Made', value: ({ madeMs }) => new Date(madeMs).toISOString() },
  { title: 'Password of root', value: ({ password }) => password },
];

/** What of a machine is said when it is made of a template. */
export interface Deployment {
  readonly name: string;
  readonly datastore?: string | undefined;
  readonly memoryMib?: number | undefined;
  readonly vcpus?: number | undefined;
  readonly diskBytes?: number | undefined;
  readonly nets?: readonly string[] | undefined;
}

/** Makes a machine of a template on a host. @throws HostError */
export async function deploy(client: HostClient, template: string, wanted: Deployment): Promise<VmRow> {
  const templates = new Templates(cacheFolder());
  templates.get(template);
  return client.call<VmRow>('template.deploy', { template: templates.folder(template), ...wanted });
}

export function templateCommands(context: RunContext): Group {
  return {
    create: command(
      ['NAME'],
      'makes a template with Debian 13 on it, in some minutes; one of that name is replaced',
      {
        size: sizeBytes('of its disk (4G)'),
        password: text('TEXT', 'of root (one that is made up, and shown)'),
        hostname: text('NAME', 'of the machines that are made of it (the name)'),
        package: many('NAME', 'a Debian package beside those that every system has'),
        verbose: flag('show what the machine says that installs'),
      },
      async ({ words: [name = SYSTEM], values, print }) => {
        const wishes = { ...values, packages: values.package, sizeBytes: values.size };
        print(await make({ ...wishes, name }, values.verbose === true, context), (made) => {
          return `${made.name}: ${made.what}; root's password is ${made.password}\n`;
        });
      },
    ),
    list: command([], 'lists the templates', {}, async ({ print }) => {
      const templates = new Templates(cacheFolder());
      const rows = templates.list().map((one) => ({ ...one, usedBytes: templates.usedBytes(one.name) }));
      print(rows, (all) => formatTable(COLUMNS, all));
    }),
    deploy: command(
      ['NAME', 'VM'],
      'makes a VM of a template on a host',
      {
        datastore: text('NAME', 'where its folder is (datastore1)'),
        memory: sizeMib('memory (1G)'),
        cpus: count('N', 'virtual CPUs (1)'),
        disk: sizeBytes('of its disk, which is enlarged; the file system grows at its first boot'),
        net: many('PORT GROUP[,mac=M]', 'network card on that port group (VM Network)'),
        start: flag('switch it on at once'),
      },
      async ({ client, words: [template = '', name = ''], values, print }) => {
        const { datastore, memory: memoryMib, cpus: vcpus, disk: diskBytes, net } = values;
        const nets = net.length === 0 ? undefined : net;
        const made = await deploy(client, template, { name, datastore, memoryMib, vcpus, diskBytes, nets });
        if (values.start) await client.call('vm.start', { vm: name });
        print(made, () => '');
      },
    ),
    remove: command(['NAME…'], 'removes templates; machines made of them stay', {}, async ({ words }) => {
      for (const name of words) new Templates(cacheFolder()).remove(name);
    }),
  };
}

interface Wishes {
  readonly name: string;
  readonly sizeBytes?: number | undefined;
  readonly password?: string | undefined;
  readonly hostname?: string | undefined;
  readonly packages?: readonly string[];
}

/** Makes one, and tells on standard error how far it is. @throws HostError */
export async function make(wishes: Wishes, isVerbose: boolean, context: RunContext): Promise<Template> {
  const { DEBIAN_SIZE_BYTES, makeDebian } = await import('../templates/make-debian.ts');
  const { stderr } = context.process;
  const progress = new Progress(stderr);
  const stop = new AbortController();
  const leave = () => stop.abort();
  for (const signal of SIGNALS) context.process.on(signal, leave);
  try {
    const { name, sizeBytes: bytes = DEBIAN_SIZE_BYTES, password, packages = [] } = wishes;
    return await makeDebian(
      { name, hostname: wishes.hostname ?? name, password, sizeBytes: bytes, packages },
      {
        runMachine: context.runMachine,
        guest: context.guest,
        report: (activity, fraction) => progress.report(activity, fraction),
        output: (bytes_) => void (isVerbose && stderr.write(Buffer.from(bytes_).toString())),
        stop: stop.signal,
      },
    );
  } finally {
    for (const signal of SIGNALS) context.process.off(signal, leave);
    progress.done();
  }
}
