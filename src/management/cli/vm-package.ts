/** "vmk vm export" and "vmk vm import": machines as OVF packages, to files and from them. */
import { rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { usageError } from '#lib';
import type { VmFiles, VmRow } from '../calls/vm.ts';
import type { HostClient } from '../local/client.ts';
import type { ImportOptions } from '../ovf/import-vm.ts';
import type { Exported } from '../ovf/write-package.ts';
import { Progress } from '../progress.ts';
import { command, type Group, type Invocation } from './group.ts';
import type { Options } from './options.ts';
import { flag, many, text } from './value-options.ts';

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
/** What a network is called when the host lacks that of the package. */
const DEFAULT_NETWORK = 'VM Network';
const NETWORK_HELP = `A network of the package that the host has is that one; others become "${DEFAULT_NETWORK}", or the host's first where
there is none of that name. Options of --net say otherwise: "--net lab" puts every card there, "--net old=lab" those that were on "old".`;

interface Watch {
  readonly stop: AbortSignal;
  readonly progress: (what: string, done: number) => void;
}

/** Works until it is done or a signal comes; resolves to the exit status of that. */
async function watched(
  process: Invocation<Options>['process'],
  work: (watch: Watch) => Promise<void>,
): Promise<number | void> {
  const stop = new AbortController();
  const progress = new Progress(process.stderr);
  let status: number | undefined;
  const listeners = Object.entries(SIGNALS).map(([signal, code]) => {
    const listener = () => {
      status ??= code;
      stop.abort();
    };
    process.on(signal, listener);
    return [signal, listener] as const;
  });
  try {
    await work({ stop: stop.signal, progress: (what, done) => progress.report(what, done) });
  } catch (error) {
    if (status === undefined) throw error;
  } finally {
    progress.done();
    for (const [signal, listener] of listeners) process.off(signal, listener);
  }
  return status;
}

/** The port group of the host for a network of a package. */
export function networkChooser(known: readonly string[], given: readonly string[]): (name: string) => string {
  const pairs = given
    .filter((one) => one.includes('='))
    .map((one) => [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)] as const);
  const [every, ...more] = given.filter((one) => !one.includes('='));
  if (more.length > 0) throw usageError('only one --net may say where every card goes');
  for (const name of [...pairs.map(([, to]) => to), ...(every === undefined ? [] : [every])])
    if (!known.includes(name)) throw usageError(`there is no port group "${name}"`);
  const [first] = known;
  const other = known.includes(DEFAULT_NETWORK) ? DEFAULT_NETWORK : first;
  return (name) => {
    const chosen =
      pairs.find(([from]) => from === name)?.[1] ?? every ?? (known.includes(name) ? name : other);
    if (chosen === undefined)
      throw usageError(`the host has no port group that a card on "${name}" could be plugged into`);
    return chosen;
  };
}

export const PACKAGE_COMMANDS: Group = {
  export: command(
    ['VM', 'FILE.ova|DIR'],
    'packs a VM that is off into an OVA, or into a folder with an OVF and its disks',
    {},
    async ({ client, words: [name = '', given = ''], process, print }) => {
      const target = { to: resolve(given), isOva: /\.ova$/i.test(given), nowMs: Date.now() };
      const { packages } = client;
      if (packages)
        return watched(process, async (watch) => {
          print<Exported>(await packages.export({ vm: name, ...target, ...watch }), () => '');
        });
      const vm = await client.call<VmFiles>('vm.files', { vm: name });
      const [{ exportVm }, { VmFolder }] = await Promise.all([
        import('../ovf/export-vm.ts'),
        import('../vms/vm-folder.ts'),
      ]);
      const folder = VmFolder.at(vm.vmx);
      return watched(process, async (watch) => {
        const made = await exportVm({
          ...{ vmx: folder.readVmx(), name: vm.name, ...target, ...watch },
          resolve: (fileName) => folder.resolve(fileName),
          within: folder.datastores,
        });
        print<Exported>(made, () => '');
      });
    },
  ),
  import: command(
    ['FILE.ova|FILE.ovf|-'],
    'makes a VM of a package; "-" reads an OVA from standard input',
    {
      name: text('NAME', 'what it is called (as in the package)'),
      datastore: text('NAME', 'where its folder is (datastore1)'),
      net: many('[NETWORK=]PORT GROUP', 'where its network cards are plugged in'),
      start: flag('switch it on at once'),
    },
    async ({ client, words: [given = ''], values, process, print }) => {
      const switches = await client.call<readonly { groups: readonly { name: string }[] }[]>('net.list');
      const known = switches.flatMap(({ groups }) => groups.map(({ name }) => name));
      const isPiped = given === '-';
      const wanted = {
        path: isPiped ? 'standard input' : resolve(given),
        input: isPiped ? process.stdin : undefined,
        name: values.name,
        network: networkChooser(known, values.net),
      };
      const { datastore } = values;
      const { packages } = client;
      const bring = packages
        ? (watch: Watch) => packages.import({ ...wanted, ...watch, datastore })
        : await localImport(client, datastore, wanted);
      return watched(process, async (watch) => {
        const { row, notes } = await bring(watch);
        for (const note of notes) process.stderr.write(`vmk: ${note}\n`);
        if (values.start) await client.call('vm.start', { vm: row.name });
        print(row, () => '');
      });
    },
    NETWORK_HELP,
  ),
};

/** Into a folder of this machine's. */
async function localImport(
  client: HostClient,
  name: string | undefined,
  wanted: Omit<ImportOptions, 'parent' | keyof Watch>,
) {
  const [{ importVm }, parent] = await Promise.all([
    import('../ovf/import-vm.ts'),
    client.call<string>('datastore.folder', { name }),
  ]);
  return async (watch: Watch) => {
    const { vmxPath, notes } = await importVm({ ...wanted, ...watch, parent });
    return { row: await registered(client, vmxPath), notes };
  };
}

/** A VM that the host does not take in leaves no folder. */
async function registered(client: HostClient, vmx: string): Promise<VmRow> {
  try {
    return await client.call<VmRow>('vm.register', { vmx });
  } catch (error) {
    rmSync(dirname(vmx), { recursive: true, force: true });
    throw error;
  }
}
