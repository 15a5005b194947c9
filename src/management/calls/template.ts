/** Calls on templates: machines made of them. */
import { copyFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { HostError, reasonOf, usageError } from '#lib';
import { VM_NETWORK } from '#net';
import { copyDisk } from '#storage';
import { MAX_MEMORY_MIB, MAX_VCPUS } from '#vmm';
import { callsOn } from '../local/call.ts';
import { integer, list, optional, text } from '../local/fields.ts';
import { readTemplate, TEMPLATE_FILES } from '../templates/templates.ts';
import { nicsOf } from '../vms/nic-words.ts';
import type { HostServices } from './services.ts';
import { row, type VmRow } from './vm.ts';

const DISK_LIMIT_BYTES = 62 * 2 ** 40;
const DEFAULT_MEMORY_MIB = 1024;

const call = callsOn<HostServices>();

/** What a machine of a template has. */
// biome-ignore format: a table reads in columns
const FIELDS = {
  /** The folder of the template. */
  template:  text(),
  name:      text(),
  datastore: optional(text()),
  memoryMib: optional(integer(64, MAX_MEMORY_MIB)),
  vcpus:     optional(integer(1, MAX_VCPUS)),
  diskBytes: optional(integer(512, DISK_LIMIT_BYTES)),
  nets:      optional(list(text())),
};

export const TEMPLATE_CALLS = {
  'template.deploy': call(
    'makes a VM of a template',
    FIELDS,
    async ({ vms, datastores }, given): Promise<VmRow> => {
      const {
        template,
        name,
        datastore,
        memoryMib = DEFAULT_MEMORY_MIB,
        vcpus = 1,
        diskBytes,
        nets = [VM_NETWORK],
      } = given;
      const facts = readTemplate(template, basename(template));
      if (facts === undefined) throw new HostError('no-such-template', { name: basename(template) });
      if (diskBytes !== undefined && (diskBytes < facts.sizeBytes || diskBytes % 512 !== 0)) {
        const reason = `a disk of ${diskBytes} bytes is no multiple of 512 or smaller than that of the template, ${facts.sizeBytes}`;
        throw usageError(reason);
      }
      const vm = vms.create(datastores.folder(datastore), {
        ...{ name, memoryMib, vcpus, guestId: 'debian13_64Guest', firmware: TEMPLATE_FILES.firmware },
        disks: [{ unit: 0, fileName: `${name}.vmdk`, readOnly: false }],
        nics: nicsOf(nets),
      });
      try {
        copy(join(template, TEMPLATE_FILES.firmware), join(vm.folder.path, TEMPLATE_FILES.firmware));
        const to = join(vm.folder.path, `${name}.vmdk`);
        await copyDisk({ from: join(template, TEMPLATE_FILES.disk), to, format: 'thin' });
        if (diskBytes !== undefined && diskBytes > facts.sizeBytes) await vm.growDisk(0, diskBytes);
      } catch (error) {
        vms.delete(vm);
        throw error;
      }
      return row(vm);
    },
  ),
};

function copy(from: string, to: string): void {
  try {
    copyFileSync(from, to);
  } catch (cause) {
    throw new HostError(
      'file-io',
      { action: 'copy', what: 'file', path: from, reason: reasonOf(cause) },
      { cause },
    );
  }
}
